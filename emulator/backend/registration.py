"""Turning a PAK into license files: one for each device, a debit each.

C (the FAQ): one PAK can be registered with many UDIs, each of which gets its own file; a spent PAK creates nothing
more. I: it may be registered for any device, and does not change whose that is; registering a UDI again gives the same
file at no debit; a device that has what the PAK gives is refused before the debit, to whoever may
look at it; a subscription runs from its
registration; a list of devices is done whole, or its good rows are, as the customer chooses. Whatever the number of
devices, the number of queries of a transaction is the same.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from emulator.backend.entities import Device, IssuedLicense, IssuedState, Origin, Pak, Role
from emulator.backend.letters import Draft, epoch_ms
from emulator.backend.purchase import pak_for
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.row_list import MOST_ROWS, RowList
from emulator.backend.skus import Sku
from emulator.backend.transaction import Transaction, new_line
from emulator.licensing.udi import Udi

SOURCE = "License portal, registration"


class NotDone(Exception):
    """Notice that part of a list was only looked through, or cannot be done whole: its transaction is rolled back."""


class _Survey(msgspec.Struct):
    """The facts about the devices that are to be registered."""

    problems: dict[Udi, PortalError]
    issued: dict[Udi, IssuedLicense]
    new: list[Udi]
    devices: dict[Udi, Device]


def register(transaction: Transaction, code: str, udis: Sequence[Udi], chosen: str | None) -> list[Draft]:
    """Write license files for devices, all or none; the first device that cannot have one is named in the error."""
    pak = _pak(transaction, code, chosen)
    devices = list(dict.fromkeys(udis))
    if not devices:
        raise PortalRefusal.NO_UDI.error(pak=code)
    if len(devices) > MOST_ROWS:
        raise PortalRefusal.TOO_MANY_ROWS.error(rows=len(devices), most=MOST_ROWS)
    sku = transaction.context.skus[pak.sku]
    for udi in devices:
        transaction.context.fits(sku, udi, transaction.family(udi))
    survey = _survey(transaction, pak, devices)
    for udi in devices:
        if udi in survey.problems:
            raise survey.problems[udi]
    if len(survey.new) > pak.left:
        raise _exhausted(pak, pak.left, len(survey.new))
    _claim(transaction, pak, survey)
    licenses = survey.issued | _issue(transaction, pak, survey, survey.new)
    reason = f"Your PAK {pak.code} was registered."
    return [transaction.license_mail(udi, [licenses[udi]], licenses[udi].created, reason) for udi in devices]


def register_part(transaction: Transaction, found: RowList, devices: Sequence[Udi]) -> list[Draft]:
    """Write license files for some devices of a list; the outcome for each is noted in the list.

    Raises:
        NotDone: the transaction is to be rolled back.
    """
    pak = _pak(transaction, found.pak, None)
    survey = _survey(transaction, pak, devices)
    found.problems |= survey.problems
    found.licenses |= survey.issued
    found.before |= survey.issued.keys()
    whole = not found.partial
    if not found.to_be_done or (whole and (survey.problems or len(survey.new) > pak.left)):
        found.unpaid += survey.new
        found.left, found.quantity = pak.left, pak.quantity
        raise NotDone
    for udi in survey.new[pak.left :]:
        found.problems[udi] = _exhausted(pak, 0, 1)
    _claim(transaction, pak, survey)
    found.licenses |= _issue(transaction, pak, survey, survey.new[: pak.left])
    reason = f"Your PAK {pak.code} was registered."
    licenses = [(udi, found.licenses[udi]) for udi in devices if udi in found.licenses]
    return [transaction.license_mail(udi, [license_], license_.created, reason) for udi, license_ in licenses]


def looked_up(transaction: Transaction, code: str) -> tuple[str, Sku]:
    """Return the code of a PAK as it is on file, and the product that it is for; neither ever changes."""
    pak = _pak(transaction, code, None, locked=False)
    return pak.code, transaction.context.skus[pak.sku]


def _pak(transaction: Transaction, code: str, chosen: str | None, *, locked: bool = True) -> Pak:
    pak = pak_for(transaction, code, locked=locked)
    if chosen not in {None, pak.sku}:
        raise PortalRefusal.OTHER_SKU.error(pak=code, sku=pak.sku, other=chosen)
    return pak


def _survey(transaction: Transaction, pak: Pak, udis: Sequence[Udi]) -> _Survey:
    """Find out which of the devices have a license out of this PAK, which can have one, and why the others cannot.

    The PAK's product is sold for them all.
    """
    records = transaction.records
    survey = _Survey({}, {}, [], records.devices.hear_of(udis))
    known = [udi for udi in udis if not survey.devices[udi].fresh]
    replaced = records.transfers.replacements(known)
    before = records.licenses.registered(pak.code, known)
    licenses = records.licenses.by_id(list(before.values()))
    new = [udi for udi in known if udi not in before]
    held = records.licenses.count_current(new, transaction.today) if new else {}
    sku = transaction.context.skus[pak.sku]
    told = pak.left > 0 and sku.adds_nothing_twice
    shown = [udi for udi in new if told and transaction.has(survey.devices[udi])]
    licensed = records.licenses.licensed(shown, sku.feature, transaction.today) if shown else set()
    for udi in udis:
        try:
            if udi in replaced:
                raise transaction.replaced(survey.devices[udi], replaced[udi])
            if udi in before:
                survey.issued[udi] = license_ = licenses[before[udi]]
                if license_.state is not IssuedState.CURRENT:
                    del survey.issued[udi]
                    raise PortalRefusal.TRANSFERRED.error(udi=udi)
            elif udi in licensed:
                raise PortalRefusal.NOTHING_NEW.error(udi=udi, feature=sku.feature, pak=pak.code)
            else:
                transaction.check_room(survey.devices[udi], held.get(udi, 0), 1)
                survey.new.append(udi)
        except PortalError as error:
            survey.problems[udi] = error
    return survey


def _claim(transaction: Transaction, pak: Pak, survey: _Survey) -> None:
    """Make a PAK without an owner the customer's, and the device that was proved; a PAK alone proves no device."""
    for udi in transaction.proofs:
        if udi in survey.devices:
            survey.devices[udi] = transaction.claimed(survey.devices[udi])
    if pak.owner is None and transaction.by.role is Role.CUSTOMER and (survey.issued or survey.new):
        transaction.records.orders.claim(pak, transaction.by.name)


