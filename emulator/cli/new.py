"""`isrtwin new`: a commented start of a file that users write."""

import shlex
from argparse import Namespace
from pathlib import Path

from emulator.cli.output import say
from emulator.kernel.errors import Refused

TEMPLATES = Path(__file__).parent / "templates"

ENDINGS = {"scenario": ".yaml", "lab": ".md", "world": ".yaml", "class": ".yaml"}
"""File name endings by the kind of file."""


def run(options: Namespace) -> int:
    """Write one beside what is there.

    Raises:
        Refused: there is such a file already, or the disk does not take it.
    """
    ending = ENDINGS[options.kind]
    path = Path(options.name if options.name.endswith(ending) else f"{options.name}{ending}")
    text = (TEMPLATES / f"{options.kind}{ending}").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("NAME", path.stem))
    except FileExistsError:
        raise Refused(f"there is a file {path} already") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    quoted = shlex.quote(str(path))
    after = {
        "scenario": f"isrtwin run {quoted}",
        "lab": f"isrtwin lab certify {quoted}",
        "world": f"isrtwin serve {quoted}",
        "class": f"isrtwin serve --class {quoted}",
    }
    say(f"{path} is written; next: isrtwin validate {quoted}, {after[options.kind]}")
    return 0
