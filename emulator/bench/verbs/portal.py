"""Ordering, the license portal, and what the TAC grants. What they send comes by mail.

The person at the bench is the operator `lab`, who may do everything: a credential is taken on trust, and the service
contract of a device is looked up where it is not given. Which site the portal is used from matters: see `Bench.device`.
"""

from collections.abc import Sequence

from emulator.backend.entities import AuditEntry, Role
from emulator.backend.letters import in_words
from emulator.backend.mail import Mail
from emulator.backend.service import LicensingService
from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused
from emulator.kernel.time import clock_line, format_duration, parse_duration

HELP = {
    "order": "Buy licenses",
    "order <sku>": "SKU, such as L-880-AIS=",
    "order <sku> quantity": "Buy several under one PAK",
    "order <sku> quantity <quantity>": "Number of licenses",
    "portal": "Use the license portal",
    "portal register": "Exchange a PAK for license files",
    "portal register <pak>": "Product authorization key",
    "portal register <pak> <devices>": "Router or PID:SN, several separated by blanks",
    "portal lookup": "List everything ever issued to a device",
    "portal lookup <device>": "Router or PID:SN",
    "portal demo": "Request a demo license for 60 days",
    "portal demo <device>": "Router or PID:SN",
    "portal demo <device> <feature>": "Feature or SKU",
    "portal extension": "Request an extension license from the TAC",
    "portal extension <device>": "Router or PID:SN",
    "portal extension <device> <feature>": "Feature or SKU",
    "portal extension <device> <feature> <duration>": "Time of use, such as 30d",
    "portal extension <device> <feature> <duration> why": "Who granted it and for what; the audit log keeps it",
    "portal extension <device> <feature> <duration> why <why>": "The reason",
    "portal password": "Change the password of an account; that of lab is lab",
    "portal password <user>": "User name",
    "portal password <user> <password>": "Password",
    "portal role": "Set the role of an account",
    "portal role <user>": "User name",
    "portal role <user> operator": "The rights of the bench",
    "portal role <user> customer": "Its own orders, PAKs and devices only",
    "portal account": "Create an account",
    "portal account <user>": "User name",
    "portal account <user> <password>": "Password",
    "portal account <user> <password> operator": "The rights of the bench",
    "portal account <user> <password> customer": "Its own orders, PAKs and devices only",
    "portal contract": "Look up the service contract of a device",
    "portal contract <device>": "Router or PID:SN",
    "portal history": "List what the portal did for a device",
    "portal history <device>": "Router or PID:SN",
    "portal audit": "List who did what, when and why",
    "portal audit <account>": "Entries of one account",
    "portal resend": "Resend every license of a device",
    "portal resend <device>": "Router or PID:SN",
    "portal rma": "Move the licenses of a failed device to its replacement",
    "portal rma <failed>": "Failed device: router or PID:SN",
    "portal rma <failed> <replacement>": "Replacement: router or PID:SN",
    "portal rma <failed> <replacement> contract": "Name the service contract of the failed device",
    "portal rma <failed> <replacement> contract <contract>": "Number of the contract",
    "portal permission": "Request the permission ticket of a rehost",
    "portal permission <device>": "Source device: router or PID:SN",
    "portal permission <device> exception": "Beyond the yearly limit",
    "portal permission <device> exception <why>": "The reason",
    "portal correct": "Move what a PAK issued for the wrong device to the right one",
    "portal correct <pak>": "PAK",
    "portal correct <pak> <wrong>": "Wrong device: router or PID:SN",
    "portal correct <pak> <wrong> <right>": "Right device: router or PID:SN",
    "portal correct <pak> <wrong> <right> why": "Give the reason",
    "portal correct <pak> <wrong> <right> why <why>": "Reason; the audit log keeps it",
    "portal rehost": "Exchange a rehost ticket for the target's license",
    "portal rehost <file>": "Rehost ticket: usb:NAME or tftp:NAME",
    "portal rehost <file> <device>": "Target device: router or PID:SN",
    "portal rehost <file> <device> exception": "After the term of the permission ticket",
    "portal rehost <file> <device> exception <why>": "The reason",
    "portal lost-pak": "Look up the PAK of a sales order",
    "portal lost-pak <number>": "Sales order",
}


