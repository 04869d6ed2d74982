"""Policies: a filter of SKUs and a filter of devices, by which licenses are obtained and installed.

C: a policy has a name, a SKU filter and a device filter; its filters can be tried, and when it is executed each item is
told as `PAK-::-SKU-::-UDI`. I: SKUs are filtered by a pattern with `*` and `?`; PAKs are used up in the order of their
codes, each for devices that its SKU fits; a device that was replaced, that has the feature, or for which a license
of it was obtained or is being obtained by any job, is left out, so that no device is given to two PAKs. A policy is not
executed while a job of it is open, and executions come one after the other.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec

from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import permanent_features
from emulator.manager.discovery import check_groups
from emulator.manager.entities import KnownPak, ManagedDevice
from emulator.manager.job_records import ManagerJob
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import DeployJob, ObtainJob
from emulator.manager.names import check_free, check_name
from emulator.manager.products import families_of, family_of
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter, LicensePolicy
from emulator.manager.store.records import ManagerRecords

OBTAINING: Mapping[str, type[DeployJob | ObtainJob]] = {"deploy": DeployJob, "obtain": ObtainJob}
"""Kinds of jobs that have a PAK debited, with their arguments."""

LONGEST_PATTERN = 64
"""Longest pattern of SKUs, in characters."""


class PolicyItem(msgspec.Struct, frozen=True):
    """License that a policy gives to a device, and the PAK that pays for it."""

    pak: KnownPak
    udi: Udi

    def __str__(self) -> str:
        return f"{self.pak.code}-::-{self.pak.sku}-::-{self.udi}"


class PolicyTrial(msgspec.Struct, frozen=True):
    """Outcome of a policy as the records are now.

    Attributes:
        paks: PAKs of the inventory that the SKU filter leaves and that have licenses left, by code.
        items: licenses that it would give, by PAK and device.
        uncovered: devices that need one for which no PAK has any left.
        devices: number of devices that the device filter leaves.
    """

    paks: tuple[KnownPak, ...]
    items: tuple[PolicyItem, ...]
    uncovered: tuple[Udi, ...]
    devices: int


def keep_policy(context: ManagerContext, policy: LicensePolicy) -> None:
    """Add a policy, or replace the one of its name.

    Raises:
        NotAllowed: the user may not deploy licenses.
        Refused: the name or the pattern is malformed.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.DEPLOY)
    check_name("policy", policy.name)
    if not policy.skus or len(policy.skus) > LONGEST_PATTERN or not policy.skus.isprintable():
        raise Refused(f"a pattern of SKUs has 1 to {LONGEST_PATTERN} characters, for example L-880-*")
    with context.database.writing() as records:
        check_groups(records, [policy.filter.group])
        seen, taken = (map(_name, each.policies.all()) for each in (records, records.whole))
        check_free("policy", policy.name, seen, taken)
        records.policies.keep(policy)
        context.record(records, "policy", policy.name, f"SKUs {policy.skus}")


