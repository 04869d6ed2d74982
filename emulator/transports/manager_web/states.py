"""States of devices and jobs, in the words of the badges."""

from emulator.manager.api.devices import ListedDevice
from emulator.manager.api.jobs import JobView
from emulator.manager.entities import DeviceFault
from emulator.manager.job_records import JobState

_NO_ANSWER = {DeviceFault.UNREACHABLE, DeviceFault.SILENT, DeviceFault.DROPPED}

_JOB_WORDS = {
    JobState.WAITING: "scheduled",
    JobState.RUNNING: "running",
    JobState.PAUSED: "paused",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
    JobState.KILLED: "canceled",
}


def device_state(device: ListedDevice) -> str:
    """The state of a device: what is worst about it, or which kind of license its level runs on."""
    if device.replaced_by:
        return "replaced"
    if device.successor:
        return "other hardware"
    if device.fault:
        return "no answer" if device.fault in _NO_ANSWER else f"failed, {device.fault}"
    if not device.seen:
        return "not yet read"
    if device.next_level != device.level:
        return "waiting for a reload"
    kind = device.level_type.lower()
    if "eval" in kind or "temporary" in kind:
        return "evaluation"
    return "grace" if "grace" in kind else "licensed" if "permanent" in kind else "active"


def job_state(job: JobView) -> str:
    """The state of a job; one that is to stop is told so while it still runs."""
    if job.state == JobState.DONE and job.failed:
        return "done with errors"
    if job.stop:
        return f"running, to be {job.stop}"
    return _JOB_WORDS[JobState(job.state)]
