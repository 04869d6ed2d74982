"""Registration of a PAK for one device or thousands, demo and extension licenses, and sending again."""

from typing import Annotated

import msgspec

from emulator.backend.mail import Mail
from emulator.backend.views import Registration, RegistrationRow
from emulator.kernel.time import DURATION_FORM, parse_duration
from emulator.licensing.udi import parse_udi
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.letters import LetterAnswer, letter_of
from emulator.transports.portal.operations.words import PakText, RowText, UdiText, Why, formed
from emulator.transports.portal.problems import RowsRefused
from emulator.transports.portal.registered_row import RegisteredRow
from emulator.transports.portal.spreadsheets import MOST_ROWS
from emulator.transports.web.problems import BadInput, sentence

Mailed = Annotated[bool, msgspec.Meta(description="Mail the license files as well")]


class Register(Input, frozen=True):
    """`partial`: the good rows are registered even if others are wrong; otherwise all or none."""

    pak: PakText
    udis: Annotated[list[RowText], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    partial: bool = False
    mailed: Mailed = True
    why: Why = ""


class Registered(msgspec.Struct, frozen=True):
    """Result of a list; a list that was refused as a whole is an error, which has the same rows."""

    pak: str
    issued: int
    again: int
    wrong: int
    rows: tuple[RegisteredRow, ...]


class AskDemo(Input, frozen=True):
    udi: UdiText
    feature: Annotated[str, msgspec.Meta(max_length=60, description="A feature, or the SKU that gives it")]
    mailed: Mailed = True
    why: Why = ""


class GrantExtension(Input, frozen=True):
    udi: UdiText
    feature: Annotated[str, msgspec.Meta(max_length=60, description="A feature, or the SKU that gives it")]
    period: Annotated[str, formed(DURATION_FORM, parse_duration, "Time of use", "30d", "12h")]
    why: Annotated[str, msgspec.Meta(max_length=500, description="Who granted it, and for what; for the audit log")]
    mailed: Mailed = True


class Resend(Input, frozen=True):
    udi: UdiText
    mailed: Mailed = True
    why: Why = ""


def _register(request: PortalRequest, wanted: Register) -> Registered:
    found = request.service.register_rows(
        wanted.pak.strip(),
        wanted.udis,
        request.now,
        by=request.by,
        partial=wanted.partial,
        mailed=wanted.mailed,
        why=wanted.why,
    )
    answer = _answered(found)
    if not found.done:
        raise RowsRefused(f"Nothing was registered: {answer.wrong} of {len(answer.rows)} rows cannot be.", answer.rows)
    return answer


def _answered(found: Registration) -> Registered:
    rows = tuple(map(_row, found.rows))
    good = [row for row in rows if not row.error]
    return Registered(
        pak=found.pak,
        issued=sum(1 for row in good if row.license and not row.again),
        again=sum(1 for row in good if row.again),
        wrong=len(rows) - len(good),
        rows=rows,
    )


def _row(each: RegistrationRow) -> RegisteredRow:
    return RegisteredRow(
        row=each.row,
        text=each.text if each.udi is None else str(each.udi),
        license=each.license_id,
        file=each.file,
        again=each.again,
        error=each.problem.refusal.name.lower() if each.problem else "",
        message=str(each.problem) if each.problem else "",
    )


def _demo(request: PortalRequest, wanted: AskDemo) -> LetterAnswer:
    udi = parse_udi(wanted.udi)
    feature = wanted.feature.strip()
    return _sent(
        request, request.service.demo(udi, feature, request.now, by=request.by, mailed=wanted.mailed, why=wanted.why)
    )


def _extension(request: PortalRequest, wanted: GrantExtension) -> LetterAnswer:
    udi = parse_udi(wanted.udi)
    try:
        period = parse_duration(wanted.period)
    except ValueError as error:
        raise BadInput(sentence(error), "period") from error
    feature = wanted.feature.strip()
    letter = request.service.extension(
        udi, feature, period, request.now, by=request.by, mailed=wanted.mailed, why=wanted.why
    )
    return _sent(request, letter)


def _resend(request: PortalRequest, wanted: Resend) -> LetterAnswer:
    udi = parse_udi(wanted.udi)
    return _sent(request, request.service.resend(udi, request.now, by=request.by, mailed=wanted.mailed, why=wanted.why))


def _sent(request: PortalRequest, letter: Mail) -> LetterAnswer:
    return letter_of(request, letter)


REGISTER = Operation(
    "registerPak",
    "POST",
    "/paks/{pak}/registrations",
    "Register a PAK for devices; the same device again costs nothing",
    Register,
    Registered,
    _register,
)
DEMO = Operation(
    "askForDemo", "POST", "/demos", "A demo license, once a device and feature", AskDemo, LetterAnswer, _demo
)
EXTENSION = Operation(
    "grantExtension",
    "POST",
    "/extensions",
    "An extension license, granted by the TAC",
    GrantExtension,
    LetterAnswer,
    _extension,
)
RESEND = Operation(
    "resendLicenses", "POST", "/resends", "All licenses of a device, in one file", Resend, LetterAnswer, _resend
)

OPERATIONS = (REGISTER, DEMO, EXTENSION, RESEND)
