"""Opens the sample project: makes `.venv` on first use, then starts the window.

Standard library only; this file must be readable for any Python, so that an old one gets a sentence.
"""

import os
import sys


def main():
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        return "Annotator needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + "."
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import _environment
    import _sample

    _environment.prepare({})
    if not _sample.has_display():
        return _sample.without_window()
    return _sample.in_window()


if __name__ == "__main__":
    sys.exit(main())
