"""The license manager is killed with `kill -9` while it deploys licenses: whatever the moment, in the end every device
has its license once, the PAK is debited once for each, and the job tells so.
"""

import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.entities import CredentialSet, ManagedDevice
from emulator.manager.job_records import JobState
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import DeployJob
from tests.fakes.devices import FakeDevice
from tests.heavy.job_process import Outside, address_of, context_of

pytestmark = pytest.mark.heavy

DEVICES, KILLS = 40, 3
PAK = "D4Y22SMARGQ"


def prepared(folder: Path) -> tuple[Outside, list[str]]:
    """A manager with its devices, and a job that nobody has begun."""
    outside, serials = Outside(folder), [f"FTX1405{number:04}" for number in range(1, DEVICES + 1)]
    for serial in serials:
        outside.keep(serial, FakeDevice(serial=serial))
    outside.keep("portal", [])
    context = context_of(folder, outside, serials, 0)
    inventory.keep_credentials(context, CredentialSet("lab", "admin", "lab"))
    with context.database.writing() as records:
        for serial in serials:
            records.devices.keep(ManagedDevice(Udi("CISCO881-K9", serial), 0, address_of(serial)))
    control.submit(context, "deploy", DeployJob(pak=PAK))
    context.database.close()
    return outside, serials


def process(folder: Path, start: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.heavy.job_process", str(folder), str(start)])


def kill_after(running: subprocess.Popen[bytes], journal: Path, lines: int) -> None:
    """Kill a process once the devices and the portal did so many things more, unless it has ended by then."""
    wanted = len(journal.read_bytes().splitlines()) + lines
    while len(journal.read_bytes().splitlines()) < wanted:
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.002)
            break
    running.kill()
    running.wait()


def outcomes(outside: Outside, serials: Sequence[str]) -> list[int]:
    return [outside.device(serial).installs for serial in serials]


@pytest.mark.parametrize("seed", range(2))
def test_each_device_is_licensed_once_however_often_the_manager_is_killed(seed: int, tmp_path: Path) -> None:
    outside, serials = prepared(tmp_path)
    chance = random.Random(seed)
    done = []
    for start in range(1, KILLS + 1):
        kill_after(process(tmp_path, start), outside.journal, chance.randrange(1, 2 * DEVICES // KILLS))
        done.append(sum(outcomes(outside, serials)))
    assert done[0] < DEVICES, "no process was killed before the end"
    assert process(tmp_path, KILLS + 1).wait() == 0
    assert outcomes(outside, serials) == [1] * DEVICES
    assert len(outside.paid()) == len(set(outside.paid())) == DEVICES
    context = context_of(tmp_path, outside, serials, KILLS + 2)
    job = control.show_job(context, 1)
    assert (job.state, job.done, job.failed) == (JobState.DONE, DEVICES, 0)
    with context.database.reading() as records:
        held, total = records.licenses.choose(pak=PAK)
    context.database.close()
    assert (total, {each.deployed is not None for each in held}) == (DEVICES, {True})
