"""Jobs go on where they were, whoever takes them up; each device is done once, whatever breaks off."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager import inventory
from emulator.manager.context import ManagerContext
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceAddress, ManagerUser
from emulator.manager.job_records import OVER, TRANSITIONS, JobEvent, JobState, after
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import DeployJob, DiscoverJob, ObtainJob, PollJob
from emulator.manager.jobs.kinds import KINDS
from emulator.manager.jobs.runner import LEASE, JobRunner
from emulator.manager.ports import FanOut, LicenseBackEnd, Outcome, Task, one_by_one
from emulator.manager.roles import ManagerRole
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.unit.manager.conftest import Bench

PAK = "D4Y22SMARGQ"
MINUTE = 60_000


class Killed(Exception):
    """The end of a process, which nothing catches."""


class Fleet:
    """Three devices under management, a portal, and processes that run jobs."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.back_end = bench, FakeBackEnd()
        self.devices = [FakeDevice(serial=f"FTX1405YDC{number}") for number in (1, 2, 3)]
        bench.network = FakeNetwork(**{f"d{number}": each for number, each in enumerate(self.devices, 1)})

    async def discover(self) -> None:
        targets = [DiscoveryTarget(DeviceAddress(f"192.0.2.{number}")) for number in (1, 2, 3)]
        await discover(self.bench.context(), targets)

    def run(self) -> int:
        """Run what is due in a process; returns the number of jobs."""
        return asyncio.run(self.process("a").run_all())

    def process(self, name: str, fan_out: FanOut = one_by_one) -> JobRunner:
        @asynccontextmanager
        async def opened() -> AsyncIterator[LicenseBackEnd]:
            yield self.back_end

        bench = self.bench
        context = ManagerContext(bench.database, bench.network, fan_out, lambda: bench.now, bench.pause)
        return JobRunner(context, opened, name)

    def outcomes(self, number: int) -> list[tuple[str, str, str]]:
        items = control.list_items(self.bench.context(), number)
        return [(each.subject[-1], str(each.state), each.outcome) for each in items]


@pytest.fixture
def fleet(bench: Bench) -> Fleet:
    made = Fleet(bench)
    asyncio.run(made.discover())
    return made


def test_a_job_is_asked_for_run_and_told(fleet: Fleet) -> None:
    fleet.devices[1].silent = True
    job = control.submit(fleet.bench.context(), "poll", PollJob())
    assert (job.id, job.state, job.total) == (1, JobState.WAITING, None)
    assert fleet.run() == 1
    job = control.show_job(fleet.bench.context(), 1)
    assert (job.state, job.total, job.done, job.failed) == (JobState.DONE, 3, 2, 1)
    assert job.summary == "2 read, 1 timed out"
    assert fleet.outcomes(1) == [("1", "done", "read"), ("2", "failed", "timed out"), ("3", "done", "read")]


def test_what_failed_is_tried_again_and_nothing_else(fleet: Fleet) -> None:
    fleet.devices[1].silent = True
    context = fleet.bench.context()
    control.submit(context, "poll", PollJob())
    fleet.run()
    fleet.devices[1].silent = False
    again = control.retry(context, 1)
    fleet.bench.network.tried.clear()
    fleet.run()
    assert fleet.outcomes(again.id) == [("2", "done", "read")]
    assert fleet.bench.network.tried == [("192.0.2.2", "lab")]
    with pytest.raises(EmulatorError) as caught:
        control.retry(context, again.id)
    assert str(caught.value) == f"nothing of job {again.id} failed"


def test_another_process_goes_on_where_one_was_killed(fleet: Fleet) -> None:
    """The process is lost after the license was installed on the second device, and before that was kept."""
    context = fleet.bench.context()
    control.submit(context, "deploy", DeployJob(pak=PAK))

    async def dying(tasks: Sequence[Task], act: Callable[[Task], Awaitable[Outcome]], /) -> list[Outcome]:
        found = []
        for task in tasks:
            found.append(await act(task))
            if sum(each.installs for each in fleet.devices) == 2:
                raise Killed
        return found

    first = fleet.process("a", dying)
    job = first.claim()
    assert job is not None
    with pytest.raises(Killed):
        asyncio.run(first.run(job))
    assert fleet.process("b").claim() is None, "the lease of the first one stands"
    fleet.bench.now += LEASE + 1
    assert asyncio.run(fleet.process("b").run_all()) == 1
    assert [each.installs for each in fleet.devices] == [1, 1, 1]
    assert len(fleet.back_end.paid) == 3
    assert {outcome for _, _, outcome in fleet.outcomes(1)} == {"installed", "licensed already"}
    first_again = fleet.process("a")
    first_again.fail(job, "it was lost")
    assert control.show_job(context, 1).state is JobState.DONE, "who lost a job does not end it"


