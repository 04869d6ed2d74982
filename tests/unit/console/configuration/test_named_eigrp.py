"""A named instance of EIGRP: its modes, what is printed of it, and the process that other screens see."""

from emulator.console.line.router_lines import RouterLines
from emulator.console.render.files.running_config import configuration_text
from emulator.console.session.verbatim_reader import read_found
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of

PRINTED = """\
router eigrp CORP
 !
 address-family ipv4 unicast autonomous-system 112
  !
  af-interface default
   passive-interface
  exit-af-interface
  !
  topology base
   variance 2
  exit-af-topology
  network 10.112.2.16 0.0.0.3
  eigrp router-id 10.112.3.18
 exit-address-family
!
"""
"""C: the layout of a public configuration of 15.4."""


def test_each_part_has_its_prompt_its_end_and_its_place() -> None:
    console = ConsoleDriver(world_of("R1", factory=("advsecurity", "advipservices"))).boot()
    console.type("configure terminal", "router eigrp CORP", "address-family ipv4 autonomous-system 112")
    assert console.prompt == "Router(config-router-af)#"
    console.type("network 10.112.2.16 0.0.0.3", "eigrp router-id 10.112.3.18", "af-interface default")
    assert console.prompt == "Router(config-router-af-interface)#"
    console.type("passive-interface", "exit-af-interface", "topology base")
    assert console.prompt == "Router(config-router-af-topology)#"
    console.type("variance 2", "exit-af-topology", "exit-address-family", "end")
    text = configuration_text(console.router)
    assert f"!\n{PRINTED}" in text
    line = RouterLines(console.router, console.world.clock, console.world.timekeeper).console
    assert read_found(console.router, line, console_grammar(), text) == []
    assert configuration_text(console.router) == text
    console.type("show ip protocols")
    console.sees('Routing Protocol is "eigrp 112"\n', "    10.112.2.16 0.0.0.3\n")


def test_a_topology_is_printed_though_nothing_was_typed_for_it() -> None:
    console = ConsoleDriver(world_of("R1", factory=("advsecurity", "advipservices"))).boot()
    console.type("configure terminal", "router eigrp CORP", "address-family ipv4 unicast autonomous-system 7", "end")
    assert " exit-address-family\n" in configuration_text(console.router)
    assert "  !\n  topology base\n  exit-af-topology\n" in configuration_text(console.router)
