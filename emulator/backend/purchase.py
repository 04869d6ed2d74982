"""Purchase of licenses: from the order to the PAK, and the record of all that was issued.

C (the FAQ): a PAK is a debit for 1 to 5000 licenses; a lost PAK is found by its sales order; what was issued to a UDI
can be sent again. I: a PAK on paper is valid at once, but no customer is shown it, or can use it, before the letter
has arrived; what an operator orders for nobody belongs to whoever holds the PAK, which its order number does not tell.
Order numbers and PAKs follow from the world's secret, and there are so many of them that nobody finds one at the rate
at which the portal lets one guess.
"""

from collections.abc import Mapping
from hashlib import sha256

from emulator.backend.account_names import account_of
from emulator.backend.entities import Pak, Role, SalesOrder
from emulator.backend.letters import Draft
from emulator.backend.mail import ORDERING, POST
from emulator.backend.pakcode import LENGTH, normal, pak_code, spelled, well_formed
from emulator.backend.refusals import PortalRefusal
from emulator.backend.skus import Delivery, Sku
from emulator.backend.transaction import Transaction
from emulator.backend.views import PakContent
from emulator.kernel.errors import nearest
from emulator.licensing.udi import Udi

MOST_LICENSES = 5000

ORDER_DIGITS = 12
"""Digits of an order number: at ten guesses a minute one of 1,000 orders is found in some 170 years (I)."""

_PAKS_FROM = 90_000_000
"""Part of what a PAK is derived from, fixed for ever."""

_LONGEST_CODE = 32
_MISSPELT = f"a PAK has {LENGTH} letters and digits, and never 0, 1, I or O"
_MISFIT = "its last character does not fit, so one of them is wrong"


def order(transaction: Transaction, sku: str, quantity: int, owner: str | None) -> tuple[SalesOrder, Draft]:
    """Sell one PAK; the mail brings it."""
    if (row := transaction.context.skus.get(sku)) is None:
        raise PortalRefusal.UNKNOWN_SKU.error(sku=sku, nearest=_likeliest(sku, transaction.context.skus))
    if not 1 <= quantity <= MOST_LICENSES:
        raise PortalRefusal.QUANTITY.error(quantity=quantity)
    to = transaction.by
    if owner not in {None, transaction.by.name}:
        assert owner is not None
        transaction.operators_only()
        to = account_of(transaction.records, owner)
    if owner is None and transaction.by.role is Role.CUSTOMER:
        owner = transaction.by.name
    sequence = transaction.records.counters.take("order")
    number = _new_number(transaction, sequence)
    placed = SalesOrder(number, sku, quantity, _new_code(transaction, sequence), transaction.now, owner)
    transaction.records.orders.add(placed, sequence)
    transaction.note("order", number, f"{quantity} x {sku}")
    body = (
        f"Thank you for your order.\n\nSales order: {number}\nProduct: {sku}\n  {row.description}\n"
        f"Licenses: {quantity}\nProduct authorization key (PAK): {placed.pak}\n\n"
        "Register the PAK at the license portal with the PID and serial number of each device.\n"
    )
    sender = POST if row.delivery is Delivery.PAPER else ORDERING
    subject = f"Product authorization key, sales order {number}"
    under_way = transaction.context.arrival(sku, transaction.now) - transaction.now
    return placed, transaction.send(Draft(transaction.letter(sender, subject, body, after=under_way, to=to)))


def _likeliest(name: str, skus: Mapping[str, Sku]) -> str:
    """Tell what to order instead of a name that is no SKU: what licenses the feature of that name, or the nearest."""
    licensing = sorted(each for each, row in skus.items() if row.feature.lower() == name.lower())
    return f"It is a feature; it is licensed by {', '.join(licensing)}." if licensing else nearest(name, skus)


def lost_pak(transaction: Transaction, number: str) -> str:
    """Return the PAK of a sales order, once its letter can have arrived."""
    plain = number.isascii() and number.isdigit()
    placed = transaction.records.orders.find(number) if plain else None
    if placed is None or not transaction.owns(placed.owner):
        raise PortalRefusal.UNKNOWN_ORDER.error(order=number)
    if transaction.now < transaction.context.arrival(placed.sku, placed.at):
        date = transaction.context.calendar(transaction.context.arrival(placed.sku, placed.at))
        raise PortalRefusal.IN_THE_POST.error(order=number, date=f"{date:%Y-%m-%d}")
    return placed.pak


def pak_for(transaction: Transaction, text: str, *, locked: bool = False) -> Pak:
    """Find the PAK that was typed; one without an owner may be used by every account.

    Only a mistyped PAK and a missing one are told apart: for a customer, a PAK of another account does not exist, nor
    one whose letter is still under way, its owner included. A PAK on file is found whatever its form: those of older
    worlds have no check character.
    """
    code = normal(text)
    plain = code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE
    pak = transaction.records.orders.pak(code, locked=locked) if plain else None
    if pak is not None and _may_use(transaction, pak):
        return pak
    if not well_formed(code):
        raise PortalRefusal.MISTYPED_PAK.error(pak=text, problem=_MISFIT if spelled(code) else _MISSPELT)
    raise PortalRefusal.UNKNOWN_PAK.error(pak=text)


def _may_use(transaction: Transaction, pak: Pak) -> bool:
    return (pak.owner is None or transaction.owns(pak.owner)) and not transaction.in_the_post(pak.sku, pak.at)


def look_up(transaction: Transaction, code: str, udi: Udi) -> tuple[PakContent, ...]:
    """Look up the products behind a PAK, for a device."""
    pak = pak_for(transaction, code)
    transaction.serve_for(udi, (pak.sku,))
    sku = transaction.context.skus[pak.sku]
    content = PakContent(
        sku=sku.name,
        description=sku.description,
        feature=sku.feature,
        type=sku.type,
        count=sku.count,
        ordered=pak.quantity,
        available=pak.left,
        families=sku.families,
        registered=bool(transaction.records.licenses.registered(pak.code, [udi])),
    )
    return (content,)


def resend(transaction: Transaction, udi: Udi) -> Draft:
    """Send every license that the device is entitled to again, in one file."""
    device = transaction.device(udi)
    transaction.serve(udi)
    if not (licenses := transaction.current(udi)):
        raise PortalRefusal.NOTHING_ISSUED.error(udi=udi)
    dated = transaction.next_date(device)
    transaction.records.devices.filed([(udi, dated, device.owner)])
    transaction.note("resend", udi, device=udi)
    return transaction.license_mail(udi, licenses, dated, "These are all licenses of your device, as you asked.")


def _new_number(transaction: Transaction, sequence: int) -> str:
    """Make an order number that cannot be guessed without the key, the same for the same order in the same world."""
    lowest = 10 ** (ORDER_DIGITS - 1)
    for attempt in range(1000):
        drawn = transaction.context.key.secret_for("order number", f"{sequence} {attempt}".encode())
        number = str(lowest + int.from_bytes(drawn) % (9 * lowest))
        if transaction.records.orders.find(number) is None:
            return number
    raise AssertionError("a thousand order numbers in a row were taken")


def _new_code(transaction: Transaction, sequence: int) -> str:
    """Make a PAK that cannot be guessed without the key, the same for the same order in the same world."""
    for attempt in range(1000):
        signature = transaction.context.key.sign(f"isrtwin PAK {_PAKS_FROM + sequence} {attempt}".encode())
        code = pak_code(int.from_bytes(sha256(signature).digest()))
        if transaction.records.orders.pak(code) is None:
            return code
    raise AssertionError("a thousand PAKs in a row were taken")
