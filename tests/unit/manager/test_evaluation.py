"""Evaluations are begun where there is one, told before, and never without the agreement that a device asks for."""

import asyncio
from contextlib import AbstractAsyncContextManager

import msgspec
import pytest

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceAddress, DeviceFault
from emulator.manager.evaluation import (
    EvaluationRow,
    EvaluationStep,
    EvaluationWish,
    effects,
    plan_evaluations,
    start_evaluations,
)
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import EvaluateJob
from emulator.manager.jobs.runner import JobRunner
from emulator.manager.ports import LicenseBackEnd
from tests.fakes.devices import FakeDevice, FakeNetwork
from tests.unit.manager.conftest import Bench

R1 = Udi("CISCO881-K9", "FTX1405YDC7")
ASKING = "Active, Not in Use, EULA not accepted"
LINE = "ip route 0.0.0.0 0.0.0.0 192.0.2.254"


def fleet(bench: Bench, **traits: str | tuple[str, ...]) -> FakeDevice:
    device = msgspec.structs.replace(FakeDevice(evaluation=ASKING, unsaved=(LINE,)), **traits)
    bench.network = FakeNetwork(d1=device)
    asyncio.run(discover(bench.context(), [DiscoveryTarget(DeviceAddress("192.0.2.1"))]))
    return device


def no_portal() -> AbstractAsyncContextManager[LicenseBackEnd]:
    raise AssertionError("an evaluation needs no portal")


def start(bench: Bench, **wish: bool) -> EvaluationRow:
    [row] = asyncio.run(start_evaluations(bench.context(), [R1], EvaluationWish("advipservices", **wish)))
    return row


def test_a_plan_tells_and_changes_nothing(bench: Bench) -> None:
    device = fleet(bench)
    wish = EvaluationWish("advipservices", accept=True, reload=True)
    [row] = asyncio.run(plan_evaluations(bench.context(), [R1], wish))
    assert row == EvaluationRow(R1, EvaluationStep.START, "8 weeks 4 days", agreement=True, reload=True, saved=(LINE,))
    assert effects(row) == [
        "8 weeks 4 days left", "accepts the license agreement", f"saves also 1 other line(s): {LINE}", "reload",
    ]  # fmt: skip
    assert (device.next_level, device.unsaved, device.evaluation) == ("advsecurity", (LINE,), ASKING)


def test_a_plan_tells_no_secrets(bench: Bench) -> None:
    fleet(bench, unsaved=("username a privilege 15 secret 5 $1$OAh9", "snmp-server community s3cret RW", "ip cef"))
    [row] = asyncio.run(plan_evaluations(bench.context(), [R1], EvaluationWish("advipservices", accept=True)))
    assert row.saved == ("username a privilege 15 secret …", "snmp-server community …", "ip cef")


def test_an_evaluation_is_begun_saved_and_run(bench: Bench) -> None:
    device = fleet(bench)
    assert start(bench, accept=True, reload=True).step is EvaluationStep.STARTED
    assert (device.level, device.unsaved) == ("advipservices", ())
    acts = [(by, outcome) for by, act, _, outcome in bench.trail() if act == "evaluate"]
    assert acts == [
        ("local", "license agreement for advipservices accepted"), ("local", "advipservices from the next reload on"),
    ]  # fmt: skip
    assert start(bench).step is EvaluationStep.RUNS


@pytest.mark.parametrize(
    ("traits", "accept", "told"),
    [
        ({}, False, "its evaluation needs the license agreement to be accepted"),
        ({"evaluation": ""}, True, "an evaluation of advipservices is not among its licenses"),
        ({"evaluation": "Expired, Not in Use"}, True, "an evaluation of advipservices has run out"),
        ({"refuses": "% Error: no\n"}, True, "it did not take the level advipservices: % Error: no"),
    ],
)
def test_a_refusal_changes_nothing(bench: Bench, traits: dict[str, str], accept: bool, told: str) -> None:
    device = fleet(bench, **traits)
    row = start(bench, accept=accept)
    assert (row.step, row.fault, row.detail) == (EvaluationStep.FAILED, DeviceFault.REFUSED, told)
    assert (device.next_level, device.unsaved) == ("advsecurity", (LINE,))


def test_what_is_licensed_is_left_alone(bench: Bench) -> None:
    fleet(bench, licensed="advipservices")
    assert start(bench, accept=True).step is EvaluationStep.LICENSED


def test_a_job_tells_before_and_does(bench: Bench) -> None:
    device = fleet(bench, unsaved=())
    outcomes = []
    for dry in (True, False):
        wanted = EvaluateJob(udis=(str(R1),), level="advipservices", accept=True, dry_run=dry)
        job = control.submit(bench.context(), "evaluate", wanted)
        asyncio.run(JobRunner(bench.context(), no_portal, "p").run_all())
        [item] = control.list_items(bench.context(), job.id)
        outcomes.append((item.outcome, item.detail, device.next_level))
    told = "8 weeks 4 days left; accepts the license agreement; runs it after its next reload"
    assert outcomes == [("start", told, "advsecurity"), ("started", told, "advipservices")]


def test_a_level_that_is_none(bench: Bench) -> None:
    with pytest.raises(Refused, match="'a b' is no name of a feature"):
        asyncio.run(start_evaluations(bench.context(), [R1], EvaluationWish("a b")))
