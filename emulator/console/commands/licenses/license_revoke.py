"""`license revoke`: carry out a permission ticket and write the rehost ticket.

C: the exchange is one step; if the rehost ticket then cannot be written, the same command completes it later. Where
the ticket will be written is tried first, so that a full flash is told before anything is revoked (I).
"""

from emulator.console.dialogs.install_licenses import LEVEL_MESSAGE_AFTER
from emulator.console.dialogs.revoke_licenses import carry_out, open_ticket
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.server_account import ask_password
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.licensing.changes import RevokeResult
from emulator.router.files.systems import FileFault, printed_reason, time_to_fail
from emulator.router.licensing.acts import rehost_ticket
from emulator.router.licensing.operations import EXPECTED_TICKET_SIZE
from emulator.router.state import LicenseCounter
from emulator.storage.urls import FileUrl

HELP = {
    "license": "Configure license features",
    "license revoke": "Revoke license",
    "license revoke <permission>": "Location of the permission ticket file",
    "license revoke <permission> <rehost>": "Location of the rehost ticket file to write",
}


def revoke(session: Session, *, permission: FileUrl, rehost: FileUrl) -> Handler:
    router = session.router
    permission = yield from ask_password(router, permission)
    rehost = yield from ask_password(router, rehost)
    found = router.files.find(permission)
    if isinstance(found, FileFault):
        yield Wait(time_to_fail(permission, found))
        yield Say(wording("file.open_failed", url=permission.text, reason=printed_reason(permission, found)))
        yield _failed(session, "revoke.no_ticket", url=permission.text)
        return
    ticket = open_ticket(router, found.content)
    if isinstance(ticket, str):
        yield _refused(session, ticket)
        return
    verdict = router.activation.examine_ticket(ticket)
    if fault := router.files.cannot_save(rehost, EXPECTED_TICKET_SIZE):
        yield Wait(time_to_fail(rehost, fault))
        yield _failed(session, "revoke.no_rehost_file", url=rehost.text, reason=printed_reason(rehost, fault))
        return
    done = yield from carry_out(session, ticket)
    if not done:
        return
    yield Wait(router.files.transfer_time(found.size))
    fault = router.files.write(rehost, rehost_ticket(router, ticket.id))
    if fault is not None:
        yield _failed(session, "revoke.no_rehost_file", url=rehost.text, reason=printed_reason(rehost, fault))
        return
    yield Say(wording("revoke.saved"))
    if verdict is RevokeResult.REVOKED:
        yield Wait(LEVEL_MESSAGE_AFTER)
        router.activation.announce_next_level()


def _failed(session: Session, key: str, **slots: object) -> Say:
    return _refused(session, wording(key, **slots))


def _refused(session: Session, text: str) -> Say:
    session.router.state.count(LicenseCounter.REVOKE_FAILED)
    return Say(text)


COMMANDS = (
    Command("license revoke <permission:FileUrl> <rehost:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=revoke,
            output="license_revoke", source="Software Activation command reference", basis="R"),
)  # fmt: skip
