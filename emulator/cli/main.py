"""`isrtwin`: one command is run, and ends with a status and a message, whatever happened.

Exit status: 0 it went well, 1 the thing failed (a scenario step, a command that the router or bench refused), 2 bad
use or a bad file.
"""

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from emulator.cli.output import complain
from emulator.cli.parser import parser, with_lines
from emulator.kernel.errors import EmulatorError, printable

OK, FAILED, BAD_USE, INTERRUPTED = 0, 1, 2, 130

ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end a command as Ctrl-C does, with what it had begun put in order."""

ENDED_BY = 128
"""Exit status of a program that a signal ended, less the number of the signal."""


class _Ended(BaseException):
    """The request of a signal, whose number it has, to end the program."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    _open_streams()
    if arguments is None:
        _end_by_signals()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help", "--version"}):
        given.insert(0, "console")
    try:
        options = parser(given[0]).parse_args([_text(word) for word in with_lines(given)])
        status: int = importlib.import_module(f"emulator.cli.{options.module}").run(options)
    except EmulatorError as error:
        complain(f"isrtwin: {error}")
        status = BAD_USE
    except (TypeError, AttributeError, NameError) as error:
        from emulator.kernel.modules import wrong_record

        if (wrong := wrong_record(error)) is None:
            raise
        complain(f"isrtwin: {wrong}")
        status = BAD_USE
    except UnicodeDecodeError as error:
        complain(f"isrtwin: what is typed here is not text in {error.encoding}")
        status = BAD_USE
    except UnicodeEncodeError as error:
        complain(f"isrtwin: the output cannot be written in {error.encoding}; use a UTF-8 locale")
        status = BAD_USE
    except BrokenPipeError:
        status = FAILED
    except RecursionError:
        complain("isrtwin: a path or a file that was given is nested too deep")
        status = BAD_USE
    except OSError as error:
        where = f"{printable(str(error.filename))}: " if error.filename is not None else ""
        complain(f"isrtwin: {where}{error.strerror or error}")
        status = BAD_USE
    except KeyboardInterrupt:
        status = INTERRUPTED
    except _Ended as ended:
        status = ENDED_BY + int(ended.args[0])
    return status if _flushed() else FAILED


def _end_by_signals() -> None:
    """End by a signal as by Ctrl-C, unless whoever started the program has it ignored, as `nohup` does."""

    def end(number: int, _frame: object) -> None:
        raise _Ended(number)

    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _text(word: str) -> str:
    """A word of the command line.

    Raises:
        EmulatorError: it is not text in the terminal's encoding.
    """
    if any("\udc80" <= character <= "\udcff" for character in word):
        raise EmulatorError("the command line is not text in the encoding of this terminal")
    return word


def _open_streams() -> None:
    """Stand in for a standard stream that whoever started the program had closed."""
    nothing = Path(os.devnull)
    if sys.stdin is None:
        sys.stdin = nothing.open(encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = nothing.open("w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = nothing.open("w", encoding="utf-8")


def _flushed() -> bool:
    """Write out what was printed; where nobody takes it, forget it, for Python would complain once more at its end."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            complain(f"isrtwin: the output cannot be written: {error.strerror}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
