"""Acts on the licenses of a router as managers ask for them, without a dialog: documents in, documents out.

Where a document comes from and goes to is no matter here: a license action has files (`operations.py`), the license
agent has messages. C: the causes of failures (CISCO-LICENSE-MGMT-MIB), and that an act that concerns several licenses
goes on after a failure unless it is to stop. I: an agreement that is not accepted and a license that was revoked are
general failures; permission to revoke includes the agreement to the grace period; a ticket carried out before is
answered as it was.
"""

from collections.abc import Mapping
from typing import Protocol

from emulator.keys.documents import (
    DamagedLine,
    InvalidDocument,
    read_license_file,
    read_permission_ticket,
    write_credential,
    write_rehost_ticket,
    write_saved_licenses,
)
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.changes import InstallResult, RevokeResult
from emulator.licensing.file import FileLine
from emulator.licensing.store import StoredLicense, StoreName
from emulator.licensing.tickets import PermissionTicket
from emulator.router.clocks import WallTime
from emulator.router.context import RouterCore
from emulator.router.license_action import ActionResult, ActionState, FailCause
from emulator.router.licensing.activation import Activation
from emulator.router.licensing.numbers import STORES, license_number, store_number
from emulator.router.state import LicenseCounter, Running
from emulator.sim.seeding import Dice

DONE = ActionResult(ActionState.SUCCESSFUL)
CAUSES = {
    InstallResult.EXISTING: FailCause.ALREADY_EXISTS,
    InstallResult.WRONG_DEVICE: FailCause.NOT_VALID_FOR_DEVICE,
    InstallResult.REVOKED: FailCause.GENERAL,
    InstallResult.BAD_COUNT: FailCause.INVALID_COUNT,
    InstallResult.BAD_PERIOD: FailCause.INVALID_PERIOD,
    InstallResult.STORE_FULL: FailCause.STORAGE_FULL,
    InstallResult.EULA_REFUSED: FailCause.GENERAL,
}
COUNTED: Mapping[InstallResult | None, LicenseCounter] = {
    InstallResult.INSTALLED: LicenseCounter.INSTALLED,
    InstallResult.EXISTING: LicenseCounter.DUPLICATE,
}
"""Counter of an installation by its result; every other counts as a failure."""


class LicensedDevice(RouterCore, Protocol):
    """A router as acts on its licenses see it."""

    activation: Activation

    @property
    def running(self) -> Running:
        """Memory of the running IOS."""

    @property
    def license_verifier(self) -> Verifier:
        """Verifier of the license portal's signatures."""

    @property
    def device_key(self) -> SigningKey:
        """Signing key that the router was made with."""

    def wall_time(self) -> WallTime:
        """Time of its calendar."""

    def draw(self, purpose: str) -> Dice:
        """Create a source of randomness for one purpose at this instant."""


class ActionFailed(Exception):
    """An act cannot be done; nothing of it was."""

    def __init__(self, cause: FailCause, counter: LicenseCounter | None = None) -> None:
        super().__init__(cause, counter)
        self.cause, self.counter = cause, counter


# --- documents that a router writes ----------------------------------------------------------------------------


def saved_licenses(router: LicensedDevice) -> tuple[FileLine, ...]:
    """List the installed lines as their files had them; a grace-period line came in no file and is left out."""
    return tuple(
        FileLine(stored.line, stored.source, stored.created, stored.comment, stored.proof)
        for stored in router.activation.inventory.licenses.primary
        if stored.proof
    )


def license_backup(router: LicensedDevice) -> bytes:
    """Write the installed licenses as one file.

    Raises:
        ActionFailed: there are none.
    """
    entries = saved_licenses(router)
    if not entries:
        raise ActionFailed(FailCause.GENERAL, LicenseCounter.SAVE_FAILED)
    return write_saved_licenses(entries)


def device_credential(router: LicensedDevice) -> bytes:
    """Write the signed statement of the router about itself."""
    created = router.wall_time().local.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    nonce = f"{router.draw('credential').getrandbits(64):016X}"
    return write_credential(router.state.udi, router.running.image, created, nonce, router.device_key)


def rehost_ticket(router: LicensedDevice, permission: str) -> bytes:
    """Write the router's signed proof that a permission ticket was carried out; the same for the same ticket."""
    return write_rehost_ticket(router.activation.inventory.licenses.rehosts[permission], router.device_key)


# --- installing ------------------------------------------------------------------------------------------------

FileEntries = tuple[FileLine | DamagedLine, ...]


def read_entries(router: LicensedDevice, content: bytes) -> FileEntries:
    """Read the lines of a license file.

    Raises:
        ActionFailed: it is none.
    """
    try:
        return tuple(read_license_file(content, router.license_verifier))
    except InvalidDocument:
        raise ActionFailed(FailCause.INVALID_FILE) from None


