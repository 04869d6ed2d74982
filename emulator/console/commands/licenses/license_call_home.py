"""`license call-home`: licenses straight from the back end, and `show license call-home pak`.

C: what each command is for. R: the prompts, the lists, and that `resend` asks for a file name. I: RETURN at that
question installs what came. A failure never changes the store. A transfer that was broken off after the revocation is
completed by the same command: the router has kept for whom it was and what it answered, sends that before anything
else, and starts no other until it knows the end (I). The back end answers a rehost ticket again as it did before.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.dialogs.call_home import ask, ask_file, call_home, log_in, store
from emulator.console.dialogs.install_licenses import LEVEL_MESSAGE_AFTER, install_all
from emulator.console.dialogs.questions import ask_number, confirm
from emulator.console.dialogs.revoke_licenses import carry_out, open_ticket
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.licenses.call_home import pak_text, rehost_list, rehost_summary
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Effect, Handler, Say, Wait
from emulator.keys.documents import InvalidDocument, read_license_file
from emulator.licensing.changes import RevokeResult
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi
from emulator.router.licensing.acts import rehost_ticket
from emulator.router.ports import CallRefused, LogIn, RehostItem
from emulator.storage.urls import FileUrl

HELP = {
    "license": "Configure license features",
    "license call-home": "License call-home",
    "license call-home install": "Install license using call-home",
    "license call-home install pak": "Install license using a PAK",
    "license call-home install pak <pak>": "PAK",
    "license call-home resend": "Fetch all licenses of this device again",
    "license call-home resend <url>": "Location of the license file to write",
    "license call-home revoke": "Transfer a license to another device",
    "license call-home revoke udi": "UDI of the device that the license goes to",
    "license call-home revoke udi <target>": "UDI in the form PID:SN",
    "show": "Show running system information",
    "show license": "Show license information",
    "show license call-home": "Show license call-home information",
    "show license call-home pak": "Show what a PAK is good for",
    "show license call-home pak <pak>": "PAK",
}


def install(session: Session, *, pak: str) -> Handler:
    router = session.router
    who = yield from log_in()
    items = yield from ask(router, lambda home, name: home.look_up(name, who, pak))
    if items is None:
        return
    yield Say(pak_text(pak, items))
    number: int | None = 1
    if len(items) > 1:
        number = yield from ask_number(wording("call_home.select", count=len(items)), len(items))
    if number is None or not items:
        return
    sure = yield from confirm(wording("call_home.install"))
    if not sure:
        return
    yield Say(wording("call_home.fetching"))
    sku = items[number - 1].sku
    content = yield from ask(router, lambda home, name: home.install(name, who, pak, sku))
    if content is not None:
        yield from _install(session, content)


def resend(session: Session, *, url: FileUrl | None) -> Handler:
    who = yield from log_in()
    yield Say(wording("call_home.fetching"))
    content = yield from ask(session.router, lambda home, name: home.resend(name, who))
    if content is None:
        return
    file = url.text if url is not None else (yield from ask_file())
    if file:
        yield from store(session, file, content)
    else:
        yield from _install(session, content)


def revoke(session: Session, *, target: Udi) -> Handler:
    router = session.router
    under_way = router.activation.inventory.licenses.transfer
    if under_way is not None and under_way.target != target:
        yield Say(wording("call_home.other_target", udi=under_way.target))
        return
    who = yield from log_in()
    if under_way is not None:
        yield from _hand_in(session, who, target, under_way.ticket)
        return
    item = yield from _choose_item(session, who, target)
    if item is None:
        return
    yield Say(rehost_summary(router.state.udi, target, item))
    sure = yield from confirm(wording("call_home.transfer"))
    if not sure:
        return
    ticket = yield from _permission(session, who, target, item)
    if ticket is None:
        return
    before = router.activation.examine_ticket(ticket)
    done = yield from carry_out(session, ticket, target)
    if not done:
        return
    yield from _hand_in(session, who, target, ticket.id)
    if before is RevokeResult.REVOKED:
        yield Wait(LEVEL_MESSAGE_AFTER)
        router.activation.announce_next_level()


def show_pak(session: Session, *, pak: str) -> Handler:
    who = yield from log_in()
    items = yield from ask(session.router, lambda home, name: home.look_up(name, who, pak))
    if items is not None:
        yield Say(pak_text(pak, items))


def _install(session: Session, content: bytes) -> Handler:
    try:
        entries = read_license_file(content, session.router.license_verifier)
    except InvalidDocument:
        yield Say(wording("install.bad_file"))
        return
    yield from install_all(session, entries)


def _choose_item(session: Session, who: LogIn, target: Udi) -> Generator[Effect, Any, RehostItem | None]:
    yield Say(wording("call_home.fetching_rehostable"))
    items = yield from ask(session.router, lambda home, name: home.rehostable(name, who, target))
    if items is None:
        return None
    if not items:
        yield Say(wording("call_home.nothing"))
        return None
    yield Say(rehost_list(items))
    number = yield from ask_number(wording("call_home.select", count=len(items)), len(items))
    return None if number is None else items[number - 1]


def _permission(
    session: Session, who: LogIn, target: Udi, item: RehostItem
) -> Generator[Effect, Any, PermissionTicket | None]:
    router = session.router
    yield Say(wording("call_home.retrieving"))
    document = yield from ask(router, lambda home, name: home.permit(name, who, target, (item.sku,)))
    if document is None:
        return None
    ticket = open_ticket(router, document)
    if isinstance(ticket, str):
        yield Say(ticket)
        return None
    return ticket


def _hand_in(session: Session, who: LogIn, target: Udi, permission: str) -> Handler:
    """Send the answer to a permission ticket that was carried out; the transfer is over once that is known."""
    router = session.router
    yield Say(wording("call_home.sending"))
    proof = rehost_ticket(router, permission)
    content = yield from call_home(router, lambda home, name: home.complete(name, who, target, proof))
    if isinstance(content, CallRefused):
        if content.cause == "ended":
            router.activation.end_transfer()
        else:
            yield Say(wording("call_home.repeat"))
        return
    yield Say(wording("call_home.transferred", udi=target))
    file = yield from ask_file()
    stored = False
    if file:
        stored = yield from store(session, file, content)
    if not stored:
        yield Say(wording("call_home.target_fetches"))
    router.activation.end_transfer()


_SOURCE = "Software Activation command reference, recalled; FAQ"
COMMANDS = (
    Command("license call-home install pak <pak:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=install,
            output="license_call_home_install", source=_SOURCE, basis="R"),
    Command("license call-home resend [<url:FileUrl>]", modes=(EXEC,), privilege=PRIVILEGED, run=resend,
            output="license_call_home_resend", source=_SOURCE, basis="R"),
    Command("license call-home revoke udi <target:Udi>", modes=(EXEC,), privilege=PRIVILEGED, run=revoke,
            output="license_call_home_revoke", source=_SOURCE, basis="R"),
    Command("show license call-home pak <pak:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=show_pak,
            output="show_license_call_home_pak", source=_SOURCE, basis="R"),
)  # fmt: skip
