"""Access: which part of the tree a manager may read and write (RFC 3415), by the running configuration.

R: `snmp-server community NAME [view VIEW] [RO|RW] [ACCESS-LIST]`; without a word it is read-only; the list decides by
the manager's address, and a request that it denies is not answered. The access list may be one that does not exist,
which lets all addresses in. R: a user of version 3 has what a line of its group gives to the level of the message or a
lower one; a group without a view reads everything and writes nothing. I: a user or group whose access list denies the
address is one without access.
"""

from collections.abc import Iterator

import msgspec

from emulator.console.line.admission import permits
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.snmp_groups import LEVELS, Security, SnmpGroup, configured_groups
from emulator.router.network.snmp_identity import engine_id
from emulator.router.network.snmp_users import SnmpUsers
from emulator.router.snmp_user import SnmpUser
from emulator.snmp.principals import Principal
from emulator.snmp.requests import Version
from emulator.snmp.values import Oid
from emulator.snmp.views import EVERYTHING, NOTHING, View, configured_view

COMMUNITY = "snmp-server community "


class Access(msgspec.Struct, frozen=True):
    """The parts of the tree that a manager may read and write."""

    read: View
    write: View


def is_enabled(router: Router) -> bool:
    """Tell whether the agent of a running router runs: the first line of `snmp-server` starts it (R)."""
    lines = router.configuration.lines.values()
    return any(line.startswith("snmp-server ") for line in lines) or bool(router.running.snmp.users)


def community_access(configuration: Configuration, community: str, peer: str) -> Access | None:
    """Return what a community gives a manager at an address; None: it is unknown, or not for that address."""
    line = configuration.lines.get(COMMUNITY + community)
    if line is None or not community or " " in community:
        return None
    words = line.removeprefix(COMMUNITY).split()[1:]
    view = EVERYTHING
    if words[:1] == ["view"]:
        view = configured_view(configuration, words[1])
        del words[:2]
    writable = False
    if words and words[0].upper() in {"RO", "RW"}:
        writable = words.pop(0).upper() == "RW"
    if words[:1] == ["ipv6"]:
        del words[:2]
    if words and not permits(configuration, words[0], peer):
        return None
    return Access(view, view if writable else NOTHING)


def user_access(router: Router, principal: Principal) -> Access | None:
    """Return what a user of version 3 may do in a context; None: it is not let in."""
    user = SnmpUsers(router).find(principal.name, engine_id(router))
    if user is None or not permits(router.configuration, user.access_list, principal.peer):
        return None
    group = _best(router.configuration, user, principal.security, principal.context)
    if group is None or not permits(router.configuration, group.access_list, principal.peer):
        return None
    read, write = (configured_view(router.configuration, view) for view in (group.read, group.write))
    return Access(read if group.read else EVERYTHING, write)


def access_of(router: Router, principal: Principal) -> Access | None:
    """Return what a manager of a running router may read and write; None: it is not let in."""
    if principal.version is Version.V3:
        return user_access(router, principal)
    return community_access(router.configuration, principal.name, principal.peer)


def is_notified(router: Router, user: SnmpUser, security: Security, notification: Oid) -> bool:
    """Tell whether a user is told of a notification; a group without a view for them is told of all (I)."""
    group = _best(router.configuration, user, security, "")
    return group is not None and (
        not group.notify or notification in configured_view(router.configuration, group.notify)
    )


def has_context(configuration: Configuration, name: str) -> bool:
    """Tell whether there is a context; the one without a name is always there."""
    return not name or f"snmp-server context {name}" in configuration.lines.values()


def _best(configuration: Configuration, user: SnmpUser, security: Security, context: str) -> SnmpGroup | None:
    """The line of the user's group for the highest level that a message of a level may use; the exact context first."""
    found = list(_fitting(configuration, user.group, security, context))
    return max(found, key=lambda group: (group.context == context, LEVELS.index(group.security)), default=None)


def _fitting(configuration: Configuration, name: str, security: Security, context: str) -> Iterator[SnmpGroup]:
    for group in configured_groups(configuration):
        fits = context.startswith(group.context) if group.by_prefix else context == group.context
        if group.name == name and fits and LEVELS.index(group.security) <= LEVELS.index(security):
            yield group
