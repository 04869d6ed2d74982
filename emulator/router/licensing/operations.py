"""Acts of a license action, without a dialogue: everything that it needs is in it (C: CISCO-LICENSE-MGMT-MIB).

C: the causes of failures, and that an action that concerns several licenses goes on after a failure unless it is to
stop. I: an agreement that is not accepted and a license that was revoked are general failures; permission to revoke
includes the agreement to the grace period; a ticket carried out before is answered as it was.
"""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
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
from emulator.licensing.store import StoreName
from emulator.licensing.tickets import PermissionTicket
from emulator.router.clocks import WallTime
from emulator.router.context import RouterCore
from emulator.router.files.systems import FileFault, RouterFiles
from emulator.router.license_action import ActionKind, ActionResult, ActionState, FailCause, LicenseAction
from emulator.router.license_action import TransferProtocol as Transfer
from emulator.router.licensing.activation import Activation
from emulator.router.licensing.numbers import DEVICE, STORES, license_number, store_number
from emulator.router.state import LicenseCounter, Running
from emulator.sim.seeding import Dice
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl, parse_url

DONE = ActionResult(ActionState.SUCCESSFUL)
IPV4, IPV6, DNS = 1, 2, 16
SCHEMES = {
    Transfer.TFTP: "tftp",
    Transfer.FTP: "ftp",
    Transfer.RCP: "rcp",
    Transfer.HTTP: "http",
    Transfer.SCP: "scp",
}
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

EXPECTED_TICKET_SIZE = 2048


class LicensedDevice(RouterCore, Protocol):
    """A router as license actions see it."""

    activation: Activation

    @property
    def files(self) -> RouterFiles:
        """File systems of the router."""

    @property
    def running(self) -> Running:
        """Memory of the running IOS."""

    @property
    def license_verifier(self) -> Verifier:
        """Verifier of the licensing portal's signatures."""

    @property
    def device_key(self) -> SigningKey:
        """Signing key that the router was made with."""

    def wall_time(self) -> WallTime:
        """Time of its calendar."""

    def draw(self, purpose: str) -> Dice:
        """Create a source of randomness for one purpose at this instant."""


class ActionFailed(Exception):
    """An action cannot be done; nothing of it was."""

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


def device_credential(router: LicensedDevice) -> bytes:
    """Write the signed statement of the router about itself."""
    created = router.wall_time().local.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    nonce = f"{router.draw('credential').getrandbits(64):016X}"
    return write_credential(router.state.udi, router.running.image, created, nonce, router.device_key)


def rehost_ticket(router: LicensedDevice, permission: str) -> bytes:
    """Write the router's signed proof that a permission ticket was carried out; the same for the same ticket."""
    return write_rehost_ticket(router.activation.inventory.licenses.rehosts[permission], router.device_key)


# --- files -----------------------------------------------------------------------------------------------------


def location(action: LicenseAction, name: str) -> FileUrl | None:
    """Return where a file of an action lies; None: its name is none, or its protocol is not spoken."""
    if action.protocol in {Transfer.NONE, Transfer.LOCAL}:
        url = parse_url(name)
        return None if url is None or url.remote else url
    scheme = SCHEMES.get(action.protocol)
    if scheme is None:
        return None
    host = host_of(action)
    return FileUrl(scheme, name, host, f"{scheme}://{host}/{name}", action.user, action.password)


def host_of(action: LicenseAction) -> str:
    """Return the server of an action as a URL has it."""
    if action.address_type in {IPV4, IPV6}:
        return str(ip_address(action.address))
    return action.address.decode("utf-8", "replace")


def _located(action: LicenseAction, name: str, cause: FailCause) -> FileUrl:
    if action.protocol is Transfer.SFTP:
        raise ActionFailed(FailCause.PROTOCOL_NOT_SUPPORTED)
    url = location(action, name)
    if url is None:
        raise ActionFailed(cause)
    return url


def _read(router: LicensedDevice, action: LicenseAction, name: str, cause: FailCause) -> bytes:
    found = router.files.find(_located(action, name, cause))
    if not isinstance(found, StoredFile):
        raise ActionFailed(FailCause.SERVER_NOT_REACHABLE if found is FileFault.TIMED_OUT else cause)
    return found.content if len(found.content) == found.size else b""


def _check_place(router: LicensedDevice, action: LicenseAction, name: str, size: int, cause: FailCause) -> FileUrl:
    url = _located(action, name, cause)
    fault = router.files.cannot_save(url, size)
    if fault is not None:
        raise ActionFailed(FailCause.SERVER_NOT_REACHABLE if fault is FileFault.TIMED_OUT else cause)
    return url


def _write(router: LicensedDevice, action: LicenseAction, name: str, content: bytes, cause: FailCause) -> None:
    url = _check_place(router, action, name, len(content), cause)
    if router.files.write(url, content) is not None:
        raise ActionFailed(cause)


# --- the actions -----------------------------------------------------------------------------------------------

FileEntries = tuple[FileLine | DamagedLine, ...]
FinalResults = tuple[ActionResult, tuple[ActionResult, ...]]


def _entries(router: LicensedDevice, action: LicenseAction) -> FileEntries:
    content = _read(router, action, action.file, FailCause.INVALID_FILE_PATH)
    try:
        return tuple(read_license_file(content, router.license_verifier))
    except InvalidDocument:
        raise ActionFailed(FailCause.INVALID_FILE) from None


