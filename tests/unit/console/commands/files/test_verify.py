"""`verify`, `more`, `show flash:`, `show file information`: what is in a file and where it lies."""

import hashlib

import pytest

from emulator.images.digests import published_md5
from emulator.kernel.time import SECOND
from tests.driver import BenchDriver, ConsoleDriver

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
SIZE = 28_311_552


def digest(console: ConsoleDriver) -> str:
    """Digest that the Software Center gives."""
    return published_md5(console.world.images.get(IMAGE))


def test_the_md5_of_a_good_image_is_the_published_one(console: ConsoleDriver, bench: BenchDriver) -> None:
    before = console.world.now
    console.type(f"verify /md5 flash:{IMAGE}")
    console.sees_exactly("." * (SIZE // 131072) + f"Done!\nverify /md5 (flash:{IMAGE}) = {digest(console)}\n")
    assert console.world.now - before == SIZE // 2400 + 1
    assert bench.succeeds(f"software get {IMAGE} tftp").endswith(f"\nMD5 {digest(console)}\n")


def test_a_digest_that_was_given_is_compared(console: ConsoleDriver) -> None:
    right = digest(console)
    console.type(f"verify /md5 {IMAGE} {right.upper()}")
    console.sees(f"Done!\nVerified (flash:{IMAGE}) = {right}\n")
    console.type(f"verify /md5 {IMAGE} abc")
    console.sees(f"Done!\n%Error verifying flash:{IMAGE}\nComputed signature  = {right}\nSubmitted signature = abc\n")


@pytest.mark.parametrize("how", ["", " truncated"])
def test_a_damaged_image(console: ConsoleDriver, bench: BenchDriver, how: str) -> None:
    bench.succeeds(f"damage R1 file {IMAGE}{how}")
    console.type(f"verify /md5 {IMAGE} {digest(console)}")
    console.sees(f"%Error verifying flash:{IMAGE}\n")
    console.type(f"verify {IMAGE}")
    console.sees(f"Embedded hash verification failed for file flash:{IMAGE}.\n")
    console.sees_nothing_of("Signature Verified")


def test_the_hash_inside_of_a_good_image(console: ConsoleDriver) -> None:
    console.type(f"verify {IMAGE}")
    console.sees(f"Verifying file integrity of flash:{IMAGE}...", f"CCO Hash        MD5 : {digest(console).upper()}\n")
    lines = console.shown.splitlines()
    assert lines[1].removeprefix("Embedded") == lines[2].removeprefix("Computed")
    assert lines[-1] == "Signature Verified"


def test_what_is_no_image(console: ConsoleDriver) -> None:
    console.type("copy running-config flash:a", "", "verify a")
    console.sees_exactly("Verifying file integrity of flash:a.\nEmbedded hash not found in file flash:a.\n")
    console.type("verify /md5 a")
    text = console.router.state.flash.files[-1].content
    console.sees_exactly(f".Done!\nverify /md5 (flash:a) = {hashlib.md5(text).hexdigest()}\n")


def test_nothing(console: ConsoleDriver) -> None:
    for command in ("verify none", "verify /md5 none", "more none", "show file information none"):
        console.type(command)
        console.sees("%Error opening ", "(No such file or directory)\n")


def test_the_stick_is_pulled_while_it_is_verified(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {IMAGE} usb")
    bench.succeeds("usb insert R1")
    console.line.terminal.submit(f"verify /md5 usbflash0:{IMAGE}")
    console.pass_time(3 * SECOND)
    bench.succeeds("usb remove R1")
    console.wait()
    console.sees(f".\n%Error verifying usbflash0:{IMAGE} (No such device)\n")


def test_more_shows_text_and_nothing_else(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.world.store("usb", "a.txt", b"one\r\ntwo", 8)
    bench.succeeds("usb insert R1")
    console.type("more usbflash0:a.txt")
    console.sees_exactly("one\ntwo\n")
    console.type("more usbflash0:a.txt | include t")
    console.sees_exactly("two\n")
    console.type(f"more flash:{IMAGE}")
    console.sees_exactly(f"%Error opening flash:{IMAGE} (Not a text file)\n")
    console.type("more flash:")
    console.sees_exactly("%Error opening flash: (No such file or directory)\n")


def test_show_flash_counts_all_files(console: ConsoleDriver) -> None:
    console.type("show flash:")
    console.sees_exactly(
        "-#- --length-- -----date/time------ path\n"
        f"1     28311552 Mar 1 2010 09:00:00 +00:00 {IMAGE}\n\n"
        "99926016 bytes available (28311552 bytes used)\n"
    )


@pytest.mark.parametrize(("url", "kind"), [
    (f"flash:{IMAGE}", "image (elf) []"), ("flash:a", "ascii text"), ("nvram:startup-config", "config"),
    ("system:running-config", "config"), ("flash:b", "binary"),
])  # fmt: skip
def test_show_file_information(console: ConsoleDriver, url: str, kind: str) -> None:
    console.type("write", "copy running-config flash:a", "")
    console.router.state.flash.write("b", b"\0", 0)
    console.type(f"show file information {url}")
    console.sees(f"{url}:\n  type is {kind}\n  file size is ")
    assert ("Runnable image" in console.shown) == (kind == "image (elf) []")
