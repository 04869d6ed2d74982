"""Tables of the SNMP agent: communities, engines, users, groups, views, hosts (R: forms)."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.interface_numbers import interface_numbers
from emulator.router.network.snmp_groups import configured_groups
from emulator.router.network.snmp_hosts import TRAP_PORT, snmp_hosts
from emulator.router.network.snmp_identity import engine_id
from emulator.router.network.snmp_users import SnmpUsers
from emulator.router.network.views import interface_names

NO_VIEW = {
    "read": "<no readview specified>",
    "write": "<no writeview specified>",
    "notify": "<no notifyview specified>",
}
VERSIONS = {"v1", "v2c"}
DEFAULT_VIEW = "v1default"
PERMANENT_VIEWS = (
    (DEFAULT_VIEW, "iso", "included"),
    (DEFAULT_VIEW, "internet.6.3.15", "excluded"),
    (DEFAULT_VIEW, "internet.6.3.16", "excluded"),
    (DEFAULT_VIEW, "internet.6.3.18", "excluded"),
)
"""Views that are there without a line: name, subtree, and whether it is included (R)."""


def show_communities(configuration: Configuration) -> str:
    """Screen of `show snmp community`."""
    blocks = [f"{_community('ILMI', 'cisco0')}storage-type: read-only\t active\n\n"]
    for words in _lines(configuration, "community"):
        listed = f"\taccess-list: {words[-1]}" if words[2:] and words[-1].upper() not in {"RO", "RW"} else ""
        blocks.append(f"{_community(words[0], words[0])}storage-type: nonvolatile\t active{listed}\n\n")
    return "".join(blocks)


def _community(name: str, index: str) -> str:
    return f"\nCommunity name: {name}\nCommunity Index: {index}\nCommunity SecurityName: {name}\n"


def show_users(router: Router) -> str:
    """Screen of `show snmp user`: users of version 3, of this engine and of others."""
    blocks = []
    for user in SnmpUsers(router).every:
        listed = f"\taccess-list: {user.access_list}" if user.access_list else ""
        blocks.append(
            f"\nUser name: {user.name}\nEngine ID: {user.engine}\nstorage-type: nonvolatile\t active{listed}\n"
            f"Authentication Protocol: {user.digest.upper() if user.digest else 'None'}\n"
            f"Privacy Protocol: {user.cipher.upper() if user.cipher else 'None'}\nGroup-name: {user.group}\n"
        )
    return "".join(blocks) + ("\n" if blocks else "")


def show_groups(configuration: Configuration) -> str:
    """Screen of `show snmp group`: the groups of communities and those of the configuration."""
    text = ""
    for words in _lines(configuration, "community"):
        write = DEFAULT_VIEW if "RW" in {word.upper() for word in words} else NO_VIEW["write"]
        for version in ("v1", "v2c"):
            text += _group(words[0], version, {"read": DEFAULT_VIEW, "write": write})
    for words in _lines(configuration, "group"):
        if words[1:] and words[1] in VERSIONS:
            named = {kind: view for kind, view in dict(pairwise(words)).items() if kind in NO_VIEW}
            text += _group(words[0], words[1], {"read": DEFAULT_VIEW, **named})
    for group in configured_groups(configuration):
        views = {"read": group.read or DEFAULT_VIEW, "write": group.write, "notify": group.notify}
        text += _group(group.name, f"v3 {group.security}", views, group.context)
    return text


def _group(name: str, model: str, views: Mapping[str, str], context: str = "") -> str:
    read, write, notify = (views.get(kind) or text for kind, text in NO_VIEW.items())
    return (
        f"groupname: {name:<33s}security model:{model} \n"
        f"contextname: {context or '<no context specified>':<31s}storage-type: nonvolatile\n"
        f"readview : {read:<33s}writeview: {write:<31s}\n"
        f"notifyview: {notify:<31s}\n"
        "row status: active\n\n"
    )


def show_hosts(configuration: Configuration) -> str:
    """Screen of `show snmp host`."""
    return "".join(
        f"Notification host: {host.address}\tudp-port: {host.port}\ttype: {'inform' if host.informs else 'trap'}\n"
        f"user: {host.user}\tsecurity model: v{host.version}{f' {host.security}' if host.version == '3' else ''}\n\n"
        for host in snmp_hosts(configuration)
    )


def show_engines(router: Router) -> str:
    """Screen of `show snmp engineID`: that of the router, and those of managers that acknowledge informs."""
    text = f"Local SNMP engineID: {engine_id(router)}\nRemote Engine ID          IP-addr    Port\n"
    for words in _lines(router.configuration, "engineID"):
        if words[0] == "remote":
            port = words[3] if words[2] == "udp-port" else str(TRAP_PORT)
            text += f"{words[-1]}  {words[1]} {port}\n"
    return text


def show_views(configuration: Configuration) -> str:
    """Screen of `show snmp view`: the views that are always there, and those of the configuration."""
    text = "".join(_view(*row, "permanent") for row in PERMANENT_VIEWS)
    for words in _lines(configuration, "view"):
        text += _view(words[0], words[1], words[2], "nonvolatile")
    return text


def _view(name: str, tree: str, how: str, storage: str) -> str:
    return f"{name} {tree} - {how} {storage} active\n"


def show_contexts(configuration: Configuration) -> str:
    """Screen of `show snmp context`."""
    return "".join(f"{words[0]}\n" for words in _lines(configuration, "context"))


def show_interface_numbers(router: Router, wanted: str | None = None) -> str:
    """Screen of the numbers by which managers know the interfaces, by name."""
    found = interface_numbers(router)
    names = [name for name in interface_names(router) if name in found and wanted in {None, name}]
    if wanted is not None:
        return "".join(f"Interface = {name}, Ifindex = {found[name]}\n" for name in names)
    return "".join(f"{name}: Ifindex = {found[name]}\n" for name in names)


def _lines(configuration: Configuration, what: str) -> Iterator[list[str]]:
    for line in configuration.lines.values():
        words = line.split()
        if words[:2] == ["snmp-server", what] and words[2:]:
            yield words[2:]
