"""Values of options: each function reads one from the command line, or says why it is none; defaults are read from the
environment, where every option can stand as `ISRTWIN_OPTION`.
"""

import argparse
import os
import re
from pathlib import Path

from emulator.kernel.errors import EmulatorError

LAST_PORT = 65535

MOST_JOBS = 64

MOST_ROWS = 999_999_999

MOST_SEEDS = 10_000

MOST_TWINS, MOST_KILLS = 30_000, 20

LEAST_LIMIT = 60_000
"""Shortest time limit of an exam, in milliseconds."""

YES, NO = {"1", "yes", "true", "on"}, {"", "0", "no", "false", "off"}


def port_base(text: str) -> int:
    """Read the first of the four ports of the portal; 0 takes free ones."""
    return _first_port(text, 4, "four")


def router_port_base(text: str) -> int:
    """Read the first of the six ports of the routers; 0 takes free ones."""
    return _first_port(text, 6, "six")


def _first_port(text: str, count: int, word: str) -> int:
    number, last = port(text), LAST_PORT - count + 1
    if number > last:
        raise argparse.ArgumentTypeError(f"{word} ports begin at this one, so it is at most {last}")
    return number


def port(text: str) -> int:
    """Read the number of a port."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 5 or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"'{text}' is not the number of a port")
    return int(text)


def jobs(text: str) -> int:
    """Read a number of scenarios to be played at once."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of jobs; write 1 to {MOST_JOBS}")
    return int(text)


def rows(text: str) -> int:
    """Read a number of rows of a list."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of rows; write 0 to {MOST_ROWS}")
    return int(text)


def limit(text: str) -> int:
    """Read the time limit of an exam; in milliseconds."""
    from emulator.kernel.time import parse_duration

    try:
        limit = parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if limit < LEAST_LIMIT:
        raise argparse.ArgumentTypeError(f"'{text}' is too short for an exam; write a minute at least")
    return limit


def seeds(text: str) -> int:
    """Read a number of seeds."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 6 or not 1 <= int(text) <= MOST_SEEDS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seeds; write 1 to {MOST_SEEDS}")
    return int(text)


def seed(text: str) -> int:
    """Read a seed."""
    if not re.fullmatch("[0-9]{1,18}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a seed; write a number of up to 18 digits")
    return int(text)


def twins(text: str) -> int:
    """Read a number of twins on which a manager is tried."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 6 or not 1 <= int(text) <= MOST_TWINS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of twins; write 1 to {MOST_TWINS}")
    return int(text)


def percent(text: str) -> float:
    """Read a share in percent, with at most two decimals."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or float(text) > 100:
        raise argparse.ArgumentTypeError(f"'{text}' is not a share in percent; write 0 to 100, such as 1 or 0.5")
    return float(text)


def kills(text: str) -> int:
    """Read how often a manager is killed."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 3 or int(text) > MOST_KILLS:
        raise argparse.ArgumentTypeError(f"'{text}' is not how often the manager is killed; write 0 to {MOST_KILLS}")
    return int(text)


def directory(text: str) -> Path:
    """Read the name of a directory, which need not exist."""
    if not text:
        raise argparse.ArgumentTypeError("the name of a directory is wanted")
    return Path(text)


def default(option: str) -> str | None:
    """Value of an option in the environment, as ISRTWIN_OPTION; None if it is empty or not there."""
    return os.environ.get(f"ISRTWIN_{option.upper()}") or None


def switch(option: str) -> bool:
    """Tell whether the environment turns on an option without a value, as ISRTWIN_OPTION.

    Raises:
        EmulatorError: it is neither yes nor no.
    """
    text = os.environ.get(f"ISRTWIN_{option.upper()}", "").lower()
    if text not in YES | NO:
        raise EmulatorError(f"ISRTWIN_{option.upper()} is '{text}'; write yes or no")
    return text in YES
