"""Lines of the Tcl shell: a mistake is marked under what was typed there."""

from tests.driver import ConsoleDriver


def test_the_caret_stands_under_the_mistake(console: ConsoleDriver) -> None:
    console.type("tclsh", "show nonsense")
    indent = len("Router(tcl)#") + len("show n")
    assert console.shown.startswith(f"{' ' * indent}^\n% Invalid input detected")
