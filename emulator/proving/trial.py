"""The course of a trial, through the interface of the manager alone: discover, license by a policy, poll.

Everything that is asked for is a call of the published interface, so whatever answers these calls can be tried. Jobs
are tried again for what failed, as a person would; what the manager tells is compared with the twins afterwards.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from emulator.manager.api import devices, jobs, policies, portal
from emulator.manager.api.call import Nothing
from emulator.manager.api.jobs import JobView
from emulator.manager.job_records import OVER, JobState
from emulator.manager.jobs.arguments import DiscoverJob, PollJob, RefreshPaksJob
from emulator.manager.store.devices import DeviceFilter
from emulator.proving.twins import SKU, USER, Twins
from emulator.sdk import AsyncManagerClient, ManagerError

NAME = "proving-ground"
"""Name of the group, the credential set and the policy of a trial."""

LOOK_EVERY = 0.25
"""Seconds between two looks at jobs."""

COMES_BACK = 60.0
"""Seconds within which a manager answers after its start."""

STANDS_STILL = 180.0
"""Seconds without any progress after which jobs are given up."""

ROUNDS = 8
"""Times that jobs are tried for what failed."""

PART = 5_000
"""Addresses of one job."""

PAGE = 1_000


class Phase(msgspec.Struct, frozen=True):
    """Phase of a trial: devices that were done, the seconds that it took, and the times that jobs were tried again."""

    done: int
    seconds: float
    rounds: int
    failures: int


class SeenDevices(msgspec.Struct, frozen=True):
    """Answer of the manager in the end: the level after the next reload of each device, and its failure if any."""

    levels: Mapping[str, str]
    faults: Mapping[str, str]


class Trial:
    """A trial of the manager behind a client."""

    def __init__(
        self,
        client: AsyncManagerClient,
        kill: Callable[[], Awaitable[None]] | None,
        kills: int,
        tell: Callable[[str], object],
    ) -> None:
        """Get ready.

        Args:
            client: of an Admin of the manager.
            kill: kills the manager and starts it again; None where that cannot be done.
            kills: times that it is killed while it licenses devices.
            tell: told of what is under way.
        """
        self._client, self._kill, self._kills, self._tell = client, kill, kills if kill else 0, tell

    async def prepare(self, twins: Twins, url: str, authority: str) -> None:
        """Tell the manager how the twins and the portal are reached.

        Raises:
            ManagerError: a call is refused, or there is no answer.
        """
        await self.answers()
        password = devices.KeepCredentials(name=NAME, user=USER, password=twins.password)
        await self._client.call(devices.KEEP_CREDENTIALS, password)
        await self._client.call(devices.KEEP_GROUP, devices.KeepGroup(name=NAME, credentials=(NAME,)))
        chosen = portal.ChoosePortal(url=url, token=twins.token, authority=authority)
        await self._client.call(portal.CHOOSE_PORTAL, chosen)

    async def discover(self, addresses: Sequence[str]) -> Phase:
        """Have the devices at addresses found."""
        asked = [
            await self._client.call(
                jobs.DISCOVER,
                DiscoverJob(ranges=tuple(addresses[begun : begun + PART]), group=NAME, credentials=(NAME,)),
            )
            for begun in range(0, len(addresses), PART)
        ]
        return await self._done("discover", asked)

    async def license(self, twins: Twins, *, reload: bool) -> Phase:
        """Have the devices licensed by a policy, and the manager killed meanwhile."""
        paks = await self._client.call(jobs.REFRESH_PAKS, RefreshPaksJob(paks=twins.paks))
        await self._done("PAKs", [paks])
        policy = policies.KeepPolicy(name=NAME, skus=SKU, group=NAME, reload=reload, save=reload)
        await self._client.call(policies.KEEP_POLICY, policy)
        executed = await self._client.call(policies.EXECUTE_POLICY, policies.NamePolicy(name=NAME))
        asked = [await self._job(number) for number in executed.jobs]
        return await self._done("license", asked, self._kills, len(twins.udis))

    async def poll(self) -> Phase:
        """Have the devices read again."""
        asked = await self._client.call(jobs.POLL, PollJob(filter=DeviceFilter(group=NAME)))
        return await self._done("poll", [asked])

    async def seen(self) -> SeenDevices:
        """Ask what the manager knows of the devices."""
        levels, faults = dict[str, str](), dict[str, str]()
        while True:
            asked = devices.FindDevices(group=NAME, offset=len(levels), limit=PAGE)
            found = await self._client.call(devices.LIST_DEVICES, asked)
            for each in found.rows:
                levels[each.udi] = each.next_level
                if each.fault:
                    faults[each.udi] = each.fault
            if not found.rows or len(levels) >= found.total:
                return SeenDevices(levels, faults)

    async def answers(self) -> None:
        """Wait until the manager answers.

        Raises:
            ManagerError: it does not in time.
        """
        end = time.monotonic() + COMES_BACK
        while True:
            try:
                await self._client.call(portal.READ_PORTAL, Nothing())
            except ManagerError as error:
                if error.status or time.monotonic() > end:
                    raise
                await asyncio.sleep(LOOK_EVERY)
            else:
                return

    async def _done(self, name: str, asked: Sequence[JobView], kills: int = 0, expected: int = 0) -> Phase:
        """Wait for jobs, and try again what failed."""
        began, done, failures = time.monotonic(), 0, 0
        for round_ in range(ROUNDS):
            over = await self._over(name, asked, kills if round_ == 0 else 0, expected)
            done += sum(job.done for job in over)
            failed = [job for job in over if job.failed or job.state != "done"]
            failures += sum(job.failed for job in over)
            if not failed or round_ == ROUNDS - 1:
                break
            asked = [await self._client.call(jobs.RETRY_JOB, jobs.NameJob(job=job.id)) for job in failed]
        return Phase(done, time.monotonic() - began, round_, failures)

    async def _over(self, name: str, asked: Sequence[JobView], kills: int, expected: int) -> list[JobView]:
        """Wait until jobs are over; kill the manager at even distances of what is to be done, first at the begin."""
        now, killed, stood = list(asked), 0, (0, time.monotonic())
        while True:
            now = [job if job.state in _OVER else await self._job(job.id) for job in now]
            through = sum(job.done + job.failed for job in now)
            if all(job.state in _OVER for job in now):
                return now
            total = sum(job.total or 0 for job in now)
            running = any(job.state == JobState.RUNNING and job.total for job in now)
            if killed < kills and running and through * kills >= expected * killed:
                assert self._kill is not None
                killed += 1
                self._tell(f"{through} of {expected} devices are licensed; the manager is killed")
                await self._kill()
                await self.answers()
                continue
            if through > stood[0]:
                stood = through, time.monotonic()
            elif time.monotonic() - stood[1] > STANDS_STILL:
                raise ManagerError(0, "late", f"{name}: {through} of {total}, and no progress for {STANDS_STILL:g} s")
            await asyncio.sleep(LOOK_EVERY)

    async def _job(self, number: int) -> JobView:
        return await self._client.call(jobs.READ_JOB, jobs.NameJob(job=number))


_OVER = frozenset(str(state) for state in OVER)
