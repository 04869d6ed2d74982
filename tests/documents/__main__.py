"""`python -m tests.documents` writes the generated pages of `docs/`; `--check` says which are stale."""

import argparse
import sys

from emulator.kernel.errors import EmulatorError


def main() -> int:
    """Write or check the pages: 1 if one is stale, 2 if the data that they are made from is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.documents", description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    try:
        from tests.documents.pages import DOCS, stale, written  # a wrong table is told, even while it is imported

        if check:
            found = stale()
            for name in found:
                print(f"docs/{name} is stale; run python -m tests.documents")
            return 1 if found else 0
        pages = written()
    except EmulatorError as error:
        print(error, file=sys.stderr)
        return 2
    for name, text in pages.items():
        (DOCS / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