def _install(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    try:
        if action.store not in {0, STORES.index(StoreName.PRIMARY) + 1}:
            raise ActionFailed(FailCause.INVALID_STORE)
        entries = _entries(router, action)
    except ActionFailed:
        router.state.count(LicenseCounter.INSTALL_FAILED)
        raise
    results: list[ActionResult] = []
    for entry in entries:
        if action.stops and any(each.state is ActionState.FAILED for each in results):
            results.append(ActionResult(ActionState.NONE))
        else:
            results.append(_install_one(router, entry, accepted=action.accepted))
    return _summed(results)


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


def _summed(results: list[ActionResult]) -> FinalResults:
    """The end of the whole, and of each license where there are several."""
    each = tuple(results) if len(results) > 1 else ()
    failed = [result for result in results if result.state is ActionState.FAILED]
    if not failed:
        return DONE, each
    if DONE in results:
        return ActionResult(ActionState.PARTIALLY_SUCCESSFUL), each
    return failed[0], each


def _clear(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    activation = router.activation
    wanted = action.license, action.store or STORES.index(StoreName.PRIMARY) + 1
    found = [each for each in activation.inventory.all() if (license_number(each), store_number(each)) == wanted]
    if not found:
        raise ActionFailed(FailCause.GENERAL, LicenseCounter.CLEAR_FAILED)
    if found[0].store is not StoreName.PRIMARY:
        raise ActionFailed(FailCause.INVALID_STORE, LicenseCounter.CLEAR_FAILED)
    if not activation.clear(found[0]):
        raise ActionFailed(FailCause.IN_USE, LicenseCounter.CLEAR_FAILED)
    router.state.count(LicenseCounter.CLEARED)
    return DONE, ()


def _ticket(router: LicensedDevice, action: LicenseAction) -> PermissionTicket:
    document = _read(router, action, action.permission, FailCause.INVALID_PERMISSION_TICKET_FILE)
    try:
        return read_permission_ticket(document, router.license_verifier, router.context.sealing_key(router.state.udi))
    except InvalidDocument:
        raise ActionFailed(FailCause.INVALID_PERMISSION_TICKET) from None


def _process_ticket(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    try:
        ticket = _ticket(router, action)
        verdict = router.activation.examine_ticket(ticket)
        if verdict not in {RevokeResult.REVOKED, RevokeResult.REPEATED}:
            raise ActionFailed(FailCause.INVALID_PERMISSION_TICKET)
        _check_place(router, action, action.rehost, EXPECTED_TICKET_SIZE, FailCause.INVALID_REHOST_TICKET_FILE)
        if verdict is RevokeResult.REVOKED:
            router.activation.revoke(ticket)
            router.state.count(LicenseCounter.REVOKED)
        answer = rehost_ticket(router, ticket.id)
        _write(router, action, action.rehost, answer, FailCause.INVALID_REHOST_TICKET_FILE)
    except ActionFailed:
        router.state.count(LicenseCounter.REVOKE_FAILED)
        raise
    return DONE, ()


def _regenerate_ticket(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    ticket, rehosts = _ticket(router, action), router.activation.inventory.licenses.rehosts
    if router.activation.examine_ticket(ticket) is RevokeResult.WRONG_DEVICE:
        raise ActionFailed(FailCause.INVALID_PERMISSION_TICKET)
    if not rehosts:
        raise ActionFailed(FailCause.INVALID_REHOST_TICKET)
    last = ticket.id if ticket.id in rehosts else list(rehosts)[-1]
    _write(router, action, action.rehost, rehost_ticket(router, last), FailCause.INVALID_REHOST_TICKET_FILE)
    return DONE, ()


def _backup(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    entries = saved_licenses(router)
    if not entries:
        raise ActionFailed(FailCause.GENERAL, LicenseCounter.SAVE_FAILED)
    try:
        _write(router, action, action.backup, write_saved_licenses(entries), FailCause.INVALID_BACKUP_FILE)
    except ActionFailed:
        router.state.count(LicenseCounter.SAVE_FAILED)
        raise
    router.state.count(LicenseCounter.SAVED)
    return DONE, ()


def _generate_eula(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    lines = [entry.line for entry in _entries(router, action) if isinstance(entry, FileLine)]
    if any(line.rule.eula != "never" for line in lines):
        text = router.context.agreement().encode()
        _write(router, action, action.agreement, text, FailCause.INVALID_EULA_FILE)
    return DONE, ()


def _export_credential(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    try:
        _write(router, action, action.file, device_credential(router), FailCause.INVALID_FILE_PATH)
    except ActionFailed:
        router.state.count(LicenseCounter.SAVE_FAILED)
        raise
    router.state.count(LicenseCounter.CREDENTIAL_SAVED)
    return DONE, ()


_ACTIONS: Mapping[ActionKind, Callable[[LicensedDevice, LicenseAction], FinalResults]] = {
    ActionKind.NO_OP: lambda *_: (DONE, ()),
    ActionKind.INSTALL: _install,
    ActionKind.CLEAR: _clear,
    ActionKind.PROCESS_TICKET: _process_ticket,
    ActionKind.REGENERATE_TICKET: _regenerate_ticket,
    ActionKind.BACKUP: _backup,
    ActionKind.GENERATE_EULA: _generate_eula,
    ActionKind.EXPORT_CREDENTIAL: _export_credential,
}


def carry_out(router: LicensedDevice, action: LicenseAction) -> FinalResults:
    """Carry out an action; returns its end, and that of each license where it concerns several.

    Raises:
        Abandoned: the power failed; the stores are then the old or the new ones.
    """
    try:
        if action.entity not in {0, DEVICE}:
            raise ActionFailed(FailCause.UNRECOGNIZED_ENTITY)
        return _ACTIONS[action.kind](router, action)
    except ActionFailed as failed:
        if failed.counter is not None:
            router.state.count(failed.counter)
        return ActionResult(ActionState.FAILED, failed.cause), ()
