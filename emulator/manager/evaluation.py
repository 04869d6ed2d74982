"""Evaluation: the license for a level that came with the image is begun on devices.

C: the level of the next boot is chosen by a line of the configuration, which has to be saved; a license whose agreement
was not accepted asks for it first. I: all that is not saved is saved with that line, so it is told before; who accepted
the agreement is in the audit trail.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from emulator.licensing.udi import Udi
from emulator.manager.at_device import act_at
from emulator.manager.context import ManagerContext
from emulator.manager.deployment import restarted
from emulator.manager.device_acts import check_feature, permanent_features, unsaved_lines
from emulator.manager.entities import DeviceFault, DeviceReading, InstalledLicense
from emulator.manager.errors import DeviceError
from emulator.manager.ports import DeviceSession
from emulator.manager.roles import ManagerAction

NOT_AGREED = "EULA not accepted"
"""Words in the state of a license whose agreement was not accepted (C)."""

EXPIRED = "Expired"
"""Beginning of the state of a license that has run out (C)."""


class EvaluationStep(StrEnum):
    """Plan for a device, or its outcome."""

    START = "start"
    STARTED = "started"
    RUNS = "runs it already"
    LICENSED = "licensed already"
    FAILED = "failed"


class EvaluationRow(msgspec.Struct, frozen=True):
    """Plan or outcome for one device.

    Attributes:
        left: use that is left of the evaluation, as the device tells it.
        agreement: whether the license agreement is accepted by it.
        reload: whether the device is reloaded.
        saved: lines of the configuration that were not saved, and are by it; None where they cannot be told.
    """

    udi: Udi
    step: EvaluationStep
    left: str = ""
    agreement: bool = False
    reload: bool = False
    saved: tuple[str, ...] | None = ()
    fault: DeviceFault | None = None
    detail: str = ""


class EvaluationWish(msgspec.Struct, frozen=True):
    """Level whose evaluation is begun, and whether the agreement is accepted and the devices are reloaded."""

    level: str
    accept: bool = False
    reload: bool = False


async def plan_evaluations(context: ManagerContext, udis: Iterable[Udi], wish: EvaluationWish) -> list[EvaluationRow]:
    """Read devices and tell what the begin of an evaluation would do to each; nothing is changed.

    Raises:
        NotAllowed: the user may not deploy licenses.
        Refused: the level is no name of one.
    """
    return await _each(context, udis, wish, plan_evaluation)


async def start_evaluations(context: ManagerContext, udis: Iterable[Udi], wish: EvaluationWish) -> list[EvaluationRow]:
    """Begin evaluations on devices; those that have the level already are left alone.

    Raises:
        NotAllowed: the user may not deploy licenses.
        Refused: the level is no name of one.
    """
    return await _each(context, udis, wish, start_evaluation)


async def _each(
    context: ManagerContext,
    udis: Iterable[Udi],
    wish: EvaluationWish,
    act: Callable[[ManagerContext, Udi, EvaluationWish], Awaitable[EvaluationRow]],
) -> list[EvaluationRow]:
    context.require(ManagerAction.DEPLOY)
    check_feature(wish.level)

    async def one(udi: Udi) -> EvaluationRow:
        return await act(context, udi, wish)

    return await context.fan_out(list(dict.fromkeys(udis)), one)


async def plan_evaluation(context: ManagerContext, udi: Udi, wish: EvaluationWish) -> EvaluationRow:
    """Tell what would be done to one device, on behalf of a use case that was allowed."""

    async def look(session: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, EvaluationRow]:
        return reading, await _planned(session, reading, wish)

    found = await act_at(context, udi, look)
    return _failed(udi, found) if isinstance(found, DeviceError) else found[1]


async def start_evaluation(context: ManagerContext, udi: Udi, wish: EvaluationWish) -> EvaluationRow:
    """Begin the evaluation on one device, on behalf of a use case that was allowed."""

    async def act(session: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, EvaluationRow]:
        row = await _planned(session, reading, wish)
        if row.step is not EvaluationStep.START:
            return reading, row
        if row.agreement:  # before it is sent, so that none is accepted without a record, whatever breaks off then
            with context.database.writing() as records:
                context.record(records, "evaluate", str(udi), f"license agreement for {wish.level} accepted")
        await session.choose_level(wish.level, accept=wish.accept)
        after = await session.read()
        if after.next_level != wish.level:
            told = f"it took the level, and its next reload brings {after.next_level or 'none'}"
            raise DeviceError(DeviceFault.REFUSED, told)
        return after, replace(row, step=EvaluationStep.STARTED)

    found = await act_at(context, udi, act)
    if isinstance(found, DeviceError):
        return _failed(udi, found)
    row = found[1]
    if row.step is not EvaluationStep.STARTED:
        return row
    with context.database.writing() as records:
        context.record(records, "evaluate", str(udi), f"{wish.level} from the next reload on")
    if wish.reload and (failure := await restarted(context, udi, save=False)):
        told = f"{row.step}, and not at its new level: {failure.detail}"
        return replace(row, fault=failure.fault, detail=told)
    return row


async def _planned(session: DeviceSession, reading: DeviceReading, wish: EvaluationWish) -> EvaluationRow:
    """Raises DeviceError where the device has no evaluation of the level, or asks for an agreement."""
    if wish.level in permanent_features(reading):
        return EvaluationRow(reading.udi, EvaluationStep.LICENSED)
    if wish.level == reading.level == reading.next_level:
        return EvaluationRow(reading.udi, EvaluationStep.RUNS)
    if session.level_refusal:
        raise DeviceError(DeviceFault.REFUSED, session.level_refusal)
    found = _evaluation(reading.licenses, wish.level)
    asks = NOT_AGREED in found.state
    if asks and not wish.accept:
        raise DeviceError(DeviceFault.REFUSED, "its evaluation needs the license agreement to be accepted")
    return EvaluationRow(
        reading.udi, EvaluationStep.START, found.left, asks, wish.reload, await _unsaved(session)
    )  # fmt: skip


def _evaluation(licenses: Sequence[InstalledLicense], level: str) -> InstalledLicense:
    found = [each for each in licenses if each.feature == level and each.left]
    usable = [each for each in found if not each.state.startswith(EXPIRED)]
    if not usable:
        told = "has run out" if found else "is not among its licenses"
        raise DeviceError(DeviceFault.REFUSED, f"an evaluation of {level} {told}")
    return usable[0]


async def _unsaved(session: DeviceSession) -> tuple[str, ...] | None:
    try:
        return await unsaved_lines(session)
    except DeviceError as error:
        if error.fault is DeviceFault.REFUSED:
            return None
        raise


def effects(row: EvaluationRow) -> list[str]:
    """Tell in words what a plan does to its device, or what was done; nothing where it is left alone."""
    if row.step not in {EvaluationStep.START, EvaluationStep.STARTED}:
        return []
    if row.saved is None:
        saved = "saves also what else is not saved, which this transport does not tell"
    else:
        saved = f"saves also {len(row.saved)} other line(s): {'; '.join(row.saved)}" if row.saved else ""
    told = (
        f"{row.left} left" if row.left else "",
        "accepts the license agreement" if row.agreement else "",
        saved,
        "reload" if row.reload else "runs it after its next reload",
    )
    return [each for each in told if each]


def _failed(udi: Udi, error: DeviceError) -> EvaluationRow:
    return EvaluationRow(udi, EvaluationStep.FAILED, fault=error.fault, detail=error.detail)
