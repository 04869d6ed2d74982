"""Turning a PAK into license files: one for each device, a debit each.

C (the FAQ): one PAK can be registered with many UDIs, each of which gets its own file; a spent PAK creates nothing
more. I: it may be registered for any device, and does not change whose that is; registering a UDI again gives the same
file at no debit; a subscription runs from its registration; a list of devices is done whole, or its good rows are, as
the customer chooses. Whatever the number of devices, the number of queries is the same.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from emulator.backend.entities import Device, IssuedLicense, IssuedState, Origin, Pak, Role
from emulator.backend.letters import Draft, epoch_ms, file_name
from emulator.backend.purchase import MOST_LICENSES, pak_for
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.transaction import Transaction, new_line
from emulator.backend.views import Registration, RegistrationRow
from emulator.kernel.errors import printable
from emulator.licensing.udi import Udi, parse_udi

MOST_ROWS = 2 * MOST_LICENSES
"""Rows of one list (I): all that a PAK can pay for, and as many mistakes."""

SOURCE = "License portal, registration"


class NotDone(Exception):
    """A list with bad rows was to be done whole or not at all; carries the outcome out of its transaction."""

    def __init__(self, outcome: Registration) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class _Survey(msgspec.Struct):
    """What is known of the devices that are to be registered."""

    problems: dict[Udi, PortalError]
    issued: dict[Udi, IssuedLicense]
    new: list[Udi]
    devices: dict[Udi, Device]


def register(transaction: Transaction, code: str, udis: Sequence[Udi], chosen: str | None) -> list[Draft]:
    """License files for devices, all or none; the first that cannot have one is told of."""
    pak = _pak(transaction, code, chosen)
    devices = list(dict.fromkeys(udis))
    if not devices:
        raise PortalRefusal.NO_UDI.error(pak=code)
    if len(devices) > MOST_ROWS:
        raise PortalRefusal.TOO_MANY_ROWS.error(rows=len(devices), most=MOST_ROWS)
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


def register_rows(
    transaction: Transaction, code: str, rows: Sequence[str], *, partial: bool
) -> tuple[Registration, list[Draft]]:
    """The same for a list as somebody wrote it, with an answer for each row.

    Raises:
        NotDone: rows are bad and the good ones were not to be done alone.
    """
    pak = _pak(transaction, code, None)
    if not any(row.strip() for row in rows):
        raise PortalRefusal.NO_UDI.error(pak=code)
    if len(rows) > MOST_ROWS:
        raise PortalRefusal.TOO_MANY_ROWS.error(rows=len(rows), most=MOST_ROWS)
    read = [_read(text) for text in rows]
    survey = _survey(transaction, pak, list(dict.fromkeys(each for each in read if isinstance(each, Udi))))
    paid = survey.new[: pak.left]
    for udi in survey.new[pak.left :]:
        survey.problems[udi] = _exhausted(pak, 0 if partial else pak.left, 1 if partial else len(survey.new))
    done = partial or not (survey.problems or any(isinstance(each, PortalError) for each in read))
    if done:
        _claim(transaction, pak, survey)
    licenses = survey.issued | (_issue(transaction, pak, survey, paid) if done else {})
    reason = f"Your PAK {pak.code} was registered."
    drafts: dict[Udi, Draft] = {}
    outcome, seen = [], set(survey.issued)
    for number, (text, found) in enumerate(zip(rows, read, strict=True), 1):
        row = RegistrationRow(number, printable(text))
        if isinstance(found, PortalError):
            outcome.append(msgspec.structs.replace(row, problem=found))
            continue
        udi = found
        license_ = licenses.get(udi)
        outcome.append(
            msgspec.structs.replace(
                row,
                udi=udi,
                problem=survey.problems.get(udi),
                license_id=license_.line.id if license_ else "",
                file=file_name(license_) if license_ else "",
                again=udi in seen,
            )
        )
        seen.add(udi)
        if license_ and done and udi not in drafts:
            drafts[udi] = transaction.license_mail(udi, [license_], license_.created, reason)
    result = Registration(pak.code, tuple(outcome), done)
    if not done:
        raise NotDone(result)
    return result, list(drafts.values())


def _pak(transaction: Transaction, code: str, chosen: str | None) -> Pak:
    pak = pak_for(transaction, code, locked=True)
    if chosen not in {None, pak.sku}:
        raise PortalRefusal.OTHER_SKU.error(pak=code, sku=pak.sku, other=chosen)
    return pak


def _read(text: str) -> Udi | PortalError:
    """The device in a row: `PID:SN`, or the two in columns."""
    pid, _, serial = text.strip().strip('"').replace('","', ":").replace(",", ":").replace(";", ":").partition(":")
    try:
        return parse_udi(f"{pid.strip()}:{serial.strip()}")
    except ValueError:
        return PortalRefusal.BAD_UDI.error(udi=printable(text))


def _survey(transaction: Transaction, pak: Pak, udis: Sequence[Udi]) -> _Survey:
    """Which of the devices have a license out of this PAK, which can have one, and why the others cannot."""
    records, sku = transaction.records, transaction.context.skus[pak.sku]
    survey = _Survey({}, {}, [], {})
    fitting = []
    for udi in udis:
        try:
            transaction.fits(sku, udi, transaction.family(udi))
            fitting.append(udi)
        except PortalError as error:
            survey.problems[udi] = error
    survey.devices = records.devices.hear_of(fitting)
    known = [udi for udi in fitting if not survey.devices[udi].fresh]
    replaced = records.transfers.replacements(known)
    before = records.licenses.registered(pak.code, known)
    licenses = records.licenses.by_id(list(before.values()))
    new = [udi for udi in known if udi not in before]
    held = records.licenses.count_current(new, transaction.today) if new else {}
    for udi in fitting:
        try:
            if udi in replaced:
                raise transaction.replaced(survey.devices[udi], replaced[udi])
            if udi in before:
                survey.issued[udi] = license_ = licenses[before[udi]]
                if license_.state is not IssuedState.CURRENT:
                    del survey.issued[udi]
                    raise PortalRefusal.TRANSFERRED.error(udi=udi)
            else:
                transaction.check_room(survey.devices[udi], held.get(udi, 0), 1)
                survey.new.append(udi)
        except PortalError as error:
            survey.problems[udi] = error
    return survey


def _claim(transaction: Transaction, pak: Pak, survey: _Survey) -> None:
    """A customer takes the PAK that nobody owns, and the device that was proved; a PAK alone proves no device."""
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
            new_line(id_, sku.feature, sku.license_type, udi, count=sku.count, ends=ends),
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
    """The same date and time so many years on; the day after February has run out of days."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
