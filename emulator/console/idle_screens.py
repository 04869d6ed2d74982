"""Screens of protocols without a neighbor, from which nothing was learned.

R: forms. No other router speaks here, so there are headings without rows, and a protocol that is not configured says
that or nothing. A screen whose rows would follow from the configuration alone is a command of its own.
"""

from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

import msgspec

from emulator.console.configuration.conditions import feature, from_release
from emulator.console.configuration.row_checks import condition_problems
from emulator.console.modes import EXEC
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import ALWAYS, Command, Condition
from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import DataFileError


class IdleScreen(msgspec.Struct, frozen=True):
    """A screen of an idle protocol.

    Attributes:
        line: the command.
        feature: the feature that the level must contain.
        needs: beginning of the configuration's line or section without which the protocol does not run.
        off, on: keys of the text where it does not run, and where it does; empty: nothing is printed.
    """

    line: str
    feature: str
    needs: str = ""
    off: str = ""
    on: str = ""


def show(session: Session, *, screen: IdleScreen, **_arguments: object) -> Handler:
    """Show the screen, whatever it was asked for."""
    yield Say(_text(session, screen))


def _text(session: Session, screen: IdleScreen) -> str:
    configuration = session.router.configuration
    runs = any(key.startswith(screen.needs) for key in (*configuration.lines, *configuration.sections))
    key = screen.on if runs or not screen.needs else screen.off
    return wording(key) if key else ""


def commands(screens: Iterable[IdleScreen]) -> tuple[Command, ...]:
    """Build the commands that show these screens."""
    return tuple(
        Command(screen.line, modes=(EXEC,), run=partial(show, screen=screen), piped=True, when=feature(screen.feature),
                output="show_idle_protocols", source="IOS routing and multicast command references, recalled",
                basis="R")
        for screen in screens
    )  # fmt: skip


class IdleService(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of a table of screens: as `IdleScreen`, with the texts themselves.

    Attributes:
        needs: beginnings of lines or sections; one of them is enough.
        since: the release that brought the command.
    """

    line: str
    feature: str = ""
    needs: tuple[str, ...] = ()
    off: str = ""
    on: str = ""
    since: str = ""
    basis: Basis = "R"


class IdleServices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of screens, with the help of their words by what stands before them."""

    source: str
    screens: tuple[IdleService, ...]
    help: dict[str, str]


@cache
def idle_services() -> IdleServices:
    """The table of unused services."""
    return read_services(Path(__file__).with_name("idle_services.toml"))


def read_services(file: Path) -> IdleServices:
    """Read a table of unused services.

    Raises:
        DataFileError: the table is wrong, or names a feature or a release that there is not.
    """
    table = read_toml(file, IdleServices)
    for number, row in enumerate(table.screens):
        for key, problem in condition_problems(row.feature, since=row.since):
            raise DataFileError(str(file), f"screens[{number}].{key}", problem)
    return table


def show_service(session: Session, *, row: IdleService, **_arguments: object) -> Handler:
    """Show the screen of a row, whatever it was asked for."""
    configuration = session.router.configuration
    runs = not row.needs or any(key.startswith(row.needs) for key in (*configuration.lines, *configuration.sections))
    yield Say(row.on if runs else row.off)


def service_commands(table: IdleServices, output: str) -> tuple[Command, ...]:
    """Build the commands of a table; `output` names their golden screen."""
    return tuple(
        Command(row.line, modes=(EXEC,), run=partial(show_service, row=row), piped=True, when=_condition(row),
                output=output, source=table.source, basis=row.basis)
        for row in table.screens
    )  # fmt: skip


def _condition(row: IdleService) -> Condition:
    found = feature(row.feature) if row.feature else ALWAYS
    return found & from_release(row.since) if row.since else found
