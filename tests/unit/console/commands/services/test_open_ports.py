"""`show control-plane host open-ports`: what the virtual terminal lines take."""

import pytest

from tests.driver import ConsoleDriver

TELNET = " tcp                        *:23                         *:0                   Telnet   LISTEN\n"


@pytest.mark.parametrize(
    ("lines", "listens"),
    [
        ((), True),  # as shipped, where the lines are told and not configured
        (("line vty 0 4", "transport input ssh"), False),
        (("line vty 0 4", "transport input none", "line vty 5 15", "transport input telnet ssh"), True),
        (("line vty 0 4", "transport input telnet"), True),
    ],
)
def test_telnet_is_open_where_a_line_takes_it(console: ConsoleDriver, lines: tuple[str, ...], listens: bool) -> None:
    console.type("configure terminal", *lines, "end", "show control-plane host open-ports")
    assert (TELNET in console.shown) is listens
