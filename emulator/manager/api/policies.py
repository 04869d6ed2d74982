"""Calls about policies: kept, tried, executed."""

from typing import Annotated

import msgspec

from emulator.manager import policies
from emulator.manager.api.call import CallInput, Changed, ManagerCall, Nothing, PartOf, SearchWord, ShortName
from emulator.manager.context import ManagerContext
from emulator.manager.policies import PolicyTrial
from emulator.manager.store.devices import DeviceFilter, LicensePolicy


class KeepPolicy(CallInput, frozen=True):
    """SKUs by a pattern with `*` and `?`; devices as `list_devices` filters them; `reload` and `save` as in a job."""

    name: ShortName
    skus: Annotated[str, msgspec.Meta(max_length=64, examples=["L-880-*"])]
    group: SearchWord = ""
    text: SearchWord = ""
    level: SearchWord = ""
    pending: bool = False
    reload: bool = False
    save: bool = False


class NamePolicy(CallInput, frozen=True):
    name: ShortName


class TriedPolicy(msgspec.Struct, frozen=True):
    """PAKs and number of devices that its filters leave, what each PAK would pay for, and devices that none covers.

    An item is `PAK-::-SKU-::-UDI`.
    """

    paks: tuple[str, ...]
    devices: int
    items: tuple[str, ...]
    uncovered: tuple[str, ...]


class ExecutedPolicy(TriedPolicy, frozen=True):
    """Trial of a policy that is executed, and the numbers of its jobs."""

    jobs: tuple[int, ...] = ()


def _keep(context: ManagerContext, asked: KeepPolicy) -> Changed:
    chosen = DeviceFilter(asked.group, asked.text, asked.level, pending=asked.pending)
    policies.keep_policy(context, LicensePolicy(asked.name, asked.skus, chosen, asked.reload, asked.save))
    return Changed(1)


def _list(context: ManagerContext, _: Nothing) -> PartOf[LicensePolicy]:
    found = tuple(policies.list_policies(context))
    return PartOf(found, len(found))


def _delete(context: ManagerContext, asked: NamePolicy) -> Changed:
    policies.delete_policy(context, asked.name)
    return Changed(1)


def _view(trial: PolicyTrial) -> TriedPolicy:
    paks, items = tuple(pak.code for pak in trial.paks), tuple(map(str, trial.items))
    return TriedPolicy(paks, trial.devices, items, tuple(map(str, trial.uncovered)))


def _try(context: ManagerContext, asked: NamePolicy) -> TriedPolicy:
    return _view(policies.try_policy(context, asked.name))


def _execute(context: ManagerContext, asked: NamePolicy) -> ExecutedPolicy:
    trial, jobs = policies.execute_policy(context, asked.name)
    return ExecutedPolicy(**msgspec.structs.asdict(_view(trial)), jobs=tuple(job.id for job in jobs))


LIST_POLICIES = ManagerCall("list_policies", "GET", "/policies", "Policies", Nothing, PartOf[LicensePolicy], _list)
KEEP_POLICY = ManagerCall("keep_policy", "POST", "/policies", "Add a policy, or replace it", KeepPolicy, Changed, _keep)
DELETE_POLICY = ManagerCall(
    "delete_policy", "DELETE", "/policies/{name}", "Delete a policy; its jobs stay", NamePolicy, Changed, _delete
)
TRY_POLICY = ManagerCall(
    "try_policy", "GET", "/policies/{name}/trial", "What a policy would do now, by the records alone", NamePolicy,
    TriedPolicy, _try,
)  # fmt: skip
EXECUTE_POLICY = ManagerCall(
    "execute_policy", "POST", "/policies/{name}/executions", "Deploy the licenses that a policy gives", NamePolicy,
    ExecutedPolicy, _execute, status=202,
)  # fmt: skip

CALLS = (LIST_POLICIES, KEEP_POLICY, DELETE_POLICY, TRY_POLICY, EXECUTE_POLICY)
