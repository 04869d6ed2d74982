"""Next steps that the dialogues of licenses name, only where there is one, and grace periods that are left behind."""

import pytest

from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from tests.driver import ConsoleDriver
from tests.unit.console.papers import ME, TOP, features, line, on_flash, paper, ticket_paper

BOOT_LINE = "license boot module c880-data level"
USE_BOOT_LINE = "Issue 'license boot module' command to use the licenses\n"
USE_WRITE = "Issue 'write' command to make license boot config take effect on next boot\n"
TICKET = PermissionTicket("PT-1", ME, ("x-1",), (TOP,), (line(LicenseType.GRACE_PERIOD, "g-1"),))
FACTORY = ("advsecurity", LicenseType.PERMANENT)


@pytest.fixture
def licensed(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with a permanent license of the top level that it never booted, and a ticket that takes it away."""
    on_flash(console, paper(console, line()))
    on_flash(console, ticket_paper(console, TICKET), "pt.xml")
    return console.type("license install flash:a.lic", "write memory")


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ((), False),
        (("configure terminal", f"{BOOT_LINE} {TOP}", "yes", "end"), False),
        (("configure terminal", f"{BOOT_LINE} advsecurity", "end"), True),
    ],
)
def test_an_extension_asks_for_the_boot_line_only_where_the_next_boot_would_leave_it_out(
    console: ConsoleDriver, typed: tuple[str, ...], asks: bool
) -> None:
    on_flash(console, paper(console, line(LicenseType.EXTENSION)))
    console.type(*typed, "license install flash:a.lic", "yes")
    assert (USE_BOOT_LINE in console.shown) is asks
    console.type("write memory").reload()
    assert console.router.running.level == ("advsecurity" if asks else TOP)


@pytest.mark.parametrize("unsaved", [False, True])
def test_a_revocation_asks_for_write_only_with_something_to_write(licensed: ConsoleDriver, unsaved: bool) -> None:
    if unsaved:
        licensed.type("configure terminal", "hostname R9", "end")
    licensed.type("license revoke flash:pt.xml flash:rt.xml", "yes")
    licensed.sees("Rehost ticket saved ..!\n")
    assert (USE_WRITE in licensed.shown) is unsaved


@pytest.mark.parametrize("booted", [False, True])
def test_only_a_router_that_booted_a_license_has_a_grace_period_of_it(licensed: ConsoleDriver, booted: bool) -> None:
    if booted:
        licensed.reload()
    licensed.type("license revoke flash:pt.xml flash:rt.xml", "yes")
    assert features(licensed) == [FACTORY, *([(TOP, LicenseType.GRACE_PERIOD)] if booted else [])]
    licensed.reload()
    assert licensed.router.running.level == (TOP if booted else "advsecurity")
