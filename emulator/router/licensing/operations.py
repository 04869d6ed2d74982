"""License actions: acts on the licenses of a router whose documents are files (C: CISCO-LICENSE-MGMT-MIB).

What each does to the licenses is in `acts.py`, and when in `action_queue.py`.
"""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Protocol

from emulator.licensing.store import StoreName
from emulator.licensing.tickets import PermissionTicket
from emulator.router.files.systems import FileFault, RouterFiles
from emulator.router.license_action import ActionKind, ActionResult, ActionState, FailCause, LicenseAction
from emulator.router.license_action import TransferProtocol as Transfer
from emulator.router.licensing.acts import (
    DONE,
    ActionFailed,
    FileEntries,
    LicensedDevice,
    carry_out_ticket,
    check_ticket,
    clear_license,
    device_credential,
    install_entries,
    last_rehost_ticket,
    license_backup,
    needs_agreement,
    read_entries,
    read_ticket,
)
from emulator.router.licensing.numbers import DEVICE, STORES
from emulator.router.state import LicenseCounter
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl, parse_url

IPV4, IPV6, DNS = 1, 2, 16
SCHEMES = {
    Transfer.TFTP: "tftp",
    Transfer.FTP: "ftp",
    Transfer.RCP: "rcp",
    Transfer.HTTP: "http",
    Transfer.SCP: "scp",
}
EXPECTED_TICKET_SIZE = 2048


class ActingRouter(LicensedDevice, Protocol):
    """A router as license actions see it."""

    @property
    def files(self) -> RouterFiles:
        """File systems of the router."""


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


def _read(router: ActingRouter, action: LicenseAction, name: str, cause: FailCause) -> bytes:
    found = router.files.find(_located(action, name, cause))
    if not isinstance(found, StoredFile):
        raise ActionFailed(FailCause.SERVER_NOT_REACHABLE if found is FileFault.TIMED_OUT else cause)
    return found.content if len(found.content) == found.size else b""


def _check_place(router: ActingRouter, action: LicenseAction, name: str, size: int, cause: FailCause) -> FileUrl:
    url = _located(action, name, cause)
    fault = router.files.cannot_save(url, size)
    if fault is not None:
        raise ActionFailed(FailCause.SERVER_NOT_REACHABLE if fault is FileFault.TIMED_OUT else cause)
    return url


def _write(router: ActingRouter, action: LicenseAction, name: str, content: bytes, cause: FailCause) -> None:
    url = _check_place(router, action, name, len(content), cause)
    if router.files.write(url, content) is not None:
        raise ActionFailed(cause)


# --- the actions -----------------------------------------------------------------------------------------------

FinalResults = tuple[ActionResult, tuple[ActionResult, ...]]


def _entries(router: ActingRouter, action: LicenseAction) -> FileEntries:
    return read_entries(router, _read(router, action, action.file, FailCause.INVALID_FILE_PATH))


def _install(router: ActingRouter, action: LicenseAction) -> FinalResults:
    try:
        if action.store not in {0, STORES.index(StoreName.PRIMARY) + 1}:
            raise ActionFailed(FailCause.INVALID_STORE)
        entries = _entries(router, action)
    except ActionFailed:
        router.state.count(LicenseCounter.INSTALL_FAILED)
        raise
    return _summed(install_entries(router, entries, accepted=action.accepted, stops=action.stops))


def _summed(results: tuple[ActionResult, ...]) -> FinalResults:
    """The end of the whole, and of each license where there are several."""
    each = results if len(results) > 1 else ()
    failed = [result for result in results if result.state is ActionState.FAILED]
    if not failed:
        return DONE, each
    if DONE in results:
        return ActionResult(ActionState.PARTIALLY_SUCCESSFUL), each
    return failed[0], each


def _clear(router: ActingRouter, action: LicenseAction) -> FinalResults:
    clear_license(router, action.license, action.store)
    return DONE, ()


def _ticket(router: ActingRouter, action: LicenseAction) -> PermissionTicket:
    return read_ticket(router, _read(router, action, action.permission, FailCause.INVALID_PERMISSION_TICKET_FILE))


def _process_ticket(router: ActingRouter, action: LicenseAction) -> FinalResults:
    try:
        ticket = _ticket(router, action)
        verdict = check_ticket(router, ticket)
        _check_place(router, action, action.rehost, EXPECTED_TICKET_SIZE, FailCause.INVALID_REHOST_TICKET_FILE)
        answer = carry_out_ticket(router, ticket, verdict)
        _write(router, action, action.rehost, answer, FailCause.INVALID_REHOST_TICKET_FILE)
    except ActionFailed:
        router.state.count(LicenseCounter.REVOKE_FAILED)
        raise
    return DONE, ()


def _regenerate_ticket(router: ActingRouter, action: LicenseAction) -> FinalResults:
    answer = last_rehost_ticket(router, _ticket(router, action))
    _write(router, action, action.rehost, answer, FailCause.INVALID_REHOST_TICKET_FILE)
    return DONE, ()


def _backup(router: ActingRouter, action: LicenseAction) -> FinalResults:
    content = license_backup(router)
    try:
        _write(router, action, action.backup, content, FailCause.INVALID_BACKUP_FILE)
    except ActionFailed:
        router.state.count(LicenseCounter.SAVE_FAILED)
        raise
    router.state.count(LicenseCounter.SAVED)
    return DONE, ()


def _generate_eula(router: ActingRouter, action: LicenseAction) -> FinalResults:
    if needs_agreement(_entries(router, action)):
        text = router.context.agreement().encode()
        _write(router, action, action.agreement, text, FailCause.INVALID_EULA_FILE)
    return DONE, ()


def _export_credential(router: ActingRouter, action: LicenseAction) -> FinalResults:
    try:
        _write(router, action, action.file, device_credential(router), FailCause.INVALID_FILE_PATH)
    except ActionFailed:
        router.state.count(LicenseCounter.SAVE_FAILED)
        raise
    router.state.count(LicenseCounter.CREDENTIAL_SAVED)
    return DONE, ()


_ACTIONS: Mapping[ActionKind, Callable[[ActingRouter, LicenseAction], FinalResults]] = {
    ActionKind.NO_OP: lambda *_: (DONE, ()),
    ActionKind.INSTALL: _install,
    ActionKind.CLEAR: _clear,
    ActionKind.PROCESS_TICKET: _process_ticket,
    ActionKind.REGENERATE_TICKET: _regenerate_ticket,
    ActionKind.BACKUP: _backup,
    ActionKind.GENERATE_EULA: _generate_eula,
    ActionKind.EXPORT_CREDENTIAL: _export_credential,
}


def carry_out(router: ActingRouter, action: LicenseAction) -> FinalResults:
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
