"""Views: which part of the tree a manager sees (RFC 3415). The longest subtree that an identifier lies in decides.

R: `snmp-server view NAME TREE included|excluded` takes an identifier, or the name of a well-known node with numbers
after it, and a `*` stands for any one number.
"""

from collections.abc import Iterable

from emulator.router.configuration import Configuration
from emulator.snmp.values import Oid, oid

ANY = -1
"""Number in a subtree that stands for any number."""

NODES = {
    "iso": "1",
    "dod": "1.3.6",
    "internet": "1.3.6.1",
    "mgmt": "1.3.6.1.2",
    "mib-2": "1.3.6.1.2.1",
    "system": "1.3.6.1.2.1.1",
    "interfaces": "1.3.6.1.2.1.2",
    "ifEntry": "1.3.6.1.2.1.2.2.1",
    "ip": "1.3.6.1.2.1.4",
    "icmp": "1.3.6.1.2.1.5",
    "tcp": "1.3.6.1.2.1.6",
    "udp": "1.3.6.1.2.1.7",
    "snmp": "1.3.6.1.2.1.11",
    "ifMIB": "1.3.6.1.2.1.31",
    "entityMIB": "1.3.6.1.2.1.47",
    "private": "1.3.6.1.4",
    "enterprises": "1.3.6.1.4.1",
    "cisco": "1.3.6.1.4.1.9",
    "local": "1.3.6.1.4.1.9.2",
    "lsystem": "1.3.6.1.4.1.9.2.1",
    "ciscoMgmt": "1.3.6.1.4.1.9.9",
    "snmpV2": "1.3.6.1.6",
    "snmpModules": "1.3.6.1.6.3",
}
"""Names of nodes that a view can be told by (SNMPv2-SMI, SNMPv2-MIB, IF-MIB, ENTITY-MIB, CISCO-SMI)."""


class View:
    """A part of the tree."""

    __slots__ = ("_rules", "_wild")

    def __init__(self, rules: Iterable[tuple[Oid, bool]]) -> None:
        """Make a view of subtrees, each included or excluded; `ANY` stands for every number."""
        ordered = sorted(rules, key=lambda rule: (-len(rule[0]), rule[0]))
        self._rules = [(len(subtree), subtree, included) for subtree, included in ordered]
        self._wild = any(ANY in subtree for subtree, _ in ordered)

    def __contains__(self, instance: Oid) -> bool:
        for length, subtree, included in self._rules:
            if instance[:length] == subtree or (self._wild and _matches(subtree, instance)):
                return included
        return False


SECRETS = ("1.3.6.1.6.3.15", "1.3.6.1.6.3.16", "1.3.6.1.6.3.18")
"""Users, access and communities (SNMP-USER-BASED-SM-MIB, SNMP-VIEW-BASED-ACM-MIB, SNMP-COMMUNITY-MIB)."""

DEFAULT_VIEW = "v1default"


def _matches(subtree: Oid, instance: Oid) -> bool:
    """Tell whether an instance lies in a subtree with numbers that stand for any."""
    return len(subtree) <= len(instance) and all(
        part in {ANY, number} for part, number in zip(subtree, instance, strict=False)
    )


EVERYTHING, NOTHING = View([((1,), True), *((oid(each), False) for each in SECRETS)]), View([])
"""The view of who has no other, which hides the secrets (R), and the empty one."""


def parse_subtree(text: str) -> Oid | None:
    """Read a subtree as the configuration names it; None if it names no node that is known."""
    first, _, rest = text.strip(".").partition(".")
    numbers = NODES.get(first, first)
    parts = f"{numbers}.{rest}".strip(".").split(".")
    if not all(part == "*" or (part.isascii() and part.isdecimal() and len(part) <= 10) for part in parts):
        return None
    return tuple(ANY if part == "*" else int(part) for part in parts)


def configured_view(configuration: Configuration, name: str) -> View:
    """Return a view of the running configuration; one that it does not have is empty (I)."""
    if not name:
        return NOTHING
    beginning = f"snmp-server view {name} "
    rules = []
    for line in configuration.lines.values():
        if line.startswith(beginning):
            tree, _, how = line.removeprefix(beginning).rpartition(" ")
            subtree = parse_subtree(tree)
            if subtree is not None:
                rules.append((subtree, how == "included"))
    return EVERYTHING if name == DEFAULT_VIEW and not rules else View(rules)
