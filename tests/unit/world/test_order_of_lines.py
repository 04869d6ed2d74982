"""The order in which lines were typed goes with a world: of several lines `boot system` the first one counts."""

from emulator.world.fork import fork
from tests.driver import ConsoleDriver, world_of

LATER, EARLIER = "c880data-universalk9-mz.154-2.T1.bin", "c880data-universalk9-mz.150-1.M4.bin"


def test_a_fork_has_lines_in_the_order_in_which_they_were_typed() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    boot = [f"boot system flash {name}" for name in (LATER, EARLIER)]
    console.type("enable", "configure terminal", *boot, "end")
    lines = fork(console.world).router("R1").configuration.lines
    assert [line for key, line in lines.items() if key.startswith("boot system")] == boot
