"""Policies: licenses of PAKs whose SKU fits a pattern, for the devices of a filter; tried, then executed.

What is confirmed is the number of licenses that the trial told; where the records changed since, it is asked again.
"""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.manager.api.devices import LIST_GROUPS
from emulator.manager.api.licenses import LIST_PAKS
from emulator.manager.api.policies import (
    DELETE_POLICY,
    EXECUTE_POLICY,
    KEEP_POLICY,
    LIST_POLICIES,
    TRY_POLICY,
    TriedPolicy,
)
from emulator.manager.inventory import list_levels
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import LicensePolicy
from emulator.transports.manager_web import wizards
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.pages.bulk import WITHOUT_NUMBER
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template, figure, pair
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

SHOWN = 20
"""Licenses and devices of a trial that the page names."""


class PoliciesFacts(msgspec.Struct, frozen=True):
    """The policies, and what a new one can choose from."""

    policies: Sequence[LicensePolicy]
    groups: Sequence[tuple[str, str]]
    levels: Sequence[tuple[str, str]]
    skus: Sequence[tuple[str, str]]


class PolicyFacts(msgspec.Struct, frozen=True):
    """A policy and its trial: licenses by PAK, the first of the items as PAK, SKU and device, and what is confirmed."""

    policy: LicensePolicy
    trial: TriedPolicy
    by_pak: Sequence[tuple[str, int]]
    shown: Sequence[tuple[str, str, str]]
    typed: bool


POLICIES_PAGE = Template("policies.html", PoliciesFacts)
POLICY_PAGE = Template("policy.html", PolicyFacts)


def _list(page: ManagerPage) -> Response:
    skus = dict.fromkeys(each.sku for each in page.do(LIST_PAKS).rows)
    return page.draw(
        POLICIES_PAGE,
        policies=page.do(LIST_POLICIES).rows,
        groups=[("", "Any group"), *(pair(each.name) for each in page.do(LIST_GROUPS).rows)],
        levels=[("", "Any level"), *map(pair, list_levels(page.context))],
        skus=[(sku, "") for sku in skus],
    )


def _keep(page: ManagerPage) -> Response:
    name = page.value("name")
    if not name:
        raise BadInput("Type a name for the policy.", "name")
    if not page.value("skus"):
        raise BadInput("Type a pattern of SKUs, such as L-880-*.", "skus")
    ticked = {each: page.value(each) == "yes" for each in ("pending", "reload", "save")}
    with refused_beside("name"):
        page.do(KEEP_POLICY, **ticked)
    page.drop_draft(wizards.POLICY)
    page.tell(f"Policy {name} saved. Below is what it would do now.")
    return page.lead(f"/policies/{quote(name)}")


def _policy(page: ManagerPage) -> Response:
    policy, trial = _found(page), page.do(TRY_POLICY)
    items = [_item(each) for each in trial.items]
    by_pak = [(pak, sum(each[0] == pak for each in items)) for pak in trial.paks]
    return page.draw(
        POLICY_PAGE, policy=policy, trial=trial, by_pak=[each for each in by_pak if each[1]], shown=items[:SHOWN],
        typed=_to_be_typed(policy, trial),
    )  # fmt: skip


def _act(page: ManagerPage) -> Response:
    policy = _found(page)
    if page.value("act") == "delete":
        page.do(DELETE_POLICY, name=policy.name)
        page.tell(f"Policy {policy.name} deleted; its jobs stay.")
        return page.lead("/policies")
    trial = page.do(TRY_POLICY, name=policy.name)
    count = len(trial.items)
    if count and page.value("count") != str(count):
        raise BadInput(f"The records changed: it is {figure(count)} license(s) now. Look at them and confirm again.")
    if _to_be_typed(policy, trial) and page.value("typed") != str(count):
        raise BadInput(f"Type {count}, the number of licenses.", "typed")
    with refused_beside(""):
        jobs = page.do(EXECUTE_POLICY, name=policy.name).jobs
    if not jobs:
        raise BadInput("There is nothing to do now: each device has its license, or no PAK has one left.")
    if len(jobs) == 1:
        return page.lead(f"/jobs/{jobs[0]}")
    page.tell(f"Policy {policy.name}: {figure(len(jobs))} jobs, one for each PAK.")
    return page.lead("/jobs", open="yes")


def _found(page: ManagerPage) -> LicensePolicy:
    name = str(page.request.path_params["name"])
    for policy in page.do(LIST_POLICIES).rows:
        if policy.name == name:
            return policy
    raise NotThere(f"There is no policy {name}.")


def _item(text: str) -> tuple[str, str, str]:
    """PAK, SKU and device of an item as the call tells it."""
    pak, sku, udi = text.split("-::-")
    return pak, sku, udi


def _to_be_typed(policy: LicensePolicy, trial: TriedPolicy) -> bool:
    return len(trial.items) > WITHOUT_NUMBER or (policy.reload and bool(trial.items))


NEEDED = ManagerAction.DEPLOY

PAGES = (
    PageRoute(
        "/policies", _list, Needing(NEEDED, _keep), draft=wizards.POLICY, menu=MenuEntry("Policies", 45, "Licenses")
    ),
    PageRoute("/policies/{name:path}", Needing(NEEDED, _policy), Needing(NEEDED, _act), once=True),
)
