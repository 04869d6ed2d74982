"""A copy that does not come to its end: what is left, what is told, and that it is never a wrong whole file."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.images.container import ImageFault, pack, unpack
from emulator.kernel.time import SECOND
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.world.build import open_world
from emulator.world.saved_file import encode
from emulator.world.state import WorldState
from tests.driver import BenchDriver, ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
NEWER = "c880data-universalk9-mz.154-2.T1.bin"
NEWER_SIZE = 42_628_912
SERVER = "192.0.2.10"
DONE = 500 + NEWER_SIZE // 350


def copying(console: ConsoleDriver, bench: BenchDriver, command: str) -> None:
    """The newer image is on the stick in R1 and on the server, and a copy has just begun."""
    bench.succeeds(f"software get {NEWER} tftp")
    bench.succeeds(f"software get {NEWER} usb")
    bench.succeeds("usb insert R1")
    console.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    console.type("write", command)
    while console.prompt.startswith("Destination"):
        console.shown = ""
        console.line.terminal.submit("")
        console.world.clock.settle()


def on(system: FileSystem | None, name: str = NEWER) -> StoredFile | None:
    assert system is not None
    return system.find(name)


FROM_STICK = f"copy usbflash0:{NEWER} flash:"
TO_STICK = f"copy flash:{IMAGE} usbflash0:"
FROM_SERVER = f"copy tftp://{SERVER}/{NEWER} flash:"
TO_SERVER = f"copy flash:{IMAGE} tftp://{SERVER}"


def test_a_file_is_there_from_the_start_and_grows(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_STICK)
    sizes = []
    for _ in range(3):
        console.router.files.system(console.line.exec.directory)
        found = on(console.router.state.flash)
        assert found is not None
        sizes.append(found.size)
        console.pass_time(10_050)
    assert sizes == [0, 9_550 * 350, 19_600 * 350]
    console.wait()
    found = on(console.router.state.flash)
    assert found is not None
    assert (found.size, found.content, found.growth) == (NEWER_SIZE, pack(console.world.images.get(NEWER)), None)


def test_marks_come_as_the_bytes_do(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_SERVER)
    console.pass_time(500 + 3 * SECOND)
    assert console.shown.endswith("(via Vlan1): " + "!" * (3 * 350_000 // 5120))


# --- the stick ------------------------------------------------------------------------------------------------------


def test_the_stick_that_is_read_is_pulled(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_STICK)
    console.pass_time(10 * SECOND)
    bench.succeeds("usb remove R1")
    before = console.world.now
    console.wait()
    assert console.world.now - before <= SECOND
    console.sees("C\n%Error reading usbflash0:/" + NEWER + " (No such device)\n")
    assert on(console.router.state.flash) is None, "IOS removes what it could not finish"
    assert on(console.world.state.stick) is not None


def test_the_stick_that_is_written_is_pulled(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, TO_STICK)
    console.pass_time(10 * SECOND)
    bench.succeeds("usb remove R1")
    console.wait()
    console.sees("C\n%Error writing usbflash0:/" + IMAGE + " (No such device)\n")
    left = on(console.world.state.stick, IMAGE)
    assert left is not None
    assert left.size == 9_500 * 350
    console.pass_time(60 * SECOND)
    assert left.size == 9_500 * 350


@pytest.mark.parametrize("command", [FROM_STICK, TO_STICK])
def test_a_stick_that_is_back_in_time_is_another(console: ConsoleDriver, bench: BenchDriver, command: str) -> None:
    copying(console, bench, command)
    console.pass_time(10 * SECOND)
    bench.succeeds("usb remove R1")
    bench.succeeds("usb insert R1")
    console.wait()
    console.sees("(No such device)")


# --- the network ----------------------------------------------------------------------------------------------------


def test_the_cable_is_pulled(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_SERVER)
    console.pass_time(10 * SECOND)
    bench.succeeds("cable R1 FastEthernet0 out")
    before = console.world.now
    console.wait()
    assert 18 * SECOND <= console.world.now - before <= 19 * SECOND
    dots = console.shown.partition("(via Vlan1): ")[2].partition("\n%Error")[0].replace("!", "")
    assert re.sub(r"\*Mar.*\n", "", dots) == "......", "one for every try, messages breaking in"
    console.sees(f"\n%Error reading tftp://{SERVER}/{NEWER} (Timed out)\n")
    assert on(console.router.state.flash) is None


def test_the_cable_is_pulled_in_the_last_moment(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_SERVER)
    console.pass_time(DONE - 1)
    bench.succeeds("cable R1 FastEthernet0 out")
    console.wait()
    console.sees("(Timed out)")
    assert on(console.router.state.flash) is None


def test_the_cable_is_back_in_time(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_SERVER)
    console.pass_time(10 * SECOND)
    bench.succeeds("cable R1 FastEthernet0 out")
    console.pass_time(7 * SECOND)
    bench.succeeds("cable R1 FastEthernet0 in")
    console.wait()
    console.sees(f"[OK - {NEWER_SIZE} bytes]", f"{NEWER_SIZE} bytes copied in 131.296 secs")
    found = on(console.router.state.flash)
    assert found is not None
    assert found.size == NEWER_SIZE


def test_the_cable_is_pulled_while_a_server_is_sent_a_file(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, TO_SERVER)
    console.pass_time(10 * SECOND)
    bench.succeeds("cable R1 FastEthernet0 out")
    console.wait()
    console.sees(f"\n%Error writing tftp://{SERVER}/{IMAGE} (Timed out)\n")
    left = on(console.world.medium("tftp"), IMAGE)
    assert left is not None
    assert 0 < left.size < 28_311_552


# --- the power and the line -----------------------------------------------------------------------------------------


def test_a_power_cut_leaves_a_truncated_file(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_STICK)
    console.pass_time(10_123)
    console.router.power_off()
    console.pass_time(300 * SECOND)
    left = on(console.router.state.flash)
    assert left is not None
    assert left.size == 9_623 * 350
    assert unpack(left.content, left.size) is ImageFault.BAD_CHECKSUM


def test_an_overwritten_file_is_lost_when_the_copy_is_cut(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, f"copy usbflash0:{NEWER} flash:{IMAGE}")
    console.type("y")
    assert console.prompt == "Router#"
    console.type(f"copy usbflash0:{NEWER} flash:{IMAGE}", "")
    console.line.terminal.submit("y")
    console.pass_time(100)
    console.router.power_off()
    left = on(console.router.state.flash, IMAGE)
    assert left is not None
    assert left.size == 0


def test_a_copy_that_is_broken_off_leaves_what_it_wrote(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_STICK)
    console.pass_time(10_100)
    console.line.terminal.interrupt()
    console.type("dir flash:")
    console.sees(f"{9_600 * 350} ")
    console.pass_time(300 * SECOND)
    console.type("dir flash:")
    console.sees(f"{10_000 * 350}   Mar", NEWER)
    console.type(FROM_STICK, "", "y")
    console.sees(f"{NEWER_SIZE} bytes copied")


def test_a_world_saved_in_the_middle_goes_on_as_after_a_dropped_line(
    console: ConsoleDriver, bench: BenchDriver
) -> None:
    copying(console, bench, FROM_STICK)
    console.pass_time(10_100)
    console.world.state.now = console.world.now
    world = open_world(msgspec.json.decode(encode(console.world.state), type=WorldState))
    restored = ConsoleDriver(world)
    restored.pass_time(300 * SECOND)
    restored.type("", "enable", "dir flash:")
    restored.sees(f"{10_000 * 350}   Mar")
    assert unpack(*_content(world.routers["R1"].state.flash)) is ImageFault.BAD_CHECKSUM


def _content(system: FileSystem) -> tuple[bytes, int]:
    found = on(system)
    assert found is not None
    return found.content, found.size


def test_a_target_that_somebody_deletes_meanwhile(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_STICK)
    console.pass_time(10 * SECOND)
    console.router.state.flash.delete(NEWER)
    console.wait()
    console.sees(f"\n%Error writing flash:/{NEWER} (I/O error)\n")


def test_a_flash_that_somebody_fills_meanwhile(console: ConsoleDriver, bench: BenchDriver) -> None:
    copying(console, bench, FROM_STICK)
    console.pass_time(10 * SECOND)
    flash = console.router.state.flash
    flash.settle(console.world.now)
    flash.write("other", b"", 0, flash.free - 1_000_000)
    console.wait()
    console.sees(f"\n%Error writing flash:/{NEWER} (No space left on device)\n")
    assert flash.find("other") is not None
    assert flash.find(NEWER) is None


@settings(max_examples=30, deadline=None)
@given(instant=st.integers(0, DONE + 2_000), how=st.sampled_from(["power", "target", "line"]))
def test_a_cut_at_any_instant_leaves_a_prefix(instant: int, how: str) -> None:
    world = world_of("R1")
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    copying(console, bench, f"copy usbflash0:{NEWER} flash:" if how != "target" else f"copy flash:{IMAGE} usbflash0:")
    console.pass_time(instant)
    match how:
        case "power":
            console.router.power_off()
        case "target":
            bench.succeeds("usb remove R1")
        case _:
            console.line.terminal.interrupt()
    console.pass_time(5 * SECOND)
    system = world.state.stick if how == "target" else console.router.state.flash
    assert system is not None
    system.settle(world.now)
    name = IMAGE if how == "target" else NEWER
    whole = world.images.get(name)
    left = on(system, name)
    assert left is not None
    assert pack(whole).startswith(left.content)
    assert left.size <= whole.size
    assert (left.size == whole.size) == (unpack(left.content, left.size) == name)
    assert left.growth is None
