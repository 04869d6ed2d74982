"""Images that ROMMON finds in flash: none, a damaged one, and again a good one."""

import pytest

from tests.driver import BenchDriver, ConsoleDriver

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"


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


@pytest.mark.parametrize(("command", "prompt"), [("boot", "rommon 2 > "), ("reset", "rommon 1 > ")])
def test_from_rommon_it_boots_again_once_there_is_an_image(
    console: ConsoleDriver, bench: BenchDriver, command: str, prompt: str
) -> None:
    """A boot that fails leaves ROMMON as it was; a reset starts it anew."""
    [image] = console.router.state.flash.files
    console.router.state.flash.delete(IMAGE)
    console.type("reload", "", command)
    assert console.prompt == prompt
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
