"""Tables of the SNMP agent, from the configuration: communities, users, groups, hosts (R: forms)."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.snmp_hosts import snmp_hosts
from emulator.router.network.snmp_identity import engine_id

NO_VIEW = {
    "read": "<no readview specified>",
    "write": "<no writeview specified>",
    "notify": "<no notifyview specified>",
}
VERSIONS = {"v1": "v1", "v2c": "v2c", "v3": "v3"}


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
    """Screen of `show snmp user`. R: a user of version 3 is kept outside of the configuration, but told there here."""
    blocks = []
    for words in _lines(router.configuration, "user"):
        if "v3" not in words:
            continue
        how = _pairs(words)
        blocks.append(
            f"\nUser name: {words[0]}\nEngine ID: {engine_id(router)}\nstorage-type: nonvolatile\t active\n"
            f"Authentication Protocol: {how.get('auth', 'None').upper() if 'auth' in how else 'None'}\n"
            f"Privacy Protocol: {how.get('priv', '').upper() if 'priv' in how else 'None'}\nGroup-name: {words[1]}\n"
        )
    return "".join(blocks) + ("\n" if blocks else "")


def _pairs(words: list[str]) -> Mapping[str, str]:
    return dict(pairwise(words))


def show_groups(configuration: Configuration) -> str:
    """Screen of `show snmp group`: the groups of communities and those of the configuration."""
    text = ""
    for words in _lines(configuration, "community"):
        write = "v1default" if "RW" in {word.upper() for word in words} else NO_VIEW["write"]
        for version in ("v1", "v2c"):
            text += _group(words[0], version, {"read": "v1default", "write": write})
    for words in _lines(configuration, "group"):
        version = words[1] if words[1:] and words[1] in VERSIONS else "v3"
        level = f" {words[2]}" if version == "v3" and words[2:] and words[2] in {"auth", "noauth", "priv"} else ""
        text += _group(
            words[0], version + level, {kind: view for kind, view in _pairs(words).items() if kind in NO_VIEW}
        )
    return text


def _group(name: str, model: str, views: Mapping[str, str]) -> str:
    read, write, notify = (views.get(kind, text) for kind, text in NO_VIEW.items())
    return (
        f"groupname: {name:<33s}security model:{model} \n"
        f"contextname: {'<no context specified>':<31s}storage-type: nonvolatile\n"
        f"readview : {read:<33s}writeview: {write:<31s}\n"
        f"notifyview: {notify:<31s}\n"
        "row status: active\n\n"
    )


def show_hosts(configuration: Configuration) -> str:
    """Screen of `show snmp host`."""
    return "".join(
        f"Notification host: {host.address}\tudp-port: {host.port}\ttype: {'inform' if host.informs else 'trap'}\n"
        f"user: {host.user}\tsecurity model: v{host.version}\n\n"
        for host in snmp_hosts(configuration)
    )


def _lines(configuration: Configuration, what: str) -> Iterator[list[str]]:
    for line in configuration.lines.values():
        words = line.split()
        if words[:2] == ["snmp-server", what] and words[2:]:
            yield words[2:]