def test_a_job_is_paused_resumed_and_killed(fleet: Fleet) -> None:
    context, runner = fleet.bench.context(), fleet.process("a")
    control.submit(context, "poll", PollJob())
    assert control.pause(context, 1).state is JobState.PAUSED
    assert runner.claim() is None
    assert control.resume(context, 1).state is JobState.WAITING
    job = runner.claim()
    assert job is not None
    assert control.pause(context, 1).stop is JobEvent.PAUSE
    fleet.bench.network.tried.clear()
    asyncio.run(runner.run(job))
    assert control.show_job(context, 1).state is JobState.PAUSED
    assert fleet.bench.network.tried == []
    assert control.kill(context, 1).state is JobState.KILLED
    with pytest.raises(EmulatorError) as caught:
        control.resume(context, 1)
    assert str(caught.value) == "job 1 is killed; it cannot be resumed any more"
    control.comment(context, 1, "stopped for the night")
    assert control.show_job(context, 1).comment == "stopped for the night"
    control.delete_job(context, 1)
    with pytest.raises(EmulatorError) as caught:
        control.show_job(context, 1)
    assert str(caught.value) == "there is no job 1"


def test_a_portal_that_is_gone_fails_the_job_with_its_reason(fleet: Fleet) -> None:
    context = fleet.bench.context()
    control.submit(context, "obtain", ObtainJob(pak="UNKNOWN"))
    fleet.run()
    job = control.show_job(context, 1)
    assert (job.state, job.summary) == (JobState.FAILED, "the portal has no PAK 'UNKNOWN' for this account")


def test_what_is_obtained_reaches_no_device(fleet: Fleet) -> None:
    context = fleet.bench.context()
    fleet.bench.network.tried.clear()
    control.submit(context, "obtain", ObtainJob(pak=PAK, udis=("CISCO881-K9:FTX1405YDC2",)))
    fleet.run()
    assert fleet.outcomes(1) == [("2", "done", "obtained")]
    assert fleet.bench.network.tried == []
    assert fleet.back_end.paid == [parse_udi("CISCO881-K9:FTX1405YDC2")]


def test_a_lost_answer_fails_its_devices_and_the_retry_debits_nothing_twice(fleet: Fleet) -> None:
    context = fleet.bench.context()
    fleet.back_end.lost = 1
    control.submit(context, "deploy", DeployJob(pak=PAK))
    fleet.run()
    assert {state for _, state, _ in fleet.outcomes(1)} == {"failed"}
    control.retry(context, 1)
    fleet.run()
    assert [state for _, state, _ in fleet.outcomes(2)] == ["done"] * 3
    assert len(fleet.back_end.paid) == len(set(fleet.back_end.paid)) == 3


def test_a_schedule_makes_one_job_however_long_nobody_ran_any(fleet: Fleet) -> None:
    context, runner = fleet.bench.context(), fleet.process("a")
    control.keep_schedule(context, "nightly", "poll", PollJob(), every=10 * MINUTE)
    assert asyncio.run(runner.run_all()) == 1
    fleet.bench.now += 35 * MINUTE
    assert asyncio.run(runner.run_all()) == 1
    [schedule] = control.list_schedules(context)
    assert schedule.next == fleet.bench.now + 5 * MINUTE
    with pytest.raises(EmulatorError) as caught:
        control.keep_schedule(context, "often", "poll", PollJob(), every=1)
    assert str(caught.value) == "a schedule makes a job once a minute at most"
    control.delete_schedule(context, "nightly")
    with pytest.raises(EmulatorError) as caught:
        control.delete_schedule(context, "nightly")
    assert str(caught.value) == "unknown schedule 'nightly'. None is known."


def test_a_job_that_is_due_later_waits(fleet: Fleet) -> None:
    context, runner = fleet.bench.context(), fleet.process("a")
    control.submit(context, "poll", PollJob(due="1970-02-11T16:01:00Z"))
    assert runner.claim() is None
    fleet.bench.now += MINUTE
    assert asyncio.run(runner.run_all()) == 1


def test_roles_decide_when_a_job_is_asked_for_and_when_it_runs(fleet: Fleet) -> None:
    admin = fleet.bench.context()
    inventory.keep_user(admin, ManagerUser("ann", ManagerRole.REPORT))
    with pytest.raises(EmulatorError) as caught:
        control.submit(fleet.bench.context("ann"), "poll", PollJob())
    assert str(caught.value) == "'ann' may not poll devices: the role is ReportMgr"
    inventory.keep_user(admin, ManagerUser("ann", ManagerRole.INVENTORY))
    control.submit(fleet.bench.context("ann"), "poll", PollJob())
    inventory.delete_user(admin, "ann")
    fleet.run()
    job = control.show_job(admin, 1)
    assert (job.state, job.summary) == (JobState.FAILED, "unknown user 'ann'. Known: local")


def test_a_discovery_is_a_job(fleet: Fleet) -> None:
    context = fleet.bench.context()
    inventory.delete_devices(context, [Udi("CISCO881-K9", "FTX1405YDC3")])
    control.submit(context, "discover", DiscoverJob(ranges=("192.0.2.2-192.0.2.4",)))
    fleet.run()
    assert fleet.outcomes(1) == [("2", "done", "known"), ("3", "done", "new"), ("4", "failed", "unreachable")]


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("event", JobEvent)
def test_every_event_in_every_state_has_an_answer(state: JobState, event: JobEvent) -> None:
    if event in TRANSITIONS[state]:
        assert after(7, state, event) is TRANSITIONS[state][event]
        return
    with pytest.raises(EmulatorError) as caught:
        after(7, state, event)
    assert str(caught.value) == f"job 7 is {state}; it cannot be {event} {'any more' if state in OVER else 'now'}"


def test_every_kind_says_what_its_arguments_are() -> None:
    assert [kind.name for kind in KINDS.values() if not kind.arguments.__doc__] == []
