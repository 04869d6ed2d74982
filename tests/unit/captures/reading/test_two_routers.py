"""Two routers in one recording are two twins, with prompts or without; what one tells never reaches the other."""

import msgspec
import pytest

from emulator.hardware.platform import PlatformCatalogue
from emulator.twins.report import Report
from emulator.world.world import World
from tests.driver import SERIAL, ConsoleDriver, world_of
from tests.unit.twins.recordings import imported, printed, told

SCREENS = ("show version", "show inventory", "show ip interface brief", "show interfaces", "show license", "show arp")


def recorded(pid: str, host: str, address: str, *, started: int) -> dict[str, str]:
    """Output of a router of the simulation: with a name, a product, an address and an uptime of its own."""
    world = world_of("R1", pid=pid)
    console = ConsoleDriver(world).boot()
    world.router("R1").plug("FastEthernet0", cable=True)
    console.type("terminal length 0", "configure terminal", f"hostname {host}", "interface Vlan1")
    console.type(f"ip address {address} 255.255.255.0", "end")
    console.pass_time(started * 60_000)
    console.type("")
    found = {}
    for command in SCREENS:
        console.type(command)
        found[command] = console.shown
    return found


ONE = recorded("CISCO881-K9", "one", "192.168.1.1", started=7)
TWO = {
    command: text.replace(SERIAL, "FTX1412GKZZ")
    for command, text in recorded("CISCO888-K9", "two", "192.168.2.1", started=90_000).items()
}
SAME_NAME = {command: text.replace("two uptime", "one uptime") for command, text in TWO.items()}


def prompted(screens: dict[str, str], host: str, only: tuple[str, ...] = SCREENS) -> str:
    return "".join(f"{host}#{command}\n{screens[command]}" for command in only) + f"{host}#\n"


def plain(screens: dict[str, str], only: tuple[str, ...] = SCREENS) -> str:
    return "".join(screens[command] for command in only)


def are_two(world: World, report: Report) -> None:
    """Each twin prints what its router printed, and nothing was left over."""
    assert [twin.udi[:11] for twin in report.twins] == ["CISCO881-K9", "CISCO888-K9"], told(report)
    for name, screens in (("R1", ONE), ("R2", TWO)):
        for command in ("show inventory", "show ip interface brief", "show license"):
            assert printed(world, command, name) == screens[command], (name, command)
    assert [each.differing for twin in report.twins for each in twin.printed] == [0] * 2 * len(SCREENS)
    assert not [each for each in told(report) if "contradicts" in each or "not read" in each]


def test_two_names_in_one_log() -> None:
    are_two(*imported(prompted(ONE, "one") + prompted(TWO, "two")))


def test_their_commands_may_come_in_turn() -> None:
    pairs = (prompted(ONE, "one", (each,)) + prompted(TWO, "two", (each,)) for each in SCREENS)
    are_two(*imported("".join(pairs)))


def test_two_units_of_one_name_in_one_log() -> None:
    world, report = imported(prompted(ONE, "one") + prompted(SAME_NAME, "one"))
    assert [twin.host for twin in report.twins] == ["one", "one"]
    are_two(world, report)


def test_two_units_of_one_name_in_two_logs() -> None:
    are_two(*imported(prompted(ONE, "one"), prompted(SAME_NAME, "one")))


def test_two_routers_without_prompts() -> None:
    are_two(*imported(plain(ONE) + plain(TWO)))


@pytest.mark.parametrize("name", ["one", "two"])
def test_two_routers_without_prompts_whatever_they_are_called(name: str) -> None:
    other = {command: text.replace("two uptime", f"{name} uptime") for command, text in TWO.items()}
    are_two(*imported(plain(ONE) + plain(other)))


@pytest.mark.parametrize("command", SCREENS)
def test_one_command_of_two_routers_is_cut_between_them(command: str) -> None:
    """The second output begins right behind the first."""
    world, report = imported(ONE[command] + TWO[command], plain(ONE, ("show version",)), plain(TWO, ("show version",)))
    kinds = [each.command for twin in report.twins for each in twin.printed if each.command.startswith(command)]
    lost = [each for each in told(report) if "nothing tells which of the devices" in each]
    if command in {"show version", "show inventory"}:
        assert kinds == [command, command]
        assert not lost
        assert printed(world, command, "R2") == TWO[command]
    else:
        assert kinds == []
        assert lost


def test_what_fits_both_is_given_to_none() -> None:
    brief = "show ip interface brief"
    for log in (
        ONE[brief] + plain(ONE, ("show version",)) + plain(TWO, ("show version",)),
        plain(ONE, ("show version", brief)) + TWO[brief] + plain(TWO, ("show version",)),
    ):
        _, report = imported(log)
        assert len(report.made) == 2
        assert sum(f"nothing tells which of the devices '{brief}' is from" in each for each in told(report)) == 1


def test_a_screen_without_a_name_in_a_third_file_is_given_to_none() -> None:
    brief = "show ip interface brief"
    _, report = imported(
        prompted(ONE, "one", ("show version",)),
        prompted(SAME_NAME, "one", ("show version",)),
        prompted(TWO, "one", (brief,)),
    )
    assert f"capture3.txt:2: not read: nothing tells which of the devices '{brief}' is from" in told(report)
    assert [len(twin.printed) for twin in report.twins] == [1, 1]


def test_the_products_of_both_are_known() -> None:
    """The tests above would prove nothing if both were the same."""
    known = PlatformCatalogue()
    assert known.get("CISCO881-K9").interfaces != known.get("CISCO888-K9").interfaces
    assert msgspec.json.encode(ONE) != msgspec.json.encode(TWO)
