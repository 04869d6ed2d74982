"""The license manager at a served world, over SSH and HTTPS alone: a fleet is found, upgraded, and upgraded once.

One router has another password, one address hangs; both are told, and cost the others nothing.
"""

import base64
import contextlib
import io
import re
import secrets
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from emulator.cli.main import main
from emulator.keys.world_secret import WorldSecret
from emulator.proving.twins import STARTUP
from emulator.transports.https.certificates import CA, FOLDER
from emulator.world.build import new_world
from emulator.world.directory import DATABASE, WorldDirectory
from emulator.world.recipe import RouterRecipe, WorldRecipe
from tests.served import serving

pytestmark = pytest.mark.heavy

ROUTERS = 20
LOCKED = "R7"
PAK_FOR = 30


class Fleet:
    """A served world, and a manager that is typed at."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._capsys, self._monkeypatch = folder, capsys, monkeypatch
        names = [f"R{number}" for number in range(1, ROUTERS + 1)]
        routers = {
            name: RouterRecipe(
                powered=True,
                rsa_key=768,
                startup=STARTUP.format(name=name, password="other" if name == LOCKED else "lab"),
            )
            for name in names
        }
        self.world, self.manager = folder / "world", folder / "manager"
        self.world.mkdir()
        secret = WorldSecret.random()
        world = new_world(WorldRecipe(name="fleet", routers=routers), self.world / DATABASE, secret=secret)
        world.clock.run_while(lambda: any(world.lines_of(name).console.busy for name in names))
        self.pak = world.backend.order("L-880-AIS=", PAK_FOR, 0, by="lab")[0].pak
        _, self.token = world.backend.accounts.new_token("lab", "fleet", 0, by="lab", entropy=secrets.token_bytes(32))
        with WorldDirectory(self.world) as held:
            held.keep_secret(secret)
            held.save(world.state)
        world.close()
        self.process, told = serving(
            "--world", str(self.world), "--pace", "warp", "--port-base", "0", "--router-port-base", "0"
        )
        self.portal = re.findall(r"^Portal: +(\S+)", told, re.MULTILINE)[0]
        self.ssh = int(re.findall(r"^R1 +\S+ +127\.\S+ +(\d+)", told, re.MULTILINE)[0])

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)

    def type(self, act: str, *words: str, asked: str = "") -> tuple[int, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(asked))
        status = main(["manager", act, "--manager", str(self.manager), *words])
        shown, problems = self._capsys.readouterr()
        assert problems == ""
        return status, shown

    def extension(self, udi: str) -> Path:
        """The file of an extension license, as the portal gives it."""
        context = ssl.create_default_context(cafile=str(self.world / FOLDER / CA))
        asked = httpx2.post(
            f"{self.portal}api/v1/extensions",
            json={"udi": udi, "feature": "advipservices", "period": "30d", "why": "a trial"},
            headers={"Authorization": f"Bearer {self.token}"},
            verify=context,
        )
        [file] = asked.raise_for_status().json()["files"]
        path: Path = self._folder / file["name"]
        path.write_bytes(base64.b64decode(file["content"]))
        return path

    def counted(self, act: str) -> int:
        """Number of entries of an act in the audit trail, read beside the manager that works."""
        with contextlib.closing(sqlite3.connect(self.manager / "manager.db", timeout=20)) as connection:
            [(count,)] = connection.execute("SELECT count(*) FROM manager_trail WHERE act = ?", (act,))
        return int(count)

    def outcomes(self, act: str, *words: str) -> list[dict[str, Any]]:
        found: Any = msgspec.json.decode(self.type(act, *words, "--json")[1])
        rows: list[dict[str, Any]] = found["outcomes"] if isinstance(found, dict) else found
        return rows


@pytest.fixture
def fleet(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Fleet]:
    made = Fleet(tmp_path, capsys, monkeypatch)
    yield made
    made.end()


@pytest.fixture
def hanging() -> Iterator[str]:
    """An address that accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for each in held:
            each.close()


