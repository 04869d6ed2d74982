"""The groups of SNMPv3, by the configuration.

R: `snmp-server group NAME v3 noauth|auth|priv [context CONTEXT [match exact|prefix]] [read VIEW] [write VIEW] [notify
VIEW] [access LIST]`; a group has one line for each level and context.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from emulator.router.configuration import Configuration

Security = Literal["noauth", "auth", "priv"]
"""Levels of version 3: nothing, authenticated, and encrypted as well."""

LEVELS: tuple[Security, ...] = ("noauth", "auth", "priv")
BEGINNING = "snmp-server group "


class SnmpGroup(msgspec.Struct, frozen=True):
    """One line of a group.

    Attributes:
        by_prefix: every context that begins so is meant.
        read, write, notify: names of views; empty without one.
        access_list: decides by the address of the manager; empty: all addresses.
    """

    name: str
    security: Security
    context: str = ""
    by_prefix: bool = False
    read: str = ""
    write: str = ""
    notify: str = ""
    access_list: str = ""


def configured_groups(configuration: Configuration) -> Iterator[SnmpGroup]:
    """List the groups of version 3."""
    for line in configuration.lines.values():
        if line.startswith(BEGINNING):
            name, version, *rest = line.removeprefix(BEGINNING).split()
            if version == "v3" and rest and rest[0] in LEVELS:
                yield _read(name, LEVELS[LEVELS.index(rest[0])], dict(pairwise(rest[1:])))


def _read(name: str, security: Security, words: dict[str, str]) -> SnmpGroup:
    """Read the words behind the level, each before its value."""
    return SnmpGroup(
        name,
        security,
        words.get("context", ""),
        words.get("match") == "prefix",
        words.get("read", ""),
        words.get("write", ""),
        words.get("notify", ""),
        words.get("access", ""),
    )
