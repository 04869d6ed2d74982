"""`license revoke`: carry out a permission ticket and write the rehost ticket.

R: the dialogue. C: the lines that the ticket names are exchanged for its grace-period licenses, whose agreement is
asked for; a ticket run again yields its rehost ticket again and asks nothing. The exchange is one step; if the rehost
ticket then cannot be written, the same command completes it later. Where the ticket will be written is tried first,
so that a full flash is told before anything is revoked (I).
"""

from emulator.console.eula import ask_eula
from emulator.console.grammar import Command
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Handler, Say, Wait
from emulator.keys.documents import InvalidDocument, read_permission_ticket, write_rehost_ticket
from emulator.licensing.changes import RevokeResult
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.router.device import Router
from emulator.router.files import TIMEOUT, FileFault
from emulator.storage.urls import FileUrl

HELP = {
    "license": "Configure license features",
    "license revoke": "Revoke license",
    "license revoke <permission>": "Location of the permission ticket file",
    "license revoke <permission> <rehost>": "Location of the rehost ticket file to write",
}

LEVEL_MESSAGE_AFTER = 150
REFUSALS = {RevokeResult.WRONG_DEVICE: "revoke.wrong_device", RevokeResult.LICENSE_MISSING: "revoke.missing"}


def revoke(session: Session, *, permission: FileUrl, rehost: FileUrl) -> Handler:
    router = session.router
    found = router.files.find(permission)
    if isinstance(found, FileFault):
        yield Wait(TIMEOUT if found is FileFault.TIMED_OUT else 0)
        yield Say(wording("file.open_failed", url=permission.text, reason=found))
        yield Say(wording("revoke.no_ticket", url=permission.text))
        return
    try:
        ticket = read_permission_ticket(found.content, router.license_verifier)
    except InvalidDocument:
        yield Say(wording("revoke.bad_ticket"))
        return
    verdict = router.activation.examine_ticket(ticket)
    if verdict in REFUSALS:
        yield Say(wording(REFUSALS[verdict]))
        return
    if fault := _cannot_write(router, rehost):
        yield Wait(TIMEOUT if fault is FileFault.TIMED_OUT else 0)
        yield Say(wording("revoke.no_rehost_file", url=rehost.text, reason=fault))
        return
    if verdict is RevokeResult.REVOKED:
        yield Say(wording("revoke.heading") + _features(ticket.features))
        yield Say(wording("revoke.granted_heading") + _features(tuple(line.feature for line in ticket.grant)))
        accepted = yield from ask_eula()
        if not accepted:
            yield Say(wording("revoke.refused"))
            return
        router.activation.revoke(ticket)
        yield Say(wording("revoke.use_write"))
    yield Wait(router.files.transfer_time(found.size))
    fault = router.files.write(rehost, rehost_ticket(router, ticket))
    if fault is not None:
        yield Say(wording("revoke.no_rehost_file", url=rehost.text, reason=fault))
        return
    yield Say(wording("revoke.saved"))
    if verdict is RevokeResult.REVOKED:
        yield Wait(LEVEL_MESSAGE_AFTER)
        router.activation.announce_next_level()


def rehost_ticket(router: Router, ticket: PermissionTicket) -> bytes:
    """The router's signed word that the ticket was carried out; the same for the same ticket."""
    revoked = router.activation.licenses.rehosts[ticket.id]
    return write_rehost_ticket(RehostTicket(ticket.id, router.state.udi, revoked), router.device_key)


def _features(features: tuple[str, ...]) -> str:
    return "".join(wording("revoke.feature", feature=feature) for feature in features)


def _cannot_write(router: Router, url: FileUrl) -> FileFault | None:
    system = router.files.system(url)
    if isinstance(system, FileFault):
        return system
    if not url.path:
        return FileFault.NO_FILE
    return None if system.room_for(url.path, EXPECTED_TICKET_SIZE) else FileFault.NO_SPACE


EXPECTED_TICKET_SIZE = 2048

COMMANDS = (
    Command("license revoke <permission:FileUrl> <rehost:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=revoke,
            output="license_revoke", source="Software Activation command reference", basis="R"),
)  # fmt: skip