def test_a_fleet_is_found_upgraded_and_polled(fleet: Fleet, hanging: str) -> None:
    fleet.type("credentials", "keep", "lab", "--user", "admin", asked="lab\n")
    fleet.type("portal", fleet.portal, "--ca", str(fleet.world / FOLDER / CA), asked=f"{fleet.token}\n")
    found = fleet.outcomes("discover", f"127.1.0.1-127.1.0.{ROUTERS + 2}", hanging, "--port", str(fleet.ssh))
    assert sorted(each["fault"] or each["finding"] for each in found) == sorted(
        ["new"] * (ROUTERS - 1) + ["wrong credentials", "timed out"] + ["unreachable"] * 2
    )

    extension = str(fleet.extension(found[0]["udi"]))
    [asking] = fleet.outcomes("install", found[0]["udi"], extension)
    assert asking["fault"] == "refused"
    assert asking["detail"].endswith(" asks 'ACCEPT? [yes/no]:'")
    [agreed] = fleet.outcomes("install", found[0]["udi"], extension, "--accept")
    assert (agreed["fault"], agreed["installed"]) == (None, 1)
    assert "agreement accepted" in fleet.type("trail")[1]

    status, shown = fleet.type("pak", "add", fleet.pak)
    assert (status, shown) == (0, f"{fleet.pak}: L-880-AIS=, advipservices, {PAK_FOR} of {PAK_FOR} left\n")
    plan = fleet.outcomes("deploy", fleet.pak, "--reload", "--dry-run")
    assert [(row["step"], row["debit"], row["reload"]) for row in plan] == [("install", True, True)] * (ROUTERS - 1)
    assert f"{PAK_FOR} of {PAK_FOR} left" in fleet.type("pak", "add", fleet.pak)[1]

    done = fleet.outcomes("deploy", fleet.pak, "--reload", "--yes")
    assert [(row["step"], row["fault"], row["detail"]) for row in done] == [("installed", None, "")] * (ROUTERS - 1)
    again = fleet.outcomes("deploy", fleet.pak, "--reload", "--yes", "--dry-run")
    assert {row["step"] for row in again} == {"licensed already"}
    left = PAK_FOR - (ROUTERS - 1)
    assert f"{left} of {PAK_FOR} left" in fleet.type("pak", "add", fleet.pak)[1]
    assert fleet.type("undeployed") == (0, "")

    assert {each["fault"] for each in fleet.outcomes("poll")} == {None}
    [sent] = fleet.outcomes("resend", done[0]["udi"])
    assert (sent["fault"], sent["installed"], sent["existing"]) == (None, 0, 2)
    devices = msgspec.json.decode(fleet.type("devices", "--level", "advipservices", "--json")[1])["devices"]
    assert len(devices) == ROUTERS - 1
    for device in devices:
        installed = [each for each in device["reading"]["licenses"] if each["store"].startswith("Primary")]
        permanent = [each["feature"] for each in installed if each["type"] == "Permanent"]
        assert sorted(permanent) == ["advipservices", "advsecurity"]


def test_a_deployment_that_is_killed_three_times_is_completed_by_the_same_command(fleet: Fleet) -> None:
    """Kills come once while it registers, and twice while it installs; each time what was done stays done."""
    fleet.type("credentials", "keep", "lab", "--user", "admin", asked="lab\n")
    fleet.type("portal", fleet.portal, "--ca", str(fleet.world / FOLDER / CA), asked=f"{fleet.token}\n")
    fleet.type("discover", f"127.1.0.1-127.1.0.{ROUTERS}", "--port", str(fleet.ssh))
    words = ["deploy", "--manager", str(fleet.manager), fleet.pak, "--yes", "--jobs", "4"]
    for acts, number in (("obtain", 3), ("deploy", 2), ("deploy", 9)):
        process = subprocess.Popen([sys.executable, "-m", "emulator", "manager", *words], stdout=subprocess.DEVNULL)
        while process.poll() is None and fleet.counted(acts) < number:
            time.sleep(0.01)
        assert process.poll() is None, "it was over before it could be killed"
        process.kill()
        process.wait()
    done = fleet.outcomes("deploy", fleet.pak, "--yes")
    assert {row["fault"] for row in done} == {None}
    assert fleet.type("undeployed") == (0, "")
    left = PAK_FOR - (ROUTERS - 1)
    assert f"{left} of {PAK_FOR} left" in fleet.type("pak", "add", fleet.pak)[1]
    for device in msgspec.json.decode(fleet.type("devices", "--json")[1])["devices"]:
        installed = [each for each in device["reading"]["licenses"] if each["store"].startswith("Primary")]
        assert sorted(each["feature"] for each in installed) == ["advipservices", "advsecurity"]