OPERATOR = "lab"
"""Account in whose name the bench acts."""

LONGEST_LIST = 200
"""Limit of the lines of a list that are shown (I); the portal has more."""


def order(bench: Bench, *, sku: str, quantity: int | None) -> Handler:
    world = bench.world
    placed, letter = world.backend.order(sku, 1 if quantity is None else quantity, world.now, by=OPERATOR)
    yield Say(f"sales order {placed.number}: {placed.quantity} x {sku}\n")
    yield from _told(bench, letter)


def _portal(bench: Bench) -> LicensingService:
    """The back end, as the portal uses it.

    Raises:
        Refused: the portal is closed.
    """
    world = bench.world
    if world.now < world.state.portal_opens:
        raise Refused(f"the portal is closed until {clock_line(world.calendar(world.state.portal_opens))}")
    return world.backend


def register(bench: Bench, *, pak: str, devices: str) -> Handler:
    udis = [bench.device(word) for word in devices.split()]
    letters = _portal(bench).register(pak, udis, bench.world.now, by=OPERATOR)
    first = bench.world.post.count() - len(letters) + 1
    for number, letter in enumerate(letters, first):
        yield Say(f"mail {number}: {letter.subject}\n")


def lookup(bench: Bench, *, device: str) -> Handler:
    udi = bench.device(device)
    issued = _portal(bench).queries.entitlements(udi, by=OPERATOR)
    for each in issued:
        state = "" if each.state == "current" else f", {each.state}"
        bought = "" if each.sku is None or each.source == FACTORY else f", {each.sku}"
        yield Say(f"{each.line.id}  {in_words(each.line)}{state}\n    {each.source}{bought}\n")
    if not issued:
        yield Say(f"nothing was issued to {udi}\n")


def demo(bench: Bench, *, device: str, feature: str) -> Handler:
    udi = bench.device(device)
    yield from _told(bench, _portal(bench).demo(udi, feature, bench.world.now, by=OPERATOR))


def extension(bench: Bench, *, device: str, feature: str, duration: str, why: str | None) -> Handler:
    udi = bench.device(device)
    try:
        period = parse_duration(duration)
    except ValueError as error:
        raise Refused(str(error)) from None
    backend, now = _portal(bench), bench.world.now
    yield from _told(bench, backend.extension(udi, feature, period, now, by=OPERATOR, why=why or "TAC"))


def account(bench: Bench, *, user: str, password: str, role: str | None) -> Handler:
    kind = None if role is None else Role(role)
    _portal(bench).accounts.add(user, password, bench.world.now, by=OPERATOR, role=kind)
    yield Say(f"{user} can log in\n")


def password(bench: Bench, *, user: str, password: str) -> Handler:
    _portal(bench).accounts.change(user, bench.world.now, by=OPERATOR, password=password)
    yield Say(f"{user} has another password\n")


def role(bench: Bench, *, user: str, role: str) -> Handler:
    changed = _portal(bench).accounts.change(user, bench.world.now, by=OPERATOR, role=Role(role))
    yield Say(f"{user} is {'an operator' if changed.role is Role.OPERATOR else 'a customer'}\n")


def resend(bench: Bench, *, device: str) -> Handler:
    udi = bench.device(device)
    yield from _told(bench, _portal(bench).resend(udi, bench.world.now, by=OPERATOR))


def contract(bench: Bench, *, device: str) -> Handler:
    found = _portal(bench).contract(bench.device(device), by=OPERATOR)
    since = clock_line(bench.world.calendar(found.since))
    yield Say(f"service contract {found.number} for {found.udi}, since {since}\n")


def rma(bench: Bench, *, failed: str, replacement: str, contract: str | None) -> Handler:
    target = bench.device(replacement)
    source = bench.device(failed) if ":" in failed else bench.world.router(failed).state.udi
    backend = _portal(bench)
    number = backend.contract(source, by=OPERATOR).number if contract is None else contract
    yield from _told(bench, backend.rma(source, target, bench.world.now, by=OPERATOR, contract=number))


def correct(bench: Bench, *, pak: str, wrong: str, right: str, why: str) -> Handler:
    devices = bench.device(wrong), bench.device(right)
    yield from _told(bench, _portal(bench).correct(pak, *devices, bench.world.now, by=OPERATOR, why=why))


