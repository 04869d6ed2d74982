"""`alias` and `show aliases` of each mode."""

from emulator.console.modes import MODES
from emulator.console.session.aliases import COMMAND_MODES, TITLES
from tests.driver import ConsoleDriver


def test_every_mode_has_a_title_and_is_typed(console: ConsoleDriver) -> None:
    assert set(COMMAND_MODES.values()) <= set(MODES)
    assert set(TITLES) == set(COMMAND_MODES)
    console.type("configure terminal")
    for word in TITLES:
        console.type(f"alias {word} zz no description").sees_exactly("")
    console.type("end", "show aliases")
    assert [line.removesuffix(" aliases:") for line in console.shown.splitlines() if "aliases:" in line] == list(
        TITLES.values()
    )
    for word, title in TITLES.items():
        console.type(f"show aliases {word}").sees(f"{title} aliases:\n")
        console.sees("  zz                    no description\n")
        assert console.shown.count("aliases:") == 1


def test_an_alias_is_for_its_own_mode(console: ConsoleDriver) -> None:
    console.type("configure terminal", "alias router n network", "alias line quick exec-timeout 0 5")
    console.type("n 10.0.0.0").sees("% Ambiguous command")
    console.type("router rip", "n 10.0.0.0", "line con 0", "quick", "end")
    console.type("show running-config").sees(" network 10.0.0.0\n", " exec-timeout 0 5\n")
