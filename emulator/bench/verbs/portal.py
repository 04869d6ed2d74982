"""Ordering, the licensing portal, and what the TAC grants. What they send comes by mail.

Which site the portal is used from matters: see `Bench.device`.
"""

from emulator.backend.mail import Mail
from emulator.backend.office import in_words
from emulator.bench.session import Bench
from emulator.console.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused
from emulator.kernel.time import format_duration, parse_duration

HELP = {
    "order": "Buy licenses",
    "order <sku>": "SKU, L-880-AIS=",
    "order <sku> quantity": "Buy several under one PAK",
    "order <sku> quantity <quantity>": "Number of licenses",
    "portal": "Use the licensing portal",
    "portal register": "Exchange a PAK for license files",
    "portal register <pak>": "Product authorization key",
    "portal register <pak> <devices>": "Router or PID:SN, several separated by blanks",
    "portal lookup": "List what was ever issued to a device",
    "portal lookup <device>": "Router or PID:SN",
    "portal demo": "Ask for a demo license of 60 days",
    "portal demo <device>": "Router or PID:SN",
    "portal demo <device> <feature>": "Feature or SKU",
    "portal extension": "Agree with the TAC on an extension license",
    "portal extension <device>": "Router or PID:SN",
    "portal extension <device> <feature>": "Feature or SKU",
    "portal extension <device> <feature> <duration>": "Time of use that it is for, 30d",
    "portal account": "Open an account, or change its password; lab has the password lab",
    "portal account <user>": "User name",
    "portal account <user> <password>": "Password",
    "portal resend": "Have every license of a device sent again",
    "portal resend <device>": "Router or PID:SN",
    "portal rma": "Move the licenses of a failed device to its replacement",
    "portal rma <failed>": "Failed device: router or PID:SN",
    "portal rma <failed> <replacement>": "Replacement: router or PID:SN",
    "portal permission": "Ask for the permission ticket of a rehost",
    "portal permission <device>": "Source device: router or PID:SN",
    "portal rehost": "Exchange a rehost ticket for the target's license",
    "portal rehost <file>": "Rehost ticket: usb:NAME or tftp:NAME",
    "portal rehost <file> <device>": "Target device: router or PID:SN",
    "portal lost-pak": "Look up the PAK of a sales order",
    "portal lost-pak <number>": "Sales order",
}


def order(bench: Bench, *, sku: str, quantity: int | None) -> Handler:
    world = bench.world
    placed, letter = world.backend.order(sku, 1 if quantity is None else quantity, world.now)
    world.send(letter)
    yield Say(f"sales order {placed.number}: {placed.quantity} x {sku}\n")
    yield from _told(bench, letter)


def register(bench: Bench, *, pak: str, devices: str) -> Handler:
    udis = [bench.device(word) for word in devices.split()]
    for letter in bench.world.backend.register(pak, udis, bench.world.now):
        yield from _sent(bench, letter)


def lookup(bench: Bench, *, device: str) -> Handler:
    udi = bench.device(device)
    issued = bench.world.backend.entitlements(udi)
    for each in issued:
        state = "" if each.state == "current" else f", {each.state}"
        bought = "" if each.sku is None else f", {each.sku}"
        yield Say(f"{each.line.id}  {in_words(each.line)}{state}\n    {each.source}{bought}\n")
    if not issued:
        yield Say(f"nothing was issued to {udi}\n")


def demo(bench: Bench, *, device: str, feature: str) -> Handler:
    yield from _sent(bench, bench.world.backend.demo(bench.device(device), feature, bench.world.now))


def extension(bench: Bench, *, device: str, feature: str, duration: str) -> Handler:
    udi = bench.device(device)
    try:
        period = parse_duration(duration)
    except ValueError as error:
        raise Refused(str(error)) from None
    yield from _sent(bench, bench.world.backend.extension(udi, feature, period, bench.world.now))


def account(bench: Bench, *, user: str, password: str) -> Handler:
    bench.world.backend.add_account(user, password)
    yield Say(f"{user} can log in\n")


def resend(bench: Bench, *, device: str) -> Handler:
    yield from _sent(bench, bench.world.backend.resend(bench.device(device), bench.world.now))


def rma(bench: Bench, *, failed: str, replacement: str) -> Handler:
    target = bench.device(replacement)
    source = bench.device(failed) if ":" in failed else bench.world.router(failed).state.udi
    yield from _sent(bench, bench.world.backend.rma(source, target, bench.world.now))


def permission(bench: Bench, *, device: str) -> Handler:
    yield from _sent(bench, bench.world.backend.permission(bench.device(device), bench.world.now))


def rehost(bench: Bench, *, file: str, device: str) -> Handler:
    medium, _, name = file.partition(":")
    if not name or medium not in {"usb", "tftp"}:
        raise Refused(f"'{file}' is not usb:NAME or tftp:NAME")
    stored = bench.world.medium(medium).find(name)
    if stored is None:
        raise Refused(f"there is no file {name} on {medium}")
    yield from _sent(bench, bench.world.backend.rehost(stored.content, bench.device(device), bench.world.now))


def lost_pak(bench: Bench, *, number: str) -> Handler:
    yield Say(f"PAK {bench.world.backend.lost_pak(number)}\n")


def _sent(bench: Bench, letter: Mail) -> Handler:
    bench.world.send(letter)
    yield from _told(bench, letter)


def _told(bench: Bench, letter: Mail) -> Handler:
    delay = letter.due - bench.world.now
    if delay > 0:
        yield Say(f"a letter will come in {format_duration(delay)}\n")
    else:
        number = len(bench.world.post.arrived())
        yield Say(f"mail {number}: {letter.subject}\n")


MODES = ("bench",)
COMMANDS = (
    Command("order <sku:Sku> [quantity <quantity:Count>]", modes=MODES, run=order),
    Command("order <sku:Word> [quantity <quantity:Count>]", modes=MODES, run=order),
    Command("portal register <pak:Word> <devices:Line>", modes=MODES, run=register),
    Command("portal lookup <device:Word>", modes=MODES, run=lookup),
    Command("portal demo <device:Word> <feature:Word>", modes=MODES, run=demo),
    Command("portal extension <device:Word> <feature:Word> <duration:Duration>", modes=MODES, run=extension),
    Command("portal account <user:Word> <password:Word>", modes=MODES, run=account),
    Command("portal resend <device:Word>", modes=MODES, run=resend),
    Command("portal rma <failed:Word> <replacement:Word>", modes=MODES, run=rma),
    Command("portal permission <device:Word>", modes=MODES, run=permission),
    Command("portal rehost <file:Word> <device:Word>", modes=MODES, run=rehost),
    Command("portal lost-pak <number:Word>", modes=MODES, run=lost_pak),
)
