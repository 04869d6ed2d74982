"""Policies: which PAK pays for which device, what is left out, and no device that is given a license twice."""

from threading import Barrier, Thread

import pytest

from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import Udi
from emulator.manager.entities import DeviceReading, InstalledLicense, KnownPak, ManagedDevice, ObtainedLicense
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import DeployJob, ObtainJob
from emulator.manager.policies import delete_policy, execute_policy, keep_policy, list_policies, try_policy
from emulator.manager.store.devices import DeviceFilter, LicensePolicy
from tests.unit.manager.conftest import Bench

R1, R2, R3, R4 = (Udi("CISCO881-K9", f"FTX1405YDC{number}") for number in range(1, 5))
POLICY = LicensePolicy("upgrade", "L-880-*", DeviceFilter(text="ydc"), reload=True)


@pytest.fixture
def fleet(bench: Bench) -> Bench:
    """Four devices, one licensed and one with a license that waits, and PAKs, one of them for other routers."""
    has = (InstalledLicense("advipservices", "Permanent", "Active, In Use", "Primary License Storage"),)
    with bench.database.writing() as records:
        for udi in (R1, R2, R3, R4):
            records.devices.keep(ManagedDevice(udi, 0, reading=DeviceReading(udi, licenses=has if udi == R1 else ())))
        records.licenses.keep_license(ObtainedLicense("L0", R2, "A", "advipservices", "f.lic", b"", 0))
        for code, sku, left in (
            ("A", "L-880-AIS=", 0),
            ("B", "L-880-AIS=", 1),
            ("C", "SL-880-AIS=", 9),
            ("D", "L-IAD880-AIS=", 9),
        ):
            records.licenses.keep_pak(KnownPak(code, sku, "advipservices", 9, left, 0))
    keep_policy(bench.context(), POLICY)
    return bench


def test_a_trial_tells_who_gets_what_and_who_gets_nothing(fleet: Bench) -> None:
    trial = try_policy(fleet.context(), "upgrade")
    assert [str(item) for item in trial.items] == [f"B-::-L-880-AIS=-::-{R3}"]
    assert (trial.uncovered, trial.devices, [pak.code for pak in trial.paks]) == ((R4,), 4, ["B"])
    assert control.list_jobs(fleet.context())[1] == 0


def test_an_execution_is_a_job_for_each_pak_and_not_repeated_while_one_is_open(fleet: Bench) -> None:
    keep_policy(fleet.context(), LicensePolicy("upgrade", "*", reload=True))
    _, jobs = execute_policy(fleet.context(), "upgrade")
    told = [(job.id, job.comment, f'"pak":"{pak}"' in job.arguments) for job, pak in zip(jobs, "BC", strict=True)]
    assert told == [(1, "policy upgrade", True), (2, "policy upgrade", True)]
    assert [str(udi) in job.arguments for job, udi in zip(jobs, (R3, R4), strict=True)] == [True, True]
    with pytest.raises(Refused, match="of policy 'upgrade' is waiting; wait until it is over, or kill it"):
        execute_policy(fleet.context(), "upgrade")
    for job in jobs:
        control.kill(fleet.context(), job.id)
    assert len(execute_policy(fleet.context(), "upgrade")[1]) == 2


def test_policies_are_replaced_and_deleted(fleet: Bench) -> None:
    keep_policy(fleet.context(), LicensePolicy("upgrade", "FL-*"))
    assert [each.skus for each in list_policies(fleet.context())] == ["FL-*"]
    assert execute_policy(fleet.context(), "upgrade")[1] == []
    delete_policy(fleet.context(), "upgrade")
    with pytest.raises(UnknownName):
        try_policy(fleet.context(), "upgrade")
    with pytest.raises(Refused, match="a pattern of SKUs has 1 to 64 characters, for example"):
        keep_policy(fleet.context(), LicensePolicy("upgrade", ""))


def test_a_device_of_an_open_job_is_left_to_it(fleet: Bench) -> None:
    job = control.submit(fleet.context(), "deploy", DeployJob(pak="C", udis=(str(R3),)))
    assert [str(item) for item in try_policy(fleet.context(), "upgrade").items] == [f"B-::-L-880-AIS=-::-{R4}"]
    control.kill(fleet.context(), job.id)
    control.submit(fleet.context(), "obtain", ObtainJob(pak="C", filter=DeviceFilter(text=R3.serial)))
    keep_policy(fleet.context(), LicensePolicy("other", "L-*"))
    assert len(execute_policy(fleet.context(), "upgrade")[1]) == 1
    trial, jobs = execute_policy(fleet.context(), "other")
    assert (trial.items, trial.uncovered, jobs) == ((), (), [])


def test_two_executions_at_once_are_one(fleet: Bench) -> None:
    begun, outcomes = Barrier(2), list[str]()

    def execute() -> None:
        context = fleet.context()
        begun.wait()
        try:
            outcomes.append(f"{len(execute_policy(context, 'upgrade')[1])} job")
        except Refused:
            outcomes.append("refused")

    threads = [Thread(target=execute) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["1 job", "refused"]
    assert control.list_jobs(fleet.context())[1] == 1
