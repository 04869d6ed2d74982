"""From the order to the PAK, and what was once issued.

C (the FAQ): a PAK is a debit for 1 to 5000 licenses; a lost PAK is found by its sales order; what was issued to a UDI
can be sent again. I: a PAK on paper is valid at once, but no customer is shown it, or can use it, before the letter
has arrived; what an operator orders for nobody belongs to whoever holds the PAK.
"""

from hashlib import sha256

from emulator.backend.account_names import account_of
from emulator.backend.entities import Pak, Role, SalesOrder
from emulator.backend.letters import Draft
from emulator.backend.mail import ORDERING, POST
from emulator.backend.pakcode import LENGTH, normal, pak_code, spelled, well_formed
from emulator.backend.refusals import Refusal
from emulator.backend.skus import Delivery
from emulator.backend.transaction import Office
from emulator.backend.views import PakContent
from emulator.kernel.errors import nearest
from emulator.licensing.udi import Udi

MOST_LICENSES = 5000

_FIRST_ORDER = 90_000_001
_LONGEST_CODE = 32
_MISSPELT = f"a PAK has {LENGTH} letters and digits, and never 0, 1, I or O"
_MISFIT = "its last character does not fit, so one of them is wrong"


def order(office: Office, sku: str, quantity: int, owner: str | None) -> tuple[SalesOrder, Draft]:
    """Sell one PAK; the mail brings it."""
    if (row := office.house.skus.get(sku)) is None:
        raise Refusal.UNKNOWN_SKU.error(sku=sku, nearest=nearest(sku, office.house.skus))
    if not 1 <= quantity <= MOST_LICENSES:
        raise Refusal.QUANTITY.error(quantity=quantity)
    to = office.by
    if owner not in {None, office.by.name}:
        assert owner is not None
        office.operators_only()
        to = account_of(office.records, owner)
    if owner is None and office.by.role is Role.CUSTOMER:
        owner = office.by.name
    number = str(_FIRST_ORDER - 1 + office.records.counters.take("order"))
    placed = SalesOrder(number, sku, quantity, _new_code(office, number), office.now, owner)
    office.records.orders.add(placed)
    office.note("order", number, f"{quantity} x {sku}")
    body = (
        f"Thank you for your order.\n\nSales order: {number}\nProduct: {sku}\n  {row.description}\n"
        f"Licenses: {quantity}\nProduct authorization key (PAK): {placed.pak}\n\n"
        "Register the PAK at the license portal with the PID and serial number of each device.\n"
    )
    sender = POST if row.delivery is Delivery.PAPER else ORDERING
    subject = f"Product authorization key, sales order {number}"
    under_way = office.house.arrival(sku, office.now) - office.now
    return placed, office.send(Draft(office.letter(sender, subject, body, after=under_way, to=to)))


def lost_pak(office: Office, number: str) -> str:
    """The PAK of a sales order."""
    plain = number.isascii() and number.isdigit()
    if not plain or (placed := office.records.orders.find(number)) is None:
        raise Refusal.UNKNOWN_ORDER.error(order=number)
    office.may_use(f"Sales order {number}", placed.owner)
    if office.in_the_post(placed.sku, placed.at):
        date = office.house.calendar(office.house.arrival(placed.sku, placed.at))
        raise Refusal.IN_THE_POST.error(order=number, date=f"{date:%Y-%m-%d}")
    return placed.pak


def pak_for(office: Office, text: str, *, locked: bool = False) -> Pak:
    """The PAK that somebody typed; told apart are one that is mistyped, one that there is not, and one of others.

    What is on file counts, whatever its form: PAKs of older worlds have no check character. One whose letter is still
    under way does not exist for a customer, its owner included.
    """
    code = normal(text)
    plain = code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE
    pak = office.records.orders.pak(code, locked=locked) if plain else None
    if pak is None or office.in_the_post(pak.sku, pak.at):
        if pak is None and not well_formed(code):
            raise Refusal.MISTYPED_PAK.error(pak=text, problem=_MISFIT if spelled(code) else _MISSPELT)
        raise Refusal.UNKNOWN_PAK.error(pak=text)
    office.may_use(f"PAK {code}", pak.owner)
    return pak


def look_up(office: Office, code: str, udi: Udi) -> tuple[PakContent, ...]:
    """What a PAK is worth for a device."""
    pak = pak_for(office, code)
    office.serve_for(udi, (pak.sku,))
    sku = office.house.skus[pak.sku]
    content = PakContent(
        sku=sku.name,
        description=sku.description,
        feature=sku.feature,
        type=sku.license_type,
        count=sku.count,
        ordered=pak.quantity,
        available=pak.left,
        families=sku.families,
        registered=bool(office.records.licenses.registered(pak.code, [udi])),
    )
    return (content,)


def resend(office: Office, udi: Udi) -> Draft:
    """Every license that the device is entitled to, in one file."""
    office.serve(udi)
    device = office.device(udi)
    if not (licenses := office.current(udi)):
        raise Refusal.NOTHING_ISSUED.error(udi=udi)
    dated = office.next_date(device)
    office.records.devices.filed([(udi, dated, device.owner)])
    office.note("resend", udi, device=udi)
    return office.license_mail(udi, licenses, dated, "These are all licenses of your device, as you asked.")


def _new_code(office: Office, number: str) -> str:
    """A code that nobody guesses without the key, and that the same world always gives to the same order."""
    for attempt in range(1000):
        signature = office.house.key.sign(f"isrtwin PAK {number} {attempt}".encode())
        code = pak_code(int.from_bytes(sha256(signature).digest()))
        if office.records.orders.pak(code) is None:
            return code
    raise AssertionError("a thousand PAKs in a row were taken")
