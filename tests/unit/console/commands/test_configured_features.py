"""Every line of the configuration can be looked at, or there is a source that IOS does not show it either."""

import pytest

from emulator.console.configuration.conditions import applies, is_since
from emulator.console.configuration.rows import Row
from emulator.console.configuration.tables import table
from emulator.grammar import Parsed
from tests.configured_features import Look, looks
from tests.driver import ConsoleDriver
from tests.unit.console.commands.test_collector_commands import console

ROUTERS = (
    ("CISCO881-SEC-K9", ("advsecurity", "advipservices")),
    ("CISCO887VA-K9", ("advsecurity",)),
    ("C881SRST-K9", ("advipservices",)),
)


def beginning(row: Row, mode: str) -> str:
    """The words of a line before its first argument."""
    words = []
    for word in (row.line or row.slot).split():
        if word[0] in "<[{":
            break
        words.append(word)
    return " ".join(["interface", *words] if mode == "config-if" else words)


def look_of(start: str) -> tuple[str, Look | None]:
    """The longest beginning of the table that fits a line."""
    fitting = [each for each in looks() if f"{start} ".startswith(f"{each} ")]
    longest = max(fitting, key=len, default="")
    return longest, looks().get(longest)


def rows() -> list[tuple[str, Row]]:
    """Every line with its beginning; one without words of its own, as the version, has none."""
    found = [
        (beginning(row, mode), row)
        for mode in ("config", "config-if")
        for row in table(mode).rows
        if isinstance(row, Row)
    ]
    return [(start, row) for start, row in found if start]


def test_every_line_is_in_the_table_and_every_beginning_is_one_of_a_line() -> None:
    used = {look_of(start)[0] for start, _ in rows()}
    assert [start for start, _ in rows() if look_of(start)[1] is None] == []
    assert sorted(set(looks()) - used) == []


def test_a_line_is_looked_at_or_has_a_reason_with_its_source() -> None:
    bare = [look.of for look in looks().values() if not look.shows and not (look.reason and look.source and look.basis)]
    assert bare == []


def has(at: ConsoleDriver, look: Look) -> bool:
    """Tell whether a router has what a look needs beside the line's own conditions."""
    parts = (port.name for port in at.router.platform.interfaces)
    return (
        (not look.needs or at.router.has_feature(look.needs))
        and (not look.part or any(name.startswith(look.part) for name in parts))
        and (not look.since or is_since(at.router.manifest, look.since))
    )


@pytest.mark.parametrize(("pid", "levels"), ROUTERS)
def test_a_show_exists_wherever_its_line_does(pid: str, levels: tuple[str, ...]) -> None:
    at = console(pid, levels)
    missing = []
    for start, row in rows():
        look = look_of(start)[1]
        assert look is not None
        if look.shows and applies(row, at.router, "FastEthernet4") and has(at, look):
            known = [isinstance(at.session.parse("exec", show), Parsed) for show in look.shows]
            missing += [] if any(known) else [(start, look.shows)]
    assert missing == []


def test_every_show_of_the_table_prints() -> None:
    at = console(*ROUTERS[0])
    for show in sorted({show for look in looks().values() for show in look.shows if show.startswith("show ")}):
        if isinstance(at.session.parse("exec", show), Parsed):
            at.type(show)
            at.sees_nothing_of("% Invalid input", "% Incomplete command", "% Ambiguous command")
            assert at.prompt.endswith("#"), show
