"""scrapli 2026 by SSH (OpenSSH and libssh2) and Telnet."""

from contextlib import suppress
from typing import TypeAlias

from scrapli import (
    AuthOptions,
    Cli,
    LookupKeyValue,
    TransportBinOptions,
    TransportSsh2Options,
    TransportTelnetOptions,
)
from scrapli.exceptions import ScrapliException

from tests.clients.matrix import lab

Transport: TypeAlias = TransportBinOptions | TransportSsh2Options | TransportTelnetOptions


def client(router: lab.Router, transport: Transport | None = None, port: int = 0) -> Cli:
    return Cli(
        host=router.address,
        port=port or router.ssh,
        definition_file_or_name="cisco_iosxe",
        auth_options=AuthOptions(
            username=lab.USER, password=lab.PASSWORD, lookups=[LookupKeyValue("enable", lab.ENABLE)]
        ),
        transport_options=transport
        or TransportBinOptions(ssh_config_path=f"{router.inventory}/ssh_config", enable_strict_key=False),
    )


def connect(router: lab.Router) -> Cli:
    at = client(router)
    at.open()
    return at


def upgrade(router: lab.Router) -> None:
    at = connect(router)
    lab.level_is(at.send_input(lab.SHOW_LEVEL).result, lab.BEFORE)
    assert lab.INSTALLED in at.send_input(router.install).result
    lab.did("install")
    told = at.send_prompted_input(lab.BOOT_LEVEL, lab.ACCEPT, "", "yes", requested_mode="configuration").result
    assert lab.ACCEPT in told, told
    lab.did("EULA")
    at.enter_mode("privileged_exec")
    assert "[OK]" in at.send_input("write memory").result
    at.write_and_return("reload")
    at.write_and_return("")
    with suppress(ScrapliException, ValueError):  # the client has no name for the end of a connection
        while True:
            at.read()
    lab.did("reload")
    at = lab.until_up(lambda: connect(router), (ScrapliException, OSError))
    lab.did("reconnect")
    lab.level_is(at.send_input(lab.SHOW_LEVEL).result, lab.AFTER)
    at.close()
    lab.did("level after")


def _configure(router: lab.Router, transport: Transport, port: int, text: str) -> None:
    with client(router, transport, port) as at:
        told = at.send_inputs(["interface Vlan1", f"description {text}"], requested_mode="configuration")
        assert "%" not in told.result, told.result
        at.enter_mode("privileged_exec")
        assert f"description {text}" in at.send_input("show running-config interface Vlan1").result
        lab.did("show and configure")


def libssh2(router: lab.Router) -> None:
    _configure(router, TransportSsh2Options(), router.ssh, "by libssh2")


def telnet(router: lab.Router) -> None:
    _configure(router, TransportTelnetOptions(), router.telnet, "by Telnet")


if __name__ == "__main__":
    lab.main("scrapli", {act.__name__: act for act in (upgrade, libssh2, telnet)})