def list_policies(context: ManagerContext) -> list[LicensePolicy]:
    """List the policies by name.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return records.policies.all()


def delete_policy(context: ManagerContext, name: str) -> None:
    """Delete a policy; its jobs stay.

    Raises:
        NotAllowed: the user may not deploy licenses.
        UnknownName: there is no such policy.
    """
    context.require(ManagerAction.DEPLOY)
    with context.database.writing() as records:
        _named(records, name)
        records.policies.drop(name)
        context.record(records, "policy", name, "deleted")


def try_policy(context: ManagerContext, name: str) -> PolicyTrial:
    """Tell what a policy would do; nothing is changed and no device is reached.

    Raises:
        NotAllowed: the user may not deploy licenses.
        UnknownName: there is no such policy, or not the group of its filter.
    """
    context.require(ManagerAction.DEPLOY)
    with context.database.reading() as records:
        return _tried(records, _named(records, name))


def execute_policy(context: ManagerContext, name: str) -> tuple[PolicyTrial, list[ManagerJob]]:
    """Ask for the jobs that carry a policy out, one for each PAK that it uses; none where no device needs a license.

    Raises:
        NotAllowed: the user may not deploy licenses.
        Refused: a job of it is open.
        UnknownName: there is no such policy, or not the group of its filter.
    """
    context.require(ManagerAction.DEPLOY)
    comment = f"policy {name}"
    with context.database.writing() as records:
        records.policies.lock()
        policy = _named(records, name)
        for job in records.whole.jobs.choose(open_only=True):
            if job.comment == comment:
                raise Refused(f"job {job.id} of policy '{name}' is {job.state}; wait until it is over, or kill it")
        trial, jobs = _tried(records, policy), []
        devices: defaultdict[str, list[str]] = defaultdict(list)
        for item in trial.items:
            devices[item.pak.code].append(str(item.udi))
        for code, udis in devices.items():
            wanted = DeployJob(pak=code, udis=tuple(udis), reload=policy.reload, save=policy.save)
            jobs.append(control.submit_within(context, records, "deploy", wanted, comment))
        return trial, jobs


def _named(records: ManagerRecords, name: str) -> LicensePolicy:
    policies = {each.name: each for each in records.policies.all()}
    if name not in policies:
        raise UnknownName("policy", name, policies)
    return policies[name]


def _tried(records: ManagerRecords, policy: LicensePolicy) -> PolicyTrial:
    chosen: DeviceFilter = policy.filter
    check_groups(records, [chosen.group])
    paks = tuple(each for each in records.licenses.paks() if each.left and fnmatchcase(each.sku, policy.skus))
    devices = records.devices.choose(chosen)
    replaced = records.devices.replaced()
    features = dict.fromkeys(pak.feature for pak in paks)
    obtained = {(each.udi, each.feature) for each in records.licenses.choose()[0]} | _under_way(records)
    items: list[PolicyItem] = []
    uncovered: dict[Udi, None] = {}
    for feature in features:
        wanting = [
            each.udi
            for each in devices
            if each.udi not in replaced
            and (each.udi, feature) not in obtained
            and not (each.reading is not None and feature in permanent_features(each.reading))
        ]
        given = _shared([pak for pak in paks if pak.feature == feature], wanting)
        items += given
        covered = {item.udi for item in given}
        uncovered |= dict.fromkeys(udi for udi in wanting if udi not in covered)
    return PolicyTrial(paks, tuple(items), tuple(uncovered), len(devices))


def _under_way(records: ManagerRecords) -> set[tuple[Udi, str]]:
    """The devices of open jobs that obtain licenses, each with the feature; another PAK would pay for them again."""
    features = {pak.code: pak.feature for pak in records.whole.licenses.paks()}
    found = set[tuple[Udi, str]]()
    for job in records.whole.jobs.choose(open_only=True):
        if job.kind not in OBTAINING:
            continue
        wanted = msgspec.json.decode(job.arguments, type=OBTAINING[job.kind])
        devices = map(parse_udi, wanted.udis) if wanted.udis else map(_udi, records.devices.choose(wanted.filter))
        found.update((udi, features.get(wanted.pak, "")) for udi in devices)
    return found


def _name(policy: LicensePolicy) -> str:
    return policy.name


def _udi(device: ManagedDevice) -> Udi:
    return device.udi


def _shared(paks: Sequence[KnownPak], devices: Sequence[Udi]) -> list[PolicyItem]:
    """The devices in order, each with the first PAK that fits it and has a license left."""
    left, given = {pak.code: pak.left for pak in paks}, list[PolicyItem]()
    queues: dict[str, deque[KnownPak]] = {}
    for pak in paks:
        for family in families_of(pak):
            queues.setdefault(family, deque()).append(pak)
    for udi in devices:
        queue = queues.get(family_of(udi), deque())
        while queue and not left[queue[0].code]:
            queue.popleft()
        if queue:
            left[queue[0].code] -= 1
            given.append(PolicyItem(queue[0], udi))
    return given
