"""License lines and files for dialogues at the console of R1."""

import re

from msgspec.structs import replace

from emulator.kernel.time import DAY
from emulator.keys.documents import write_license_file, write_permission_ticket
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi, parse_udi
from tests.driver import UDI, ConsoleDriver

ME, OTHER = parse_udi(UDI), Udi("CISCO881-K9", "FTX1405YDC8")
TOP, BASE = "advipservices", "advsecurity"
LEVEL_MESSAGE = (
    "%IOS_LICENSE_IMAGE_APPLICATION-6-LICENSE_LEVEL: Module name = c880-data Next reboot level = {} and License = {}\n"
)


def line(kind: LicenseType = LicenseType.PERMANENT, id_: str = "x-1", udi: Udi = ME, feature: str = TOP) -> LicenseLine:
    """A line of this world's portal; one that is metered has 60 days."""
    return LicenseLine(id_, feature, kind, udi, None if kind is LicenseType.PERMANENT else 60 * DAY)


def paper(console: ConsoleDriver, *lines: LicenseLine, comment: str = "") -> bytes:
    """A file of these lines, signed by the portal of this world."""
    content = LicenseFile(tuple(FileLine(each, "test", "2010-03-01T09:00:00.000Z", comment) for each in lines))
    return write_license_file(content, console.world.license_key)


def ticket_paper(console: ConsoleDriver, ticket: PermissionTicket, opened_by: Udi | None = None) -> bytes:
    """A permission ticket, sealed for its source and signed by the portal of this world."""
    recipient = console.world.sealing_key(opened_by or ticket.source).public.hex()
    whole = replace(ticket, issued="2010-03-01T09:00:00.000Z", nonce="n-1", recipient=recipient)
    return write_permission_ticket(whole, console.world.license_key)


def on_flash(console: ConsoleDriver, content: bytes, name: str = "a.lic") -> None:
    console.router.state.flash.write(name, content, 0)


def installed(console: ConsoleDriver, *lines: LicenseLine, comment: str = "") -> ConsoleDriver:
    """The console after these lines were installed from flash."""
    on_flash(console, paper(console, *lines, comment=comment))
    console.type("license install flash:a.lic")
    console.sees(f"{len(lines)}/{len(lines)} licenses were successfully installed\n")
    return console


def features(console: ConsoleDriver) -> list[tuple[str, LicenseType]]:
    """Licenses of the primary store."""
    return [(stored.line.feature, stored.line.type) for stored in console.router.activation.inventory.licenses.primary]


def unstamped(text: str) -> str:
    """Messages without their times."""
    return re.sub(r"^[*.]?[A-Z][a-z]{2} [ \d]+ [\d:.]+: ", "", text, flags=re.MULTILINE)
