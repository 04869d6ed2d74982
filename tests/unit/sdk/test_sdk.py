"""The SDK makes every call of the table, and tells a refusal with its name; its examples run."""

import asyncio
import importlib.util
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from emulator.licensing.udi import parse_udi
from emulator.manager import inventory, tokens
from emulator.manager.api import devices, jobs
from emulator.manager.api.call import ManagerCall
from emulator.manager.api.table import SUBJECTS
from emulator.manager.entities import DeviceGroup, ManagerUser
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import PollJob
from emulator.manager.roles import ManagerRole
from emulator.runtime.wall_clock import host_time
from emulator.sdk import ManagerClient, ManagerError
from emulator.sdk.messages import answer_of
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site
from emulator.transports.manager_web.app import manager_app
from emulator.transports.manager_web.settings import ManagerSettings
from tests.served_manager import ServedBench, served_bench

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
UDI = "CISCO881-K9:FTX1405YDC7"


class ServedSite:
    """A manager over HTTPS, and how to come in."""

    def __init__(self, served: ServedBench, folder: Path) -> None:
        context = served.bench.context()
        inventory.keep_user(context, ManagerUser("ann", ManagerRole.ADMIN))
        self.served, self.token = served, tokens.new_token(context, "ann", "test")
        names = identity(folder, "m", ["127.0.0.1"], host_time())
        site = Site(manager_app(served, ManagerSettings(time.monotonic)), "127.0.0.1", 0)
        self.hosting, self.url, self.ca = Hosting([site], names), site.url, str(names.ca)
        self.hosting.start()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    folder = tmp_path_factory.mktemp("manager")
    with served_bench(folder) as served:
        made = ServedSite(served, folder)
        yield made
        made.hosting.stop()


@pytest.mark.heavy
def test_calls_are_made_and_refusals_told(site: ServedSite) -> None:
    with ManagerClient(site.url, site.token, ca=site.ca) as manager:
        assert manager.call(devices.ADD_DEVICES, devices.AddDevices(udis=(UDI,))).new == (UDI,)
        assert manager.call(devices.READ_DEVICE, devices.ReadDevice(udi=UDI)).udi == UDI
        job = manager.call(jobs.POLL, PollJob(udis=(UDI,)))
        with pytest.raises(ManagerError) as late:
            manager.wait(job, within=-1)
        assert str(late.value) == f"job {job.id} is waiting after -1 s, and not over"
        manager.call(jobs.KILL_JOB, jobs.NameJob(job=job.id))
        assert manager.wait(job, within=30).state == "killed"
        with pytest.raises(ManagerError) as caught:
            manager.call(jobs.READ_JOB, jobs.NameJob(job=99))
    assert (caught.value.status, caught.value.error, str(caught.value)) == (404, "not_found", "There is no job 99.")
    with ManagerClient("https://127.0.0.1:1", "x", ca=site.ca) as nobody, pytest.raises(ManagerError) as silent:
        nobody.call(devices.LIST_DEVICES, devices.FindDevices())
    assert (silent.value.status, silent.value.error) == (0, "no_answer")


def test_the_example_of_an_inventory_runs(site: ServedSite, capsys: pytest.CaptureFixture[str]) -> None:
    inventory.add_devices(site.served.bench.context(), [parse_udi("CISCO881-K9:FTX1405YDC8")])
    assert asyncio.run(_example("manager_inventory").main(site.url, site.token, site.ca)) == 0
    assert "CISCO881-K9:FTX1405YDC8  never read" in capsys.readouterr().out


def test_the_example_of_an_upgrade_runs(site: ServedSite, capsys: pytest.CaptureFixture[str]) -> None:
    """Jobs are not run here, so the job is killed by another user while the example waits for it."""
    context = site.served.bench.context()
    inventory.keep_group(context, DeviceGroup("none"))

    def kill() -> None:
        while not (found := [each for each in control.list_jobs(context, open_only=True)[0] if each.kind == "deploy"]):
            time.sleep(0.01)
        control.kill(context, found[0].id)

    killer = threading.Thread(target=kill)
    killer.start()
    assert _example("manager_upgrade").main(site.url, site.token, site.ca, "none", "PAK") == 0
    killer.join()
    assert capsys.readouterr().out.startswith("job ")
    assert _example("manager_upgrade").main(site.url, "wrong", site.ca, "none", "PAK") == 2
    assert capsys.readouterr().err == "This token is not known, or it was revoked.\n"


@pytest.mark.parametrize("call", [call for calls in SUBJECTS.values() for call in calls], ids=lambda call: call.name)
def test_every_path_names_inputs_of_its_call_and_no_other_answer_is_believed(call: ManagerCall[Any, Any]) -> None:
    named = set(re.findall(r"\{(\w+)\}", call.path))
    assert named <= set(call.input.__struct_fields__)
    with pytest.raises(ManagerError) as caught:
        answer_of(call, 200, b"<html>")
    assert str(caught.value) == "what answers with 200 is no license manager"


def _example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
