"""Kinds of jobs: what each needs to know, what it does to one part of its devices, and who may ask for it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager import deployment, license_files, transfer
from emulator.manager.at_device import act_at
from emulator.manager.attempts import Ways
from emulator.manager.captured import captured_devices
from emulator.manager.clearing import clear_license
from emulator.manager.context import ManagerContext
from emulator.manager.deployment import DeploymentRow, DeploymentStep
from emulator.manager.discovery import Finding, look_at, transport_orders
from emulator.manager.drift import device_drift
from emulator.manager.entities import DeviceFault, DeviceReading, ManagedDevice
from emulator.manager.errors import DeviceError
from emulator.manager.evaluation import EvaluationWish, effects, plan_evaluation, start_evaluation
from emulator.manager.job_records import ItemState, JobItem
from emulator.manager.jobs.arguments import (
    AnnotateJob,
    ClearJob,
    DeployHeldJob,
    DeployJob,
    DiscoverJob,
    DriftJob,
    EvaluateJob,
    InstallJob,
    JobArguments,
    ObtainJob,
    PollJob,
    PreviewJob,
    RefreshPaksJob,
    RehostJob,
    ReplaceJob,
    ResendJob,
)
from emulator.manager.jobs.subjects import (
    addresses,
    chosen_devices,
    device_of_install,
    devices_to_annotate,
    devices_to_clear,
    devices_to_compare,
    devices_to_evaluate,
    devices_with_held_licenses,
    discovery_targets,
    pak_codes,
    rehost_target,
    replacement_device,
    unreached_devices,
)
from emulator.manager.license_files import InstalledFile
from emulator.manager.paks import ask_for_pak
from emulator.manager.polling import poll_device
from emulator.manager.ports import DeviceSession, LicenseBackEnd
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords

TO_INSTALL = "to install"
"""Outcome of a preview for a device that would get a license."""

PartAct = Callable[[Sequence[str]], Awaitable[list[JobItem]]]
"""Act of a job on a part of its subjects; the outcomes may come in any order."""


class JobKind(msgspec.Struct, frozen=True):
    """Kind of a job.

    Attributes:
        arguments: their type.
        action: what the user must be allowed to do.
        subjects: lists what the job has to do, when it begins; raises where the arguments name what is not there.
        begin: returns the act; asked for whenever a process takes the job up.
        part: subjects that are given to the act at one time.
        portal: whether the portal is needed.
    """

    name: str
    arguments: type[JobArguments]
    action: ManagerAction
    subjects: Callable[[ManagerRecords, Any], list[str]]
    begin: Callable[[ManagerContext, LicenseBackEnd | None, Any], Awaitable[PartAct]]
    part: int = 1
    portal: bool = False


async def _poll(context: ManagerContext, _: LicenseBackEnd | None, __: PollJob) -> PartAct:
    with context.database.reading() as records:
        ways = Ways(records)

    async def act(device: ManagedDevice) -> JobItem:
        if device.address is None:
            return _item(device.udi, DeviceFault.UNREACHABLE, "", "it is known by its UDI alone")
        found = await poll_device(context, device, ways)
        return _item(found.udi, found.fault, "read", "; ".join(found.changes) or found.detail)

    return partial(_each_device, context, act)


async def _discover(context: ManagerContext, _: LicenseBackEnd | None, wanted: DiscoverJob) -> PartAct:
    targets, sets, read = discovery_targets(wanted), tuple(context.credential_sets(wanted.credentials)), set[Udi]()
    with context.database.reading() as records:
        orders = transport_orders(records, wanted.transports)

    async def act(addresses: Sequence[str]) -> list[JobItem]:
        found = [
            await look_at(context, target, sets, read, orders(target.group))
            for target in (targets[address] for address in addresses)
        ]
        return [
            JobItem(
                str(each.address),
                ItemState.FAILED if each.finding is Finding.FAILED else ItemState.DONE,
                str(each.fault or each.finding),
                " ".join(filter(None, (str(each.udi or ""), each.detail))),
            )
            for each in found
        ]

    return act


async def _deploy(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: DeployJob) -> PartAct:
    assert back_end is not None
    pak = await ask_for_pak(context, back_end, wanted.pak)

    async def act(subjects: Sequence[str]) -> list[JobItem]:
        devices, items = _found(context, subjects)
        rows = await deployment.deploy_part(
            context, back_end, pak, devices, reloading=wanted.reload, save=wanted.save
        )  # fmt: skip
        return [*items, *map(_deployed, rows)]

    return act


async def _preview(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: PreviewJob) -> PartAct:
    assert back_end is not None
    pak = await ask_for_pak(context, back_end, wanted.pak)
    paid = await back_end.registered(pak.code)

    async def act(subjects: Sequence[str]) -> list[JobItem]:
        devices, items = _found(context, subjects)
        rows = await deployment.preview_part(context, pak, paid, devices, reloading=wanted.reload)
        return [*items, *map(_previewed, rows)]

    return act


async def _obtain(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: ObtainJob) -> PartAct:
    assert back_end is not None
    pak = await ask_for_pak(context, back_end, wanted.pak)

    async def act(subjects: Sequence[str]) -> list[JobItem]:
        devices, items = _found(context, subjects)
        return [*items, *map(_deployed, await deployment.obtain_part(context, back_end, pak, devices))]

    return act


async def _deploy_held(context: ManagerContext, _: LicenseBackEnd | None, wanted: DeployHeldJob) -> PartAct:
    async def act(device: ManagedDevice) -> JobItem:
        with context.database.reading() as records:
            held = [each for each in records.licenses.licenses_of([device.udi]) if each.deployed is None]
        if not held:
            return _item(device.udi, None, "licensed already", "")
        return _deployed(
            await deployment.deploy_held(context, held, reloading=wanted.reload, save=wanted.save)
        )  # fmt: skip

    return partial(_each_device, context, act)


async def _resend(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: ResendJob) -> PartAct:
    assert back_end is not None

    async def act(subjects: Sequence[str]) -> list[JobItem]:
        udis = [parse_udi(text) for text in subjects]
        return list(map(_installed, await license_files.resend(context, back_end, udis, accept=wanted.accept)))

    return act


async def _install(context: ManagerContext, _: LicenseBackEnd | None, wanted: InstallJob) -> PartAct:
    async def act(_: Sequence[str]) -> list[JobItem]:
        udi = parse_udi(wanted.udi)
        found = await license_files.install_file(context, udi, wanted.name, wanted.content, accept=wanted.accept)
        return [_installed(found)]

    return act


async def _rehost(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: RehostJob) -> PartAct:
    assert back_end is not None
    with context.database.reading() as records:  # the source as well as the target is to be there still
        rehost_target(records, wanted)

    async def act(_: Sequence[str]) -> list[JobItem]:
        source, target = parse_udi(wanted.source), parse_udi(wanted.target)
        return [_installed(await transfer.rehost(context, back_end, source, target, accept=wanted.accept))]

    return act


async def _replace(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: ReplaceJob) -> PartAct:
    assert back_end is not None
    with context.database.reading() as records:
        replacement_device(records, wanted)

    async def act(_: Sequence[str]) -> list[JobItem]:
        failed, replacement = parse_udi(wanted.failed), parse_udi(wanted.replacement)
        found = await transfer.replace_device(
            context, back_end, failed, replacement, wanted.contract, accept=wanted.accept
        )
        return [_installed(found)]

    return act


async def _annotate(context: ManagerContext, _: LicenseBackEnd | None, wanted: AnnotateJob) -> PartAct:
    async def act(device: ManagedDevice) -> JobItem:
        async def write(session: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, None]:
            await session.annotate(wanted.feature, wanted.comment)
            return reading, None

        found = await act_at(context, device.udi, write)
        if isinstance(found, DeviceError):
            return _item(device.udi, found.fault, "", found.detail)
        return _item(device.udi, None, "annotated", wanted.comment)

    return partial(_each_device, context, act)


async def _clear(context: ManagerContext, _: LicenseBackEnd | None, wanted: ClearJob) -> PartAct:
    async def act(device: ManagedDevice) -> JobItem:
        found = await clear_license(context, device.udi, wanted.feature)
        return _item(found.udi, found.fault, "cleared", "; ".join(found.changes) or found.detail)

    return partial(_each_device, context, act)


async def _evaluate(context: ManagerContext, _: LicenseBackEnd | None, wanted: EvaluateJob) -> PartAct:
    wish = EvaluationWish(wanted.level, wanted.accept, wanted.reload)

    async def act(device: ManagedDevice) -> JobItem:
        row = await (plan_evaluation if wanted.dry_run else start_evaluation)(context, device.udi, wish)
        return _item(row.udi, row.fault, str(row.step), row.detail or "; ".join(effects(row)))

    return partial(_each_device, context, act)


async def _drift(context: ManagerContext, back_end: LicenseBackEnd | None, wanted: DriftJob) -> PartAct:
    assert back_end is not None
    captures = captured_devices(wanted.captures)
    with context.database.reading() as records:
        ways = Ways(records)

    async def act(device: ManagedDevice) -> JobItem:
        found = await device_drift(context, back_end, device, ways, captures.get(device.udi))
        told = filter(None, (*map(str, found.rows), found.detail))
        return _item(found.udi, found.fault, "differs" if found.rows else "agrees", "; ".join(told))

    return partial(_each_device, context, act)


async def _refresh(context: ManagerContext, back_end: LicenseBackEnd | None, _: RefreshPaksJob) -> PartAct:
    assert back_end is not None

    async def act(codes: Sequence[str]) -> list[JobItem]:
        found = []
        for code in codes:
            try:
                pak = await ask_for_pak(context, back_end, code)
            except Refused as error:
                found.append(JobItem(code, ItemState.FAILED, "refused", str(error)))
            else:
                found.append(JobItem(code, ItemState.DONE, "known", f"{pak.sku}, {pak.left} of {pak.quantity} left"))
        return found

    return act


async def _each_device(
    context: ManagerContext, act: Callable[[ManagedDevice], Awaitable[JobItem]], subjects: Sequence[str]
) -> list[JobItem]:
    devices, items = _found(context, subjects)
    return [*items, *[await act(device) for device in devices]]


def _found(context: ManagerContext, subjects: Sequence[str]) -> tuple[list[ManagedDevice], list[JobItem]]:
    """The devices that are there still, and the outcomes of those that were deleted meanwhile."""
    with context.database.reading() as records:
        found = [(text, records.devices.find(parse_udi(text))) for text in subjects]
    gone = [JobItem(text, ItemState.FAILED, "refused", "it was deleted meanwhile") for text, each in found if not each]
    return [each for _, each in found if each is not None], gone


def _item(udi: Udi, fault: DeviceFault | None, outcome: str, detail: str) -> JobItem:
    if fault is not None:
        return JobItem(str(udi), ItemState.FAILED, str(fault), detail)
    return JobItem(str(udi), ItemState.DONE, outcome, detail)


def _deployed(row: DeploymentRow) -> JobItem:
    return _item(row.udi, row.fault, str(row.step), row.detail)


def _previewed(row: DeploymentRow) -> JobItem:
    lost = f"loses unsaved lines: {'; '.join(row.vanishing)}" if row.vanishing else ""
    if row.step is not DeploymentStep.INSTALL:
        return _deployed(replace(row, detail=f"reload, {lost}".rstrip(", ")) if row.reload else row)
    told = ("1 debit" if row.debit else "paid for already", "reload" if row.reload else "", lost)
    return _item(row.udi, None, TO_INSTALL, ", ".join(filter(None, told)))


def _installed(found: InstalledFile) -> JobItem:
    told = f"{found.installed} installed, {found.existing} there before"
    return _item(found.udi, found.fault, "installed" if found.installed else "licensed already", found.detail or told)


_ROWS = (
    JobKind("poll", PollJob, ManagerAction.POLL, chosen_devices, _poll),
    JobKind("discover", DiscoverJob, ManagerAction.DISCOVER, addresses, _discover),
    JobKind("deploy", DeployJob, ManagerAction.DEPLOY, chosen_devices, _deploy, part=16, portal=True),
    JobKind("preview", PreviewJob, ManagerAction.DEPLOY, chosen_devices, _preview, part=16, portal=True),
    JobKind("obtain", ObtainJob, ManagerAction.DEPLOY, unreached_devices, _obtain, part=250, portal=True),
    JobKind("deploy-held", DeployHeldJob, ManagerAction.DEPLOY, devices_with_held_licenses, _deploy_held),
    JobKind("resend", ResendJob, ManagerAction.DEPLOY, chosen_devices, _resend, portal=True),
    JobKind("install", InstallJob, ManagerAction.DEPLOY, device_of_install, _install),
    JobKind("rehost", RehostJob, ManagerAction.DEPLOY, rehost_target, _rehost, portal=True),
    JobKind("rma", ReplaceJob, ManagerAction.DEPLOY, replacement_device, _replace, portal=True),
    JobKind("annotate", AnnotateJob, ManagerAction.DEPLOY, devices_to_annotate, _annotate),
    JobKind("clear", ClearJob, ManagerAction.DEPLOY, devices_to_clear, _clear),
    JobKind("evaluate", EvaluateJob, ManagerAction.DEPLOY, devices_to_evaluate, _evaluate),
    JobKind("drift", DriftJob, ManagerAction.POLL, devices_to_compare, _drift, portal=True),
    JobKind("refresh-paks", RefreshPaksJob, ManagerAction.MANAGE_PAKS, pak_codes, _refresh, portal=True),
)

KINDS: Mapping[str, JobKind] = {row.name: row for row in _ROWS}
