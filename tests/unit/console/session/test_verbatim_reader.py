"""A configuration from a page that has lost blanks: lines of sections at the margin are read, and printed, as found."""

from emulator.console.configuration.layout import configuration_lines
from emulator.console.line.router_lines import RouterLines
from emulator.console.session.verbatim_reader import KeptLine, read_found
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of

TEXT = """\
hostname R
interface FastEthernet4
 duplex auto
ip nat outside
interface Vlan1
ip address 192.0.2.1 255.255.255.0
ip nat inside
ip route 0.0.0.0 0.0.0.0 Vlan1
!
no ip address
ip access-list extended A
permit ip any any
line con 0
no login
end"""
LOST = "no ip address"
"""Below a `!`, a line of no section."""


def test_lines_without_their_indent_belong_to_the_section_above() -> None:
    console = ConsoleDriver(world_of()).boot()
    line = RouterLines(console.router, console.world.clock, console.world.timekeeper).console
    kept = read_found(console.router, line, console_grammar(), TEXT)
    assert kept == [KeptLine(TEXT.split("\n").index(LOST) + 1, LOST)]
    assert list(configuration_lines(console.router)) == TEXT.split("\n")
    sections = console.router.configuration.sections
    assert sections["interface Vlan1"].lines["ip address"] == "ip address 192.0.2.1 255.255.255.0"
    assert "ip nat" in " ".join(sections["interface FastEthernet4"].lines)
    assert "ip route" in " ".join(console.router.configuration.lines)
