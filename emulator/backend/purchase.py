"""From the factory and the order to the license file: manufacture, order, PAKs, registration, resend.

C (the FAQ): a PAK is a debit for 1 to 5000 licenses; each UDI is registered with the same PAK and gets its own
license file; a lost PAK is found by its sales order; what was issued to a UDI can be sent again. I: a PAK on paper is
valid at once, its owner merely does not know it yet; registering a UDI again costs nothing; a subscription runs from
its registration.
"""

from collections.abc import Sequence
from hashlib import sha256
from string import ascii_uppercase, digits

from emulator.backend.answers import Entitlement, PakContent
from emulator.backend.mail import ORDERING, POST, Mail
from emulator.backend.office import Office, epoch_ms, iso, years_later
from emulator.backend.refusals import Refusal
from emulator.backend.skus import Delivery
from emulator.backend.state import Device, IssuedLicense, Pak, SalesOrder
from emulator.kernel.errors import nearest
from emulator.kernel.time import DAY, Instant
from emulator.keys.paper import token
from emulator.licensing.lines import LicenseLine, LicenseType
from emulator.licensing.udi import Udi

MOST_LICENSES = 5000
PAK_LENGTH = 11

_ALPHABET = digits + ascii_uppercase
_FIRST_ORDER = 90_000_001


def manufacture(office: Office, udi: Udi, features: Sequence[str], now: Instant) -> tuple[LicenseLine, ...]:
    """Make a device with permanent licenses for the features it was ordered with."""
    state = office.state
    office.family(udi)
    wanted = tuple(dict.fromkeys(features))
    for feature in wanted:
        try:
            token(feature)
        except ValueError as error:
            raise Refusal.BAD_FEATURE.error(feature=feature) from error
    if device := state.devices.get(str(udi)):
        if device.features != wanted:
            made_with = ", ".join(device.features) or "no feature"
            raise Refusal.OTHERWISE_MADE.error(udi=udi, features=made_with)
        return tuple(state.licenses[id_].line for id_ in device.licenses)
    office.room_for(udi, len(wanted), now)
    created = iso(office.calendar(now))
    lines = tuple(
        office.issue(IssuedLicense(office.new_line(feature, LicenseType.PERMANENT, udi, now), "Factory", created)).line
        for feature in wanted
    )
    state.devices[str(udi)] = Device(udi, now, wanted, tuple(line.id for line in lines))
    office.note(now, "manufacture", udi, ", ".join(wanted))
    return lines


def factory_file(office: Office, udi: Udi) -> bytes:
    """The file with the licenses that a device left the factory with, which it always keeps."""
    office.family(udi)
    office.made(udi)
    if not (ids := office.state.devices[str(udi)].licenses):
        raise Refusal.NOTHING_ISSUED.error(udi=udi)
    return office.license_file([office.state.licenses[id_] for id_ in ids])


def order(office: Office, sku: str, quantity: int, now: Instant) -> tuple[SalesOrder, Mail]:
    """Sell one PAK; the mail brings it."""
    if (row := office.skus.get(sku)) is None:
        raise Refusal.UNKNOWN_SKU.error(sku=sku, nearest=nearest(sku, office.skus))
    if not 1 <= quantity <= MOST_LICENSES:
        raise Refusal.QUANTITY.error(quantity=quantity)
    number = str(_FIRST_ORDER + len(office.state.orders))
    code = _pak_code(office, number)
    placed = SalesOrder(number, sku, quantity, code, now)
    office.state.orders[number] = placed
    office.state.paks[code] = Pak(code, number, sku, quantity)
    office.note(now, "order", number, f"{quantity} x {sku}")
    body = (
        f"Thank you for your order.\n\nSales order: {number}\nProduct: {sku}\n  {row.description}\n"
        f"Licenses: {quantity}\nProduct authorization key (PAK): {code}\n\n"
        "Register the PAK at the license portal with the PID and serial number of each device.\n"
    )
    sender = POST if row.delivery is Delivery.PAPER else ORDERING
    return placed, Mail(now + row.mail_days * DAY, sender, f"Product authorization key, sales order {number}", body)


