"""An interface's number may stand apart from its name inside the tail of a line too."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ip route 10.0.0.0 255.0.0.0 Null 0 200", "ip route 10.0.0.0 255.0.0.0 Null0 200"),
        ("ip nat inside source list 1 interface fa 4 overload",
         "ip nat inside source list 1 interface FastEthernet4 overload"),
    ],
)  # fmt: skip
def test_the_line_is_kept_with_the_name_in_one_word_and_taken_back_either_way(typed: str, kept: str) -> None:
    config = ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type("configure terminal")
    config.type(typed)
    assert kept in configuration_lines(config.router)
    config.type(f"no {typed}")
    assert kept not in configuration_lines(config.router)
