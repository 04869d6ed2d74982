"""Sockets of `serve` are closed again wherever it fails on the way up, so that the next attempt has its ports."""

import gc
import socket
import warnings
from pathlib import Path

import pytest

from emulator.cli import serve as serving
from emulator.cli.main import main
from emulator.kernel.errors import Refused
from emulator.runtime.servers import Served

pytestmark = pytest.mark.heavy

STAGES = {
    "the world": (serving, "hold"),
    "the ports of the routers": (serving, "router_sockets"),
    "the servers": (serving, "Served"),
    "their start": (Served, "start"),
}
"""Stages at which it can fail, and the function that is made to."""


@pytest.mark.parametrize("there", [False, True], ids=["new world", "world that is there"])
@pytest.mark.parametrize("stage", STAGES)
def test_no_socket_stays_open(
    stage: str, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world"
    if there:
        assert main(["bench", "--world", str(world), "-c", "status"]) == 0

    def fail(*_: object, **__: object) -> None:
        raise Refused("it fails here")

    monkeypatch.setattr(*STAGES[stage], fail)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        unclosed: list[object] = []
        monkeypatch.setattr("sys.unraisablehook", lambda told: unclosed.append(told.exc_value))
        assert main(["serve", "--world", str(world), "--port-base", "0", "--router-port-base", "0"]) == 2
        gc.collect()
    assert unclosed == []
    assert "isrtwin: it fails here" in capsys.readouterr().err


@pytest.mark.parametrize("there", [False, True], ids=["new world", "world that is there"])
def test_a_port_in_use_is_told_with_the_router(there: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = tmp_path / "world"
    if there:
        assert main(["bench", "--world", str(world), "-c", "status"]) == 0
    with socket.socket() as taken:
        taken.bind(("127.1.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = f"cannot serve R1 (127.1.0.1) by SSH at port {port}: Address already in use"
        assert main(["serve", "--world", str(world), "--port-base", "0", "--router-port-base", str(port)]) == 2
    assert told in capsys.readouterr().err
    assert world.exists() == there
