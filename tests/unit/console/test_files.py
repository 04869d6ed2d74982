"""`dir`, `copy`, `delete`, on flash, the stick and the lab's TFTP server."""

import pytest

from emulator.kernel.time import SECOND
from tests.driver import BenchDriver, ConsoleDriver

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
NEWER = "c880data-universalk9-mz.154-2.T1.bin"
SERVER = "192.0.2.10"


@pytest.fixture
def online(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with an address on its LAN, so that the lab's server can be reached."""
    console.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    return console


def test_dir(console: ConsoleDriver) -> None:
    console.type("dir")
    console.sees_exactly(
        "Directory of flash:/\n\n"
        f"    1  -rw-    28311552  Mar  1 2010 09:00:00 +00:00  {IMAGE}\n\n"
        "128237568 bytes total (99926016 bytes free)\n"
    )


def test_dir_of_an_empty_device(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("usb insert R1")
    console.type("dir usbflash0:")
    console.sees_exactly(
        "Directory of usbflash0:/\n\nNo files in directory\n\n512000000 bytes total (512000000 bytes free)\n"
    )


def test_dir_of_a_device_that_is_not_there(console: ConsoleDriver) -> None:
    console.type("dir usbflash0:")
    console.sees_exactly("%Error opening usbflash0: (No such device)\n")


def test_delete(console: ConsoleDriver) -> None:
    console.type(f"delete flash:{IMAGE}")
    assert console.prompt == f"Delete filename [{IMAGE}]? "
    console.type("")
    assert console.prompt == f"Delete flash:/{IMAGE}? [confirm]"
    console.type("")
    console.sees_exactly("")
    assert console.router.state.flash.files == []


@pytest.mark.parametrize("key", ["n", "q"])
def test_delete_not_confirmed(console: ConsoleDriver, key: str) -> None:
    console.type(f"delete flash:{IMAGE}", "", key)
    assert console.router.state.flash.find(IMAGE) is not None


def test_delete_of_nothing(console: ConsoleDriver) -> None:
    console.type("delete flash:none", "", "")
    console.sees_exactly("%Error deleting flash:/none (No such file or directory)\n")


def test_delete_of_another_name_than_typed(console: ConsoleDriver) -> None:
    console.type("delete flash:none", IMAGE, "")
    assert console.router.state.flash.files == []


def test_copy_from_the_stick(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} usb")
    bench.succeeds("usb insert R1")
    console.type(f"copy usbflash0:{NEWER} flash:")
    assert console.prompt == f"Destination filename [{NEWER}]? "
    before = console.world.now
    console.type("")
    duration = console.world.now - before
    assert duration == 500 + 42628912 // 350
    console.sees_exactly(
        f"Copy in progress...C\n42628912 bytes copied in 122.296 secs ({42628912 * 1000 // duration} bytes/sec)\n"
    )
    console.type("dir")
    console.sees("    2  -rw-    42628912  Mar  1 2002 00:02:", NEWER)


def test_copy_over_a_file_asks(console: ConsoleDriver) -> None:
    console.type(f"copy flash:{IMAGE} flash:copy.bin", "", f"copy flash:{IMAGE} flash:copy.bin", "")
    assert console.prompt == (
        "%Warning:There is a file already existing with this name \nDo you want to over write? [confirm]"
    )
    console.type("n")
    console.sees_exactly("")


def test_copy_onto_a_full_flash(console: ConsoleDriver) -> None:
    for number in range(3):
        console.type(f"copy flash:{IMAGE} flash:copy{number}.bin", "")
    before = console.world.now
    console.type(f"copy flash:{IMAGE} flash:one-more.bin", "")
    console.sees_exactly(f"%Error copying flash:/{IMAGE} (Not enough space on device)\n")
    assert console.world.now == before
    assert len(console.router.state.flash.files) == 4


def test_copy_of_nothing(console: ConsoleDriver) -> None:
    console.type("copy flash:none flash:", "")
    console.sees_exactly("%Error opening flash:/none (No such file or directory)\n")


def test_copy_to_a_device_that_is_not_there(console: ConsoleDriver) -> None:
    console.type(f"copy flash:{IMAGE} usbflash0:", "")
    console.sees_exactly(f"%Error opening usbflash0:/{IMAGE} (No such device)\n")


def test_copy_from_tftp(online: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    online.type("copy tftp: flash:")
    assert online.prompt == "Address or name of remote host []? "
    online.type(SERVER)
    assert online.prompt == "Source filename []? "
    online.type(NEWER)
    assert online.prompt == f"Destination filename [{NEWER}]? "
    online.type("")
    online.sees(
        f"Accessing tftp://{SERVER}/{NEWER}...\n"
        f"Loading {NEWER} from {SERVER} (via Vlan1): !\n[OK - 42628912 bytes]\n\n",
        "42628912 bytes copied in 122.296 secs",
    )


def test_copy_from_a_server_that_no_way_leads_to(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    before = console.world.now
    console.type(f"copy tftp://{SERVER}/{NEWER} flash:", "")
    console.sees_exactly(f"Accessing tftp://{SERVER}/{NEWER}...\n%Error opening tftp://{SERVER}/{NEWER} (Timed out)\n")
    assert console.world.now - before == 18 * SECOND


def test_copy_of_what_the_server_does_not_have(online: ConsoleDriver) -> None:
    online.type(f"copy tftp://{SERVER}/none flash:", "")
    online.sees("%Error opening tftp://192.0.2.10/none (No such file or directory)\n")


def test_a_stick_pulled_during_a_copy(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} usb")
    bench.succeeds("usb insert R1")
    console.type(f"copy usbflash0:{NEWER} flash:")
    console.line.submit("")
    console.pass_time(10 * SECOND)
    bench.succeeds("usb remove R1")
    console.wait()
    console.sees(f"%Error copying usbflash0:/{NEWER} (No such device)\n")
    assert console.router.state.flash.find(NEWER) is None


def test_a_cable_pulled_in_the_last_moment_of_a_tftp_copy(online: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    online.type(f"copy tftp://{SERVER}/{NEWER} flash:")
    online.line.submit("")
    online.pass_time(10 * SECOND)
    bench.succeeds("cable R1 FastEthernet0 out")
    online.wait()
    online.sees("(Timed out)")
    assert online.router.state.flash.find(NEWER) is None


def test_a_power_cut_during_a_copy_leaves_no_file(console: ConsoleDriver) -> None:
    console.type(f"copy flash:{IMAGE} flash:copy.bin")
    console.line.submit("")
    console.pass_time(10 * SECOND)
    console.router.power_off()
    console.pass_time(200 * SECOND)
    assert [file.name for file in console.router.state.flash.files] == [IMAGE]


@pytest.mark.parametrize("device", ["nvram:", "nvram:startup-config"])
def test_nvram_holds_no_files_that_can_be_copied(console: ConsoleDriver, device: str) -> None:
    console.type(f"copy {device}x flash:", "y")
    console.sees("(No such device)")


# --- ROMMON -------------------------------------------------------------------------------------------------------


def test_a_corrupt_image_ends_in_rommon(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"damage R1 file {IMAGE}")
    console.type("reload", "")
    console.sees("Self decompressing the image : ###", "\nError : uncompressed image checksum is incorrect 0x")
    console.sees_nothing_of("[OK]", "cannot determine first file name")
    assert console.prompt == "rommon 1 > "


def test_a_missing_image_ends_in_rommon(console: ConsoleDriver) -> None:
    console.type(f"delete flash:{IMAGE}", "", "", "reload", "")
    console.sees('boot: cannot determine first file name on device "flash:"\n')
    assert console.prompt == "rommon 1 > "
    console.type("dir flash:")
    console.sees_exactly("No files in directory\n")
    assert console.prompt == "rommon 2 > "
    console.type("")
    assert console.prompt == "rommon 2 > "
    console.type("hello")
    console.sees_exactly('monitor: command "hello" not found\n')
    assert console.prompt == "rommon 3 > "


@pytest.mark.parametrize("command", ["boot", "reset"])
def test_from_rommon_it_boots_again_once_there_is_an_image(
    console: ConsoleDriver, bench: BenchDriver, command: str
) -> None:
    [image] = console.router.state.flash.files
    console.router.state.flash.delete(IMAGE)
    console.type("reload", "", command)
    assert console.prompt == "rommon 1 > "
    console.router.state.flash.write(image.name, image.content, 0, image.size)
    console.type("dir flash:")
    console.sees_exactly(f"1       28311552    -rw-     {IMAGE}\n")
    console.type(command)
    console.log_in()
    assert console.prompt == "Router#"


def test_a_power_cut_in_rommon(console: ConsoleDriver) -> None:
    console.type(f"delete flash:{IMAGE}", "", "", "reload", "")
    console.router.power_off()
    console.router.power_on()
    console.world.clock.settle()
    console.wait()
    assert console.prompt == "rommon 1 > "
