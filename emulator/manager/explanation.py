"""Explanation of a device: the chain of facts by which it runs its level, each with who told it, and what to do next.

I: facts of the device are those of its last reading, which may be old; where its licenses come from the records tell,
as far as this manager obtained them.
"""

from collections.abc import Iterator

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import PERMANENT, permanent_features
from emulator.manager.entities import (
    DeviceReading,
    InstalledLicense,
    ManagedDevice,
    ObtainedLicense,
    Rehost,
    RehostStep,
)
from emulator.manager.expiry import is_in_use
from emulator.manager.inventory import show_device
from emulator.manager.moments import moment


class ExplainedFact(msgspec.Struct, frozen=True):
    """Fact, in a sentence, and who told it."""

    fact: str
    told_by: str


class DeviceExplanation(msgspec.Struct, frozen=True):
    """Explanation of the level that a device runs.

    Attributes:
        chain: facts, each of which rests on those that follow.
        next_steps: what a person could do now; empty where nothing is left to do.
    """

    udi: Udi
    level: str
    next_level: str
    chain: tuple[ExplainedFact, ...]
    next_steps: tuple[str, ...]


def explain_device(context: ManagerContext, udi: Udi) -> DeviceExplanation:
    """Explain why a device runs its level, by what is known of it.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: there is no such device.
    """
    device, _ = show_device(context, udi)
    with context.database.reading() as records:
        held = records.licenses.licenses_of([udi])
        moved = [each for each in records.rehosts.choose() if (each.target, each.step) == (udi, RehostStep.INSTALLED)]
    reading = device.reading
    if device.replaced_by is not None:
        replaced = ExplainedFact(f"It failed, and {device.replaced_by} has its licenses since (RMA).", "the records")
        return DeviceExplanation(udi, "", "", (replaced,), ())
    if reading is None:
        fact = ExplainedFact("Nothing is known of its level: it was never read.", "the records")
        step = "discover its address" if device.address is None else "poll it"
        return DeviceExplanation(udi, "", "", (fact, *_failure(device)), (step,))
    chain = [
        *_level(reading, f"the device, {moment(device.seen)}"),
        *_origins(reading, held, moved),
        *_after_reload(reading, f"the device, {moment(device.seen)}"),
        *_failure(device),
    ]
    return DeviceExplanation(udi, reading.level, reading.next_level, tuple(chain), tuple(_steps(device, reading, held)))


def _level(reading: DeviceReading, device: str) -> Iterator[ExplainedFact]:
    if not reading.level:
        yield ExplainedFact("Its image has no levels.", device)
        return
    told = f" by a license of the type {reading.level_type}" if reading.level_type else ""
    yield ExplainedFact(f"It runs {reading.level}{told}.", device)
    found = [each for each in reading.licenses if each.feature == reading.level]
    used = next((each for each in found if is_in_use(each)), None)
    if used is not None:
        left = f", {used.left} left" if used.left else ""
        yield ExplainedFact(f"The license for {used.feature} in use is {used.type}, in {used.store}{left}.", device)
    elif found:
        states = ", ".join(sorted({each.state for each in found}))
        yield ExplainedFact(f"No license for {reading.level} is in use: {states}.", device)
    else:
        yield ExplainedFact(f"It shows no license for {reading.level}.", device)


def _origins(reading: DeviceReading, held: list[ObtainedLicense], moved: list[Rehost]) -> Iterator[ExplainedFact]:
    """The PAKs of permanent licenses; those that this manager obtained for a level that the device does not show."""
    features = permanent_features(reading)
    for each in held:
        when = moment(each.obtained)
        paid = f"License {each.id} for {each.feature} was obtained by {f'PAK {each.pak}' if each.pak else 'a PAK'}"
        if each.feature in features:
            yield ExplainedFact(f"{paid}, and is there.", f"the records, {when}")
        elif each.deployed is None:
            yield ExplainedFact(f"{paid}, and was not installed yet.", f"the records, {when}")
        else:
            yield ExplainedFact(f"{paid}, was there, and is there no more.", f"the records, {moment(each.deployed)}")
    for rehost in moved:
        yield ExplainedFact(
            f"Licenses were moved to it from {rehost.source}.", f"the records, {moment(rehost.changed)}"
        )
    for feature in sorted(features - {each.feature for each in held}):
        yield ExplainedFact(
            f"The permanent license for {feature} was not obtained for it here: it came with the device"
            f"{', by a transfer' if moved else ''} or by other hands.",
            "the records",
        )


def _after_reload(reading: DeviceReading, device: str) -> Iterator[ExplainedFact]:
    if reading.next_level and reading.next_level != reading.level:
        yield ExplainedFact(f"A reload brings it to {reading.next_level}.", device)


def _failure(device: ManagedDevice) -> Iterator[ExplainedFact]:
    if device.successor is not None:
        yield ExplainedFact(f"{device.successor} answers at its address.", f"the last look, {moment(device.tried)}")
    elif device.fault is not None:
        yield ExplainedFact(
            f"It could not be read since: {device.fault}, {device.detail}.", f"the last look, {moment(device.tried)}"
        )


def _steps(device: ManagedDevice, reading: DeviceReading, held: list[ObtainedLicense]) -> Iterator[str]:
    features = permanent_features(reading)
    if device.successor is not None:
        yield f"replace it by {device.successor} (RMA), or find it at another address"
    elif device.fault is not None:
        yield "see that it can be reached, and poll it"
    if any(each.deployed is None and each.feature not in features for each in held):
        yield "install the license that waits (deploy-held)"
    if any(each.deployed is not None and each.feature not in features for each in held):
        yield "have its licenses sent again (resend), at no debit"
    if reading.next_level and reading.next_level != reading.level:
        yield f"reload it, so that it runs {reading.next_level}"
    if _runs_out(reading) is not None:
        yield f"deploy a permanent license for {reading.level} before the time is up"


def _runs_out(reading: DeviceReading) -> InstalledLicense | None:
    """The license in use for the level that runs, where it does not last."""
    if reading.level in permanent_features(reading):
        return None
    wanted = (each for each in reading.licenses if each.feature == reading.level and each.type != PERMANENT)
    return next((each for each in wanted if is_in_use(each)), None)