def needs_agreement(entries: FileEntries) -> bool:
    """Tell whether a license of a file is under the agreement."""
    return any(entry.line.rule.eula != "never" for entry in entries if isinstance(entry, FileLine))


def install_entries(
    router: LicensedDevice, entries: FileEntries, *, accepted: bool, stops: bool
) -> tuple[ActionResult, ...]:
    """Install the lines of a license file; returns the end of each.

    Args:
        router: a router that runs.
        entries: lines of the file.
        accepted: the agreement is accepted.
        stops: the first one that fails is the last one that is tried.
    """
    results: list[ActionResult] = []
    for entry in entries:
        if stops and any(each.state is ActionState.FAILED for each in results):
            results.append(ActionResult(ActionState.NONE))
        else:
            results.append(_install_one(router, entry, accepted=accepted))
    return tuple(results)


def _install_one(router: LicensedDevice, entry: FileLine | DamagedLine, *, accepted: bool) -> ActionResult:
    activation = router.activation
    if isinstance(entry, DamagedLine):
        router.state.count(LicenseCounter.INSTALL_FAILED)
        return ActionResult(ActionState.FAILED, FailCause.INVALID_LINE)
    result = activation.examine(entry.line)
    asked = entry.line.rule.eula == "installation" and not activation.inventory.licenses.eula_for_all
    if result is InstallResult.INSTALLED and asked and not accepted:
        result = InstallResult.EULA_REFUSED
    if result is InstallResult.INSTALLED:
        result = activation.install(entry).result
    router.state.count(COUNTED.get(result, LicenseCounter.INSTALL_FAILED))
    return DONE if result is InstallResult.INSTALLED else ActionResult(ActionState.FAILED, CAUSES[result])


# --- one license -----------------------------------------------------------------------------------------------


def find_license(router: LicensedDevice, license_: int, store: int) -> StoredLicense | None:
    """Return the license of a number in a store; store 0 is the default one."""
    wanted = license_, store or STORES.index(StoreName.PRIMARY) + 1
    found = (each for each in router.activation.inventory.all() if (license_number(each), store_number(each)) == wanted)
    return next(found, None)


def clear_license(router: LicensedDevice, license_: int, store: int) -> None:
    """Remove an installed license.

    Raises:
        ActionFailed: it cannot be removed.
    """
    stored = find_license(router, license_, store)
    if stored is None:
        raise ActionFailed(FailCause.GENERAL, LicenseCounter.CLEAR_FAILED)
    if stored.store is not StoreName.PRIMARY:
        raise ActionFailed(FailCause.INVALID_STORE, LicenseCounter.CLEAR_FAILED)
    if not router.activation.clear(stored):
        raise ActionFailed(FailCause.IN_USE, LicenseCounter.CLEAR_FAILED)
    router.state.count(LicenseCounter.CLEARED)


# --- tickets ---------------------------------------------------------------------------------------------------


def read_ticket(router: LicensedDevice, document: bytes) -> PermissionTicket:
    """Read a permission ticket.

    Raises:
        ActionFailed: it is none.
    """
    try:
        return read_permission_ticket(document, router.license_verifier, router.context.sealing_key(router.state.udi))
    except InvalidDocument:
        raise ActionFailed(FailCause.INVALID_PERMISSION_TICKET) from None


def check_ticket(router: LicensedDevice, ticket: PermissionTicket) -> RevokeResult:
    """Find out whether a ticket is yet to be carried out or was carried out before.

    Raises:
        ActionFailed: it cannot be carried out.
    """
    verdict = router.activation.examine_ticket(ticket)
    if verdict not in {RevokeResult.REVOKED, RevokeResult.REPEATED}:
        raise ActionFailed(FailCause.INVALID_PERMISSION_TICKET)
    return verdict


def carry_out_ticket(router: LicensedDevice, ticket: PermissionTicket, verdict: RevokeResult) -> bytes:
    """Revoke what a checked ticket says, unless that was done before; returns the rehost ticket."""
    if verdict is RevokeResult.REVOKED:
        router.activation.revoke(ticket)
        router.state.count(LicenseCounter.REVOKED)
    return rehost_ticket(router, ticket.id)


def last_rehost_ticket(router: LicensedDevice, ticket: PermissionTicket) -> bytes:
    """Write the rehost ticket of a permission ticket again, or the last one where that was not carried out.

    Raises:
        ActionFailed: the ticket is for another device, or no ticket was ever carried out.
    """
    rehosts = router.activation.inventory.licenses.rehosts
    if router.activation.examine_ticket(ticket) is RevokeResult.WRONG_DEVICE:
        raise ActionFailed(FailCause.INVALID_PERMISSION_TICKET)
    if not rehosts:
        raise ActionFailed(FailCause.INVALID_REHOST_TICKET)
    return rehost_ticket(router, ticket.id if ticket.id in rehosts else list(rehosts)[-1])