def permission(bench: Bench, *, device: str, why: str | None) -> Handler:
    udi, now = bench.device(device), bench.world.now
    letter = _portal(bench).permission(udi, now, by=OPERATOR, override=why is not None, why=why or "")
    yield from _told(bench, letter)


def rehost(bench: Bench, *, file: str, device: str, why: str | None) -> Handler:
    medium, _, name = file.partition(":")
    if not name or medium not in {"usb", "tftp"}:
        raise Refused(f"'{file}' is not usb:NAME or tftp:NAME")
    stored = bench.world.medium(medium).find(name)
    if stored is None:
        raise Refused(f"there is no file {name} on {medium}")
    udi, now = bench.device(device), bench.world.now
    letter = _portal(bench).rehost(stored.content, udi, now, by=OPERATOR, override=why is not None, why=why or "")
    yield from _told(bench, letter)


def lost_pak(bench: Bench, *, number: str) -> Handler:
    yield Say(f"PAK {_portal(bench).lost_pak(number, bench.world.now, by=OPERATOR)}\n")


def history(bench: Bench, *, device: str) -> Handler:
    udi = bench.device(device)
    found = _portal(bench).queries.history(udi, by=OPERATOR, limit=LONGEST_LIST)
    yield from _entries(bench, found.items, found.total)
    if not found.total:
        yield Say(f"nothing was done for {udi}\n")


def audit(bench: Bench, *, account: str | None) -> Handler:
    found = _portal(bench).queries.audit(by=OPERATOR, account=account or "", limit=LONGEST_LIST)
    yield from _entries(bench, found.items, found.total)
    if not found.total:
        yield Say("nothing was done\n")


def _entries(bench: Bench, entries: Sequence[AuditEntry], total: int) -> Handler:
    for each in entries:
        detail = f" {each.detail}" if each.detail else ""
        why = f" ({each.why})" if each.why else ""
        yield Say(f"{clock_line(bench.world.calendar(each.at))}  {each.by}  {each.act} {each.subject}{detail}{why}\n")
    if len(entries) < total:
        yield Say(f"and {total - len(entries)} more\n")


def _told(bench: Bench, letter: Mail) -> Handler:
    delay = letter.due - bench.world.now
    if delay > 0:
        yield Say(f"a letter will come in {format_duration(delay)}\n")
    else:
        yield Say(f"mail {bench.world.post.count()}: {letter.subject}\n")


MODES = ("bench",)
FACTORY = "Factory"
"""Source of a license that the device was ordered with, which no PAK paid for."""

COMMANDS = (
    Command("order <sku:Sku> [quantity <quantity:Count>]", modes=MODES, run=order),
    Command("order <sku:Word> [quantity <quantity:Count>]", modes=MODES, run=order),
    Command("portal register <pak:Word> <devices:Line>", modes=MODES, run=register),
    Command("portal lookup <device:Word>", modes=MODES, run=lookup, look=True),
    Command("portal demo <device:Word> <feature:Word>", modes=MODES, run=demo),
    Command("portal extension <device:Word> <feature:Word> <duration:Duration> [why <why:Line>]", modes=MODES,
            run=extension),
    Command("portal password <user:Word> <password:Word>", modes=MODES, run=password),
    Command("portal role <user:Word> <role:operator|customer>", modes=MODES, run=role),
    Command("portal account <user:Word> <password:Word> [<role:operator|customer>]", modes=MODES, run=account),
    Command("portal contract <device:Word>", modes=MODES, run=contract),
    Command("portal history <device:Word>", modes=MODES, run=history, look=True),
    Command("portal audit [<account:Word>]", modes=MODES, run=audit, look=True),
    Command("portal resend <device:Word>", modes=MODES, run=resend),
    Command("portal rma <failed:Word> <replacement:Word> [contract <contract:Word>]", modes=MODES, run=rma),
    Command("portal permission <device:Word> [exception <why:Line>]", modes=MODES, run=permission),
    Command("portal correct <pak:Word> <wrong:Word> <right:Word> why <why:Line>", modes=MODES, run=correct),
    Command("portal rehost <file:Word> <device:Word> [exception <why:Line>]", modes=MODES, run=rehost),
    Command("portal lost-pak <number:Word>", modes=MODES, run=lost_pak),
)  # fmt: skip
