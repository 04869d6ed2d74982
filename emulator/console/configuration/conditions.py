"""Conditions for a line of the language to exist: level, release, and kind of interface or line.

A line that the running level or release does not contain is unknown to the parser, as every command (I). Conditions
of one name are one object, for the grammar sums them up by identity.
"""

import re
from functools import cache, lru_cache
from typing import Any

from emulator.console.configuration.rows import Row
from emulator.grammar import ALWAYS, Condition
from emulator.hardware.platform import Platform
from emulator.images.manifest import ImageManifest
from emulator.router.device import Router


@cache
def feature(name: str) -> Condition:
    """Build the condition that the running level contains a feature."""
    return Condition(f"feature {name}", lambda session: session.has_feature(name))


AGREEMENT_FOR_ALL = Condition(
    "release with an agreement for all", lambda session: session.router.manifest.dialect.license_agreement_for_all
)
STORE_EXPANSION = Condition(
    "release with an expandable store", lambda session: session.router.manifest.dialect.license_expand_nvram
)

VIRTUAL = {
    "Loopback": "loopback",
    "Tunnel": "tunnel",
    "Dialer": "dialer",
    "BVI": "bvi",
    "Virtual-Template": "virtual-template",
    "Virtual-PPP": "virtual-ppp",
    "Null": "null",
    "Vlan": "vlan",
}
"""Prefixes of the interfaces that the configuration makes, with their kinds."""


def condition(row: Row) -> Condition:
    """Build the condition of a row's commands."""
    return _condition(row.feature, row.since, row.until, row.kinds, row.unless)


@cache
def _condition(name: str, since: str, until: str, kinds: tuple[str, ...], unless: tuple[str, ...]) -> Condition:
    found = ALWAYS
    if name:
        found = found & feature(name)
    if since:
        found = found & from_release(since)
    if until:
        found = found & ~from_release(until)
    if kinds or unless:
        found = found & _kinds(kinds, unless)
    return found


def applies(row: Row, router: Router, subject: str) -> bool:
    """Tell whether a row applies, without a session; `subject` is the header of the section that the row stands in."""
    if row.feature and not router.has_feature(row.feature):
        return False
    if row.since and not is_since(router.manifest, row.since):
        return False
    if row.until and is_since(router.manifest, row.until):
        return False
    return not (row.kinds or row.unless) or _has_kind(router.platform, subject, row.kinds, row.unless)


def is_since(manifest: ImageManifest, release: str) -> bool:
    """Tell whether an image is of that release or a later one."""
    return _numbers(manifest.version if "(" in release else manifest.release) >= _numbers(release)


def kind_of(platform: Platform, subject: str) -> str:
    """Kind of a section's subject: `con`, `aux` or `vty`, a routing protocol, the kind of an interface."""
    what, _, name = subject.partition(" ")
    if what in {"line", "router"}:
        return name.partition(" ")[0]
    if what != "interface":
        return ""
    if "." in name:
        return "sub-interface"
    kind = next((each.kind for each in platform.interfaces if each.name == name), None)
    return kind or VIRTUAL.get(name.rstrip("0123456789/"), "")


def _has_kind(platform: Platform, subject: str, kinds: tuple[str, ...], unless: tuple[str, ...]) -> bool:
    kind = kind_of(platform, subject)
    return (not kinds or kind in kinds) and kind not in unless


@cache
def from_release(release: str) -> Condition:
    """Build the condition that the image is of a release or a later one."""
    return Condition(f"release {release}", lambda session: is_since(session.router.manifest, release))


@cache
def _kinds(kinds: tuple[str, ...], unless: tuple[str, ...]) -> Condition:
    name = f"kind {', '.join(kinds)}" if kinds else f"kind not {', '.join(unless)}"

    def holds(session: Any) -> bool:
        return _has_kind(session.router.platform, session.subject, kinds, unless)

    return Condition(name, holds)


@lru_cache(maxsize=256)
def _numbers(release: str) -> tuple[int, ...]:
    """`15.4` is 15, 4; `15.4(3)M5` is 15, 4, 3, for a rebuild has what its maintenance release has."""
    return tuple(int(part) for part in re.findall(r"\d+", release.partition(")")[0]))