def lost_pak(office: Office, number: str) -> str:
    """The PAK of a sales order."""
    if (placed := office.state.orders.get(number)) is None:
        raise Refusal.UNKNOWN_ORDER.error(order=number)
    return placed.pak


def look_up(office: Office, code: str, udi: Udi) -> tuple[PakContent, ...]:
    """What a PAK is worth for a device."""
    pak = _pak(office, code)
    office.serve_for(udi, (pak.sku,))
    sku = office.skus[pak.sku]
    content = PakContent(
        sku=sku.name,
        description=sku.description,
        feature=sku.feature,
        type=sku.license_type,
        count=sku.count,
        ordered=pak.quantity,
        available=pak.left,
        families=sku.families,
        registered=str(udi) in pak.issued,
    )
    return (content,)


def register(office: Office, code: str, udis: Sequence[Udi], now: Instant, chosen: str | None) -> list[Mail]:
    """Turn a PAK into one license file for each device, all or none; a device named before costs nothing."""
    pak = _pak(office, code)
    if chosen not in {None, pak.sku}:
        raise Refusal.OTHER_SKU.error(pak=code, sku=pak.sku, other=chosen)
    devices = tuple(dict.fromkeys(udis))
    if not devices:
        raise Refusal.NO_UDI.error(pak=code)
    for udi in devices:
        office.serve_for(udi, (pak.sku,))
        office.issued_before(udi, pak.issued.get(str(udi), ()))
    new = [udi for udi in devices if str(udi) not in pak.issued]
    if len(new) > pak.left:
        raise Refusal.PAK_EXHAUSTED.error(pak=code, left=pak.left, quantity=pak.quantity, wanted=len(new))
    for udi in new:
        office.room_for(udi, 1, now)
    sku = office.skus[pak.sku]
    ends = None if sku.years is None else epoch_ms(years_later(office.calendar(now), sku.years))
    for udi in new:
        line = office.new_line(sku.feature, sku.license_type, udi, now, count=sku.count, ends=ends)
        created = office.stamp(udi, now)
        office.issue(IssuedLicense(line, "License portal, registration", created, pak.sku, code))
        pak.issued[str(udi)] = (line.id,)
        office.note(now, "register", code, str(udi))
    mails = []
    for udi in devices:
        licenses = office.issued_before(udi, pak.issued[str(udi)])
        reason = f"Your PAK {code} was registered."
        mails.append(office.license_mail(udi, licenses, licenses[0].created, reason, now))
    return mails


def resend(office: Office, udi: Udi, now: Instant) -> Mail:
    """Every license that the device is entitled to, in one file."""
    office.serve(udi)
    if not (licenses := office.current(udi, now)):
        raise Refusal.NOTHING_ISSUED.error(udi=udi)
    dated = office.stamp(udi, now)
    office.note(now, "resend", udi)
    return office.license_mail(udi, licenses, dated, "These are all licenses of your device, as you asked.", now)


def entitlements(office: Office, udi: Udi) -> tuple[Entitlement, ...]:
    """Every license that was ever issued to a device, in the order of issue."""
    office.family(udi)
    held = [office.state.licenses[id_] for id_ in office.state.held.get(str(udi), ())]
    return tuple(Entitlement(each.line, each.source, each.created, each.sku, each.state) for each in held)


def _pak(office: Office, code: str) -> Pak:
    if (pak := office.state.paks.get(code)) is None:
        raise Refusal.UNKNOWN_PAK.error(pak=code)
    return pak


def _pak_code(office: Office, number: str) -> str:
    """A code that nobody guesses without the key, and that the same world always gives to the same order."""
    for attempt in range(1000):
        signature = office.key.sign(f"isrtwin PAK {number} {attempt}".encode())
        value = int.from_bytes(sha256(signature).digest())
        code = ""
        for _ in range(PAK_LENGTH):
            value, digit = divmod(value, len(_ALPHABET))
            code += _ALPHABET[digit]
        if code not in office.state.paks:
            return code
    raise AssertionError("a thousand PAKs in a row were taken")
