"""scrapli 2025.1.30 by SSH (OpenSSH and Paramiko) and Telnet."""

from contextlib import suppress

from scrapli.driver.core import IOSXEDriver
from scrapli.exceptions import ScrapliException

from tests.clients.matrix import lab


def connect(router: lab.Router, transport: str = "system", port: int = 0) -> IOSXEDriver:
    at = IOSXEDriver(
        host=router.address,
        port=port or router.ssh,
        auth_username=lab.USER,
        auth_password=lab.PASSWORD,
        auth_secondary=lab.ENABLE,
        auth_strict_key=False,
        ssh_config_file=f"{router.inventory}/ssh_config",
        transport=transport,
        timeout_socket=10,
        timeout_transport=30,
        timeout_ops=60,
    )
    at.open()
    return at


def upgrade(router: lab.Router) -> None:
    at = connect(router)
    lab.level_is(at.send_command(lab.SHOW_LEVEL).result, lab.BEFORE)
    assert lab.INSTALLED in at.send_command(router.install).result
    lab.did("install")
    told = at.send_interactive(
        [(lab.BOOT_LEVEL, lab.ACCEPT), ("yes", f"{router.name}(config)#")], privilege_level="configuration"
    )
    assert "EULA_ACCEPTED" in told.result or "write" in told.result, told.result
    lab.did("EULA")
    assert "[OK]" in at.send_command("write memory").result
    at.send_interactive([("reload", "[confirm]")], privilege_level="privilege_exec")
    at.channel.send_return()
    with suppress(ScrapliException):
        while True:
            at.channel.read()
    at.transport.close()
    lab.did("reload")
    at = lab.until_up(lambda: connect(router), (ScrapliException, OSError))
    lab.did("reconnect")
    lab.level_is(at.send_command(lab.SHOW_LEVEL).result, lab.AFTER)
    at.close()
    lab.did("level after")


def _configure(router: lab.Router, transport: str, port: int) -> None:
    at = connect(router, transport, port)
    told = at.send_configs(["interface Vlan1", f"description by {transport}"])
    assert not told.failed
    assert f"description by {transport}" in at.send_command("show running-config interface Vlan1").result
    at.close()
    lab.did("show and configure")


def paramiko(router: lab.Router) -> None:
    _configure(router, "paramiko", router.ssh)


def telnet(router: lab.Router) -> None:
    _configure(router, "telnet", router.telnet)


if __name__ == "__main__":
    lab.main("scrapli", {act.__name__: act for act in (upgrade, paramiko, telnet)})
