"""Summary of a fleet: what needs a person, counted, the worst first.

I: the kinds; they are those of the alerts, with the jobs beside them. A license counts here that is in use and runs out
within `SOON` of use, for one that is not in use does not run.
"""

import msgspec

from emulator.kernel.time import DAY, Duration
from emulator.manager.context import ManagerContext
from emulator.manager.entities import InstalledLicense
from emulator.manager.expiry import is_in_use, period_left
from emulator.manager.job_records import ManagerJob
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

SOON: Duration = 14 * DAY
"""Use that is left of a license that is told as running out."""

JOBS_LOOKED_AT = 50
"""Jobs, the latest, among which those are looked for that went wrong."""


class FleetSummary(msgspec.Struct, frozen=True):
    """Counts of a fleet.

    Attributes:
        devices: all of them.
        levels: devices by the level that runs; the empty name is of those that were never read.
        unread: devices whose last reading failed.
        replaced: devices at whose address another one answers (RMA candidates).
        pending: devices that a reload brings to another level.
        running_out: licenses in use with at most `SOON` left.
        covered: of them, those that the PAKs of the inventory can replace.
        undeployed: licenses that were obtained and not seen on their devices.
        jobs: those that are not over.
        wrong: jobs that are over, of which something failed and that were not tried again.
        oldest: the instant of the oldest reading; None where nothing was read yet.
    """

    devices: int
    levels: dict[str, int]
    unread: int
    replaced: int
    pending: int
    running_out: int
    covered: int
    undeployed: int
    jobs: tuple[ManagerJob, ...]
    wrong: tuple[ManagerJob, ...]
    oldest: int | None


def summarize_fleet(context: ManagerContext) -> FleetSummary:
    """Count what the records tell of the fleet now.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        ends = sum(_runs_out(each) for licenses in records.devices.licenses() for each in licenses)
        left = sum(pak.left for pak in records.licenses.paks())
        latest = records.jobs.choose(open_only=False, limit=JOBS_LOOKED_AT)
        retried = {job.retry_of for job in latest}
        counted = records.devices.counts()
        return FleetSummary(
            devices=records.devices.count(DeviceFilter()),
            levels=records.devices.levels(),
            unread=counted.unread,
            replaced=counted.replaced,
            pending=counted.pending,
            running_out=ends,
            covered=min(ends, left),
            undeployed=records.licenses.choose(undeployed=True, limit=0)[1],
            jobs=tuple(records.jobs.choose(open_only=True, limit=JOBS_LOOKED_AT)),
            wrong=tuple(job for job in latest if job.id not in retried and _went_wrong(job)),
            oldest=counted.oldest,
        )


def _runs_out(license_: InstalledLicense) -> bool:
    return is_in_use(license_) and (left := period_left(license_.left)) is not None and left <= SOON


def _went_wrong(job: ManagerJob) -> bool:
    return job.ended is not None and (job.failed > 0 or job.state.value == "failed")
