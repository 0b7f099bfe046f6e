"""Takes the manual's pictures of the running program on the sample project: resources/manual/*.png.

python packaging/make_pictures.py           take them
python packaging/make_pictures.py --check   fail where one shows what the program no longer looks like
"""

import os
import sys
import tempfile


def main(words: list[str]) -> int:
    """Take the pictures, or compare them; return how many are stale."""
    looks = {"QT_QPA_PLATFORM": "offscreen", "ANNOTATOR_THEME": "light", "ANNOTATOR_LANGUAGE": "en"}
    with tempfile.TemporaryDirectory() as home:
        # Qt and the program look at these when they are loaded.
        os.environ.update(looks, ANNOTATOR_HOME=home)
        import _pictures

        return _pictures.check() if "--check" in words else _pictures.take()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
