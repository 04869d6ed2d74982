"""Upgrade a group of devices with one PAK: python manager_upgrade.py URL TOKEN CA.pem GROUP PAK."""

import sys

from emulator.manager.api import jobs
from emulator.manager.job_records import ItemState
from emulator.manager.jobs.arguments import DeployJob
from emulator.manager.store.devices import DeviceFilter
from emulator.sdk import ManagerClient, ManagerError


def main(url: str, token: str, ca: str, group: str, pak: str) -> int:
    """Deploy, wait, and try what failed once more; 1 where a device is left without its license."""
    wanted = DeployJob(pak=pak, filter=DeviceFilter(group=group))
    with ManagerClient(url, token, ca=ca) as manager:
        try:
            job = manager.wait(manager.call(jobs.DEPLOY, wanted), within=3600)
            if job.failed:
                job = manager.wait(manager.call(jobs.RETRY_JOB, jobs.NameJob(job=job.id)), within=3600)
            failed = manager.call(jobs.LIST_JOB_ITEMS, jobs.ListItems(job=job.id, state=ItemState.FAILED))
        except ManagerError as error:
            print(error, file=sys.stderr)
            return 2
    print(f"job {job.id}: {job.summary}")
    for item in failed.rows:
        print(f"{item.subject}: {item.outcome}: {item.detail}")
    return 1 if failed.rows else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
