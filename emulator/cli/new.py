"""`isrtwin new`: a commented start of a file that users write."""

from argparse import Namespace
from pathlib import Path

from emulator.cli.output import say
from emulator.kernel.errors import Refused

TEMPLATES = Path(__file__).parent / "templates"


def run(options: Namespace) -> int:
    """Write one beside what is there.

    Raises:
        Refused: there is such a file already, or the disk does not take it.
    """
    path = Path(options.name if options.name.endswith(".yaml") else f"{options.name}.yaml")
    text = (TEMPLATES / f"{options.kind}.yaml").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("NAME", path.stem))
    except FileExistsError:
        raise Refused(f"there is a file {path} already") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    after = {"scenario": f"isrtwin run {path}", "world": f"isrtwin serve {path}"}
    say(f"{path} is written; next: isrtwin validate {path}, {after[options.kind]}")
    return 0
