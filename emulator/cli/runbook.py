"""`isrtwin run PAGE.md`: run the commands of a page and compare what they print with what it shows."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.cli.output import say
from emulator.kernel.errors import Refused
from emulator.kernel.host_paths import read_text

if TYPE_CHECKING:
    from emulator.runtime.presenting import Wanted

ENDING = ".md"

NOT_FOR_PAGES = ("all", "real_https", "set", "json", "junit", "transcript", "keep_world", "step")
"""Options of `run` that are for scenarios."""


def run_pages(options: Namespace) -> int:
    """Run each page; the status is 1 if one is not as it says.

    Raises:
        Refused: an option is not for pages, or a file cannot be read or written.
        DataFileError: a page is wrong.
    """
    from emulator.runtime.presenting import Wanted

    given = next((name for name in NOT_FOR_PAGES if getattr(options, name)), None)
    if given is not None or not all(name.endswith(ENDING) for name in options.scenarios):
        what = f"--{given.replace('_', '-')} is" if given else "the others are"
        raise Refused(f"{what} for scenarios; run pages by themselves")
    wanted = Wanted(options.cast, options.html, options.svg)
    if wanted and len(options.scenarios) != 1:
        raise Refused(f"--cast, --html and --svg are for one page, not for {len(options.scenarios)}")
    outcomes = [_run(name, wanted, update=options.update, quiet=options.quiet) for name in options.scenarios]
    return 0 if all(outcomes) else 1


def _run(name: str, wanted: "Wanted", *, update: bool, quiet: bool) -> bool:
    """Run a page; whether it is as it says."""
    from emulator.runtime.presenting import Wanted, write, write_file
    from emulator.runtime.runbooks.page import read_runbook, updated
    from emulator.runtime.runbooks.play import play
    from emulator.runtime.runbooks.recording import html_of, recording_of

    path = Path(name)
    text = read_page(path)
    runbook = read_runbook(name, text)
    played = play(name, runbook)
    if wanted:
        write(recording_of(runbook, played), Wanted(wanted.cast, None, wanted.svg))
        if wanted.html is not None:
            write_file(wanted.html, html_of(text, runbook, played))
    for difference in played.differences:
        say(difference)
    number = len(played.commands)
    for failure in played.failures:
        say(failure)
    if played.failures or (played.differences and not update):
        hint = "" if played.failures else "; --update takes what came"
        say(f"{name}: FAILED, {len(played.differences)} of {number} commands print something else{hint}")
        return False
    if update and played.differences:
        write_file(path, updated(text, runbook, [each.output for each in played.commands]))
    if not quiet:
        say(f"{name}: {'updated' if played.differences else 'passed'}, {number} commands")
    return True


def read_page(path: Path) -> str:
    """The text of a page.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