def _issue(transaction: Transaction, pak: Pak, survey: _Survey, udis: Sequence[Udi]) -> dict[Udi, IssuedLicense]:
    """Debit the PAK and record a license for each of these devices."""
    if not udis:
        return {}
    records, sku = transaction.records, transaction.context.skus[pak.sku]
    records.orders.debit(pak.code, len(udis))
    ends = None if sku.years is None else epoch_ms(years_later(transaction.moment, sku.years))
    first, ids = transaction.license_ids(len(udis))
    dates = [transaction.next_date(survey.devices[udi]) for udi in udis]
    issued = [
        IssuedLicense(
            new_line(id_, sku.feature, sku.type, udi, count=sku.count, ends=ends),
            SOURCE, date, transaction.now, Origin.REGISTRATION, id_, pak.sku, pak.code,
        )
        for id_, udi, date in zip(ids, udis, dates, strict=True)
    ]  # fmt: skip
    records.devices.filed((udi, date, survey.devices[udi].owner) for udi, date in zip(udis, dates, strict=True))
    records.licenses.add(first, issued)
    for udi in udis:
        transaction.note("register", pak.code, str(udi), device=udi)
    return dict(zip(udis, issued, strict=True))


def _exhausted(pak: Pak, left: int, wanted: int) -> PortalError:
    return PortalRefusal.PAK_EXHAUSTED.error(pak=pak.code, left=left, quantity=pak.quantity, wanted=wanted)


def years_later(moment: datetime, years: int) -> datetime:
    """Date and time so many years later; 29 February becomes a date that exists."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
