"""The routers of a served world as files of the programs that automate routers: ssh_config, Ansible, Nornir, pyATS.

The files work as they are, which the tests with these programs prove. They are readable by their owner alone, for they
hold the passwords that are known. Host keys are not checked: the routers are on this machine, and another world at the
same addresses has other keys.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from emulator.kernel.errors import Refused
from emulator.runtime.credentials import Credentials
from emulator.runtime.extras import needs_serve

with needs_serve():
    from emulator.console.configuration.ssh_algorithms import HOST_KEY, offers

InventoryTree = Mapping[str, object]


class InventoryHost(msgspec.Struct, frozen=True):
    """A router as a client needs to know it: its name, its address, its ports, and who may log in."""

    name: str
    address: str
    ssh: int
    telnet: int
    console: int
    login: Credentials


def prepare(folder: Path) -> None:
    """Make the folder of an inventory that will be written.

    Raises:
        Refused: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused(f"the inventory cannot be written: {error.filename}: {error.strerror}") from error


def write_inventory(folder: Path, hosts: Sequence[InventoryHost]) -> None:
    """Write the files of all programs.

    Args:
        folder: made if it is not there; files of an earlier call are replaced.
        hosts: the routers.

    Raises:
        Refused: a file cannot be written.
    """
    folder = folder.absolute()
    prepare(folder)
    try:
        for name, text in FILES.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(text(folder, hosts), encoding="utf-8")
    except OSError as error:
        raise Refused(f"the inventory cannot be written: {error.filename}: {error.strerror}") from error


def without_password(hosts: Iterable[InventoryHost]) -> list[str]:
    """The routers of which no log-in with its password is known."""
    return [host.name for host in hosts if host.login.password is None]


# --- ssh_config ------------------------------------------------------------------------------------------------


def _ssh_config(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    del folder
    options = {
        "KexAlgorithms": _added(offer.key_exchange for offer in offers()),
        "Ciphers": _added(offer.ciphers for offer in offers()),
        "MACs": _added(offer.macs for offer in offers()),
        "HostKeyAlgorithms": f"+{HOST_KEY}",
        "PubkeyAcceptedAlgorithms": f"+{HOST_KEY}",
        "StrictHostKeyChecking": "no",
        "UserKnownHostsFile": "/dev/null",
        "LogLevel": "ERROR",
    }
    lines = []
    for host in hosts:
        own: dict[str, object] = {"HostName": host.address, "Port": host.ssh}
        if host.login.user:
            own["User"] = host.login.user
        lines.append(f"Host {host.name} {host.address}")
        lines += [f"    {name} {value}" for name, value in {**own, **options}.items()]
    return "".join(f"{line}\n" for line in lines)


def _added(lists: Iterable[Sequence[str]]) -> str:
    """Algorithms to be added to those of the client, each once."""
    return "+" + ",".join(dict.fromkeys(name for names in lists for name in names))


# --- Ansible ---------------------------------------------------------------------------------------------------


def _ansible_settings(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    del hosts
    return (
        f"[defaults]\ninventory = {folder / 'ansible' / 'hosts.yaml'}\nhost_key_checking = False\n"
        "retry_files_enabled = False\n"
    )


LIBSSH_KEY_EXCHANGE = "diffie-hellman-group14-sha1"
"""Key exchange of the routers that libssh still knows; its ciphers it takes from `~/.ssh/config` alone, so a release
before 15.4 is for Paramiko, or for an `Include` there."""


def _ansible_hosts(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    del folder
    shared = {
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_network_os": "cisco.ios.ios",
        "ansible_host_key_checking": False,
        "ansible_network_cli_ssh_type": "paramiko",
        "ansible_libssh_publickey_algorithms": HOST_KEY,
        "ansible_libssh_hostkeys": HOST_KEY,
        "ansible_libssh_key_exchange_algorithms": LIBSSH_KEY_EXCHANGE,
        "ansible_become": True,
        "ansible_become_method": "ansible.netcommon.enable",
    }
    own = {
        host.name: _known(
            ansible_host=host.address,
            ansible_port=host.ssh,
            ansible_user=host.login.user or None,
            ansible_password=host.login.password,
            ansible_become_password=host.login.enable,
        )
        for host in hosts
    }
    return _yaml({"all": {"children": {"routers": {"hosts": own, "vars": shared}}}})


# --- Nornir ----------------------------------------------------------------------------------------------------


def _nornir_settings(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    del hosts
    files = {f"{part}_file": str(folder / "nornir" / f"{part}s.yaml") for part in ("host", "group")}
    return _yaml({"inventory": {"plugin": "SimpleInventory", "options": files}, "logging": {"enabled": False}})


def _nornir_hosts(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    del folder

    def options(host: InventoryHost) -> InventoryTree:
        enable = host.login.enable
        return {
            "napalm": {"platform": "ios", "extras": {"optional_args": _known(port=host.ssh, secret=enable)}},
            "netmiko": {"platform": "cisco_ios", "extras": _known(secret=enable)},
        }

    return _yaml(
        {
            host.name: _known(
                hostname=host.address,
                port=host.ssh,
                username=host.login.user or None,
                password=host.login.password,
                groups=["routers"],
                connection_options=options(host),
            )
            for host in hosts
        }
    )


def _nornir_groups(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    del folder, hosts
    return _yaml({"routers": {"platform": "ios"}})


# --- pyATS -----------------------------------------------------------------------------------------------------


def _pyats_testbed(folder: Path, hosts: Sequence[InventoryHost]) -> str:
    config = folder / "ssh_config"

    def device(host: InventoryHost) -> InventoryTree:
        login = _known(username=host.login.user or None, password=host.login.password)
        credentials = {"default": login, **({"enable": {"password": host.login.enable}} if host.login.enable else {})}
        at: InventoryTree = {"ip": host.address, "arguments": {"learn_hostname": True}}
        return {
            "os": "ios",
            "type": "router",
            "credentials": credentials,
            "connections": {
                "cli": {"protocol": "ssh", "port": host.ssh, "ssh_options": f"-F {config}", **at},
                "console": {"protocol": "telnet", "port": host.console, **at},
            },
        }

    return _yaml({"testbed": {"name": "isrtwin"}, "devices": {host.name: device(host) for host in hosts}})


# --- all of them -----------------------------------------------------------------------------------------------

FILES: dict[str, Callable[[Path, Sequence[InventoryHost]], str]] = {
    "ssh_config": _ssh_config,
    "ansible/ansible.cfg": _ansible_settings,
    "ansible/hosts.yaml": _ansible_hosts,
    "nornir/config.yaml": _nornir_settings,
    "nornir/hosts.yaml": _nornir_hosts,
    "nornir/groups.yaml": _nornir_groups,
    "pyats/testbed.yaml": _pyats_testbed,
}
"""Writers of the files, by the name of each in the folder."""


def _known(**values: object) -> dict[str, object]:
    """The values that there are."""
    return {name: value for name, value in values.items() if value is not None}


def _yaml(tree: InventoryTree) -> str:
    from ruamel.yaml import YAML

    text = io.StringIO()
    YAML().dump(tree, text)
    return text.getvalue()
