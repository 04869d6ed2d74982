"""pyATS: Unicon by SSH and at the console port, and the parsers of Genie."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pyats.topology import Device, loader
from unicon.core.errors import ConnectionError as UniconConnectionError
from unicon.core.errors import SubCommandFailure
from unicon.eal.dialogs import Dialog, Statement

from tests.clients.matrix import lab

PARSED = ("show interfaces", "show ip interface brief", "show inventory", "show running-config", "show clock")

SETTINGS = {"POST_DISCONNECT_WAIT_SEC": 0, "GRACEFUL_DISCONNECT_WAIT_SEC": 0, "POST_RELOAD_WAIT": 2}
"""Pauses of Unicon that are for hardware."""


def connect(router: lab.Router, via: str, folder: str) -> Device:
    device = loader.load(f"{router.inventory}/pyats/testbed.yaml").devices[router.name]
    device.connect(via=via, log_stdout=False, logfile=str(Path(folder, f"{via}.log")), settings=SETTINGS)
    return device


def shown(device: Device) -> str:
    return str(device.execute(lab.SHOW_LEVEL))


def upgrade(router: lab.Router) -> None:
    with TemporaryDirectory() as folder:
        at = connect(router, "console", folder)
        assert at.parse("show version")["version"]["license_level"] == lab.BEFORE
        assert lab.INSTALLED in at.execute(router.install, timeout=60)
        lab.did("install")
        accept = Dialog([Statement(r"ACCEPT\? \[yes/no\]:", "sendline(yes)", loop_continue=True)])
        at.configure(lab.BOOT_LEVEL, reply=accept)
        lab.did("EULA")
        assert "[OK]" in at.execute("write memory")
        at.reload(timeout=lab.PATIENCE, prompt_recovery=True)
        lab.did("reload")
        level = at.parse("show version")["version"]["license_level"]
        assert level == lab.AFTER, level
        at.disconnect()
        at = lab.until_up(lambda: connect(router, "cli", folder), (UniconConnectionError, SubCommandFailure))
        lab.did("reconnect")
        lab.level_is(shown(at), lab.AFTER)
        at.disconnect()
        lab.did("level after")


def parsers(router: lab.Router) -> None:
    with TemporaryDirectory() as folder:
        at = connect(router, "cli", folder)
        assert at.parse("show version")["version"]["hostname"] == router.name
        for command in PARSED:
            assert at.parse(command), command
        lab.did(f"{len(PARSED) + 1} screens by Genie's parsers")
        at.configure("interface Vlan1\n description by Unicon")
        assert "description by Unicon" in at.execute("show running-config interface Vlan1")
        at.disconnect()
        lab.did("configure")


if __name__ == "__main__":
    lab.main("pyats unicon genie", {act.__name__: act for act in (upgrade, parsers)})
