"""The help of `exit` tells where it leads: out of the EXEC, or out of the mode that is being configured."""

import pytest

from emulator.console.modes import CONFIG, EXEC, MODES, ROMMON
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of


def exit_help(mode: str) -> str:
    return console_grammar().roots[mode].keywords["exit"].help


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode not in {EXEC, ROMMON}])
def test_a_configuration_mode_is_not_the_exec(mode: str) -> None:
    assert exit_help(mode) != exit_help(EXEC)
    assert (exit_help(mode) == "Exit from configure mode") == (mode == CONFIG)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ((), "Exit from the EXEC"),
        (("configure terminal",), "Exit from configure mode"),
        (("configure terminal", "interface fa0"), "Exit from interface configuration mode"),
        (("configure terminal", "interface fa4.7"), "Exit from interface configuration mode"),
        (("configure terminal", "interface range fa0 - 3"), "Exit from interface configuration mode"),
        (("configure terminal", "line vty 0 4"), "Exit from line configuration mode"),
        (("configure terminal", "vlan 7"), "Apply changes, bump revision number, and exit mode"),
    ],
)
def test_the_mode_is_named(typed: tuple[str, ...], shown: str) -> None:
    console = ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type(*typed)
    lines = [line.split(maxsplit=1) for line in console.session.help("").splitlines()]
    assert ["exit", shown] in lines
