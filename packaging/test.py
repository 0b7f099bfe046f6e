"""Runs what CI runs: makes `.venv` on first use, then linters, types, import contracts and the tests.

    test.py            under 5 minutes
    test.py --full     also the long runs, up to an hour
    test.py --bench    the benchmarks, each beside its reference

Words after `--` go to pytest. Standard library only; readable for any Python, so that an old one gets a sentence.
"""

import os
import sys


def main():
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        return "Annotator needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + "."
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import _checks

    return _checks.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
