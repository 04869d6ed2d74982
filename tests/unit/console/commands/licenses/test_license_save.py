"""`license save`, `license save credential` and `more`."""

import pytest

from emulator.kernel.time import SECOND
from emulator.keys.documents import read_credential, read_license_file
from emulator.keys.signing import Verifier
from emulator.licensing.file import FileLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from emulator.router.state import LicenseCounter
from tests.driver import ConsoleDriver, world_of
from tests.unit.console.papers import BASE, ME, TOP, features, installed, line, on_flash, ticket_paper


def content(console: ConsoleDriver, name: str) -> bytes:
    file = console.router.state.flash.find(name)
    assert file is not None
    return file.content


def test_every_installed_line_is_saved(console: ConsoleDriver) -> None:
    installed(console, line(id_="x-1"), line(LicenseType.PERMANENT, "x-2", feature="other"))
    console.type("license save flash:all.lic")
    console.sees_exactly("license lines saved ... to flash:all.lic\n")
    entries = read_license_file(content(console, "all.lic"), console.router.license_verifier)
    assert [entry.line.feature for entry in entries if isinstance(entry, FileLine)] == [BASE, TOP, "other"]


def test_what_was_saved_can_be_installed_again(console: ConsoleDriver) -> None:
    installed(console, line(), comment="spare")
    console.type(
        "license comment add advipservices second", "license save all.lic", "license clear advipservices", "yes"
    )
    console.type("license install all.lic")
    console.sees("1/2 licenses were successfully installed\n1/2 licenses were existing licenses\n")
    assert features(console) == [(BASE, LicenseType.PERMANENT), (TOP, LicenseType.PERMANENT)]
    assert [stored.comment for stored in console.router.activation.inventory.licenses.primary] == ["", "second"]


def test_a_line_is_saved_byte_for_byte_as_it_came(console: ConsoleDriver) -> None:
    installed(console, line())
    console.type("license save flash:all.lic")
    came = content(console, "a.lic").split(b"<CISCO_WT_LICENSE>")[1].partition(b"</CISCO_WT_LICENSE>")[0]
    assert came in content(console, "all.lic")


def test_a_grace_period_came_in_no_file_and_is_left_out(console: ConsoleDriver) -> None:
    installed(console, line())
    ticket = PermissionTicket("PT-1", ME, ("x-1",), (TOP,), (line(LicenseType.GRACE_PERIOD, "g-1"),))
    on_flash(console, ticket_paper(console, ticket), "pt.xml")
    console.type("license revoke flash:pt.xml flash:rt.xml", "yes", "license save flash:all.lic")
    console.sees_exactly("license lines saved . to flash:all.lic\n")


def test_nothing_to_save() -> None:
    console = ConsoleDriver(world_of(factory=())).boot()
    console.type("license save flash:all.lic")
    console.sees_exactly("% Error: No license to save\n")
    assert console.router.state.flash.find("all.lic") is None
    assert console.router.state.operations[LicenseCounter.SAVE_FAILED] == 1


@pytest.mark.parametrize("command", ["license save", "license save credential"])
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("usbflash0:x", "No such device"),
        ("flash:", "No such file or directory"),
        ("nvram:startup-config", "Permission denied"),
    ],
)
def test_a_place_that_cannot_be_written(console: ConsoleDriver, command: str, url: str, reason: str) -> None:
    console.type(f"{command} {url}")
    console.sees_exactly(f"%Error opening {url} ({reason})\n")


@pytest.mark.parametrize("command", ["license save", "license save credential"])
def test_a_full_flash(console: ConsoleDriver, command: str) -> None:
    flash = console.router.state.flash
    flash.write("ballast", b"", 0, flash.free - 100)
    console.type(f"{command} flash:x")
    console.sees_exactly("%Error opening flash:x (Not enough space on device)\n")


def test_a_server_that_does_not_answer(console: ConsoleDriver) -> None:
    before = console.world.now
    console.type("license save tftp://192.0.2.10/x")
    console.sees_exactly("%Error opening tftp://192.0.2.10/x (Timed out)\n")
    assert console.world.now - before == 18 * SECOND


def test_a_power_cut_leaves_no_file_or_a_whole_one(console: ConsoleDriver) -> None:
    console.line.terminal.submit("license save flash:all.lic")
    console.world.clock.settle()
    console.router.power_off()
    assert console.router.state.flash.find("all.lic") is None


def test_the_credential_is_signed_by_the_device(console: ConsoleDriver) -> None:
    console.type("license save credential flash:c.xml", "license save credential flash:d.xml")
    console.sees_exactly("credential saved ..... to flash:d.xml\n")
    verifier = Verifier(console.world.device_key(ME).public)
    one, other = (read_credential(content(console, name), lambda _: verifier) for name in ("c.xml", "d.xml"))
    assert (one.udi, one.image) == (ME, "c880data-universalk9-mz.150-1.M4.bin")
    assert one.nonce != other.nonce
    assert console.router.state.operations == {LicenseCounter.GRANTED: 1, LicenseCounter.CREDENTIAL_SAVED: 2}


def test_more(console: ConsoleDriver) -> None:
    on_flash(console, b"one\ntwo", "t.txt")
    console.type("more flash:t.txt")
    console.sees_exactly("one\ntwo\n")
    console.type("more t.txt | include tw")
    console.sees_exactly("two\n")
    console.type("more flash:none")
    console.sees_exactly("%Error opening flash:none (No such file or directory)\n")
    console.type("more tftp://192.0.2.10/x")
    console.sees_exactly("%Error opening tftp://192.0.2.10/x (Timed out)\n")


def test_more_of_what_is_no_text(console: ConsoleDriver) -> None:
    on_flash(console, b"\xff\x00", "b.bin")
    console.type("more flash:b.bin")
    console.sees_exactly("%Error opening flash:b.bin (Not a text file)\n")
