"""Inventory: devices that are added by UDI or deleted, their groups, credential sets and users.

C: a device may be added by its UDI alone, for networks that cannot be reached, and be in several groups.
"""

import json
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import Udi
from emulator.manager.access import require_members
from emulator.manager.access_entities import Listed
from emulator.manager.context import LOCAL_USER, ManagerContext
from emulator.manager.discovery import check_groups
from emulator.manager.entities import CredentialSet, DeviceGroup, ManagedDevice, ManagerUser, TrailEntry
from emulator.manager.names import check_free, check_name
from emulator.manager.roles import ManagerAction, ManagerRole
from emulator.manager.store.devices import SORTS, DeviceFilter
from emulator.manager.store.records import ManagerRecords

LONGEST_SECRET = 256
"""Longest password of a credential set, in characters."""


def add_devices(context: ManagerContext, udis: Iterable[Udi], group: str = "") -> list[Udi]:
    """Add devices by UDI; returns those that were not known before.

    Raises:
        NotAllowed: the user may not add devices.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.CREATE_DEVICES)
    now, new = context.now(), []
    with context.database.writing() as records:
        check_groups(records, [group])
        wanted = list(dict.fromkeys(udis))
        for udi in wanted:
            if records.devices.find(udi) is None:
                records.devices.keep(ManagedDevice(udi, now))
                context.record(records, "add", str(udi), "added by its UDI")
                new.append(udi)
        if group:
            records.devices.join(group, wanted)
    return new


def delete_devices(context: ManagerContext, udis: Iterable[Udi]) -> int:
    """Delete devices; returns how many there were.

    Raises:
        NotAllowed: the user may not delete devices.
    """
    context.require(ManagerAction.DELETE_DEVICES)
    deleted = 0
    with context.database.writing() as records:
        for udi in dict.fromkeys(udis):
            if records.devices.drop([udi]):
                context.record(records, "delete", str(udi), "deleted")
                deleted += 1
    return deleted


def list_devices(
    context: ManagerContext, chosen: DeviceFilter, *, offset: int = 0, limit: int | None = None, sort: str = "udi"
) -> tuple[Sequence[ManagedDevice], int]:
    """Return a part of the devices of a choice, and the number of all of them.

    Args:
        context: on whose behalf.
        chosen: which.
        offset: devices to pass over.
        limit: devices to return at most; None for all.
        sort: a column, of `store.devices.SORTS`, and a minus before it for the other direction.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: there is no such group or column.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        check_groups(records, [chosen.group])
        if sort.removeprefix("-") not in SORTS:
            raise UnknownName("column", sort, SORTS)
        found = records.devices.choose(chosen, offset=offset, limit=limit, sort=sort)
        return found, records.devices.count(chosen)


def choose_udis(context: ManagerContext, chosen: DeviceFilter) -> list[Udi]:
    """List the UDIs of all devices of a choice, in order.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        check_groups(records, [chosen.group])
        return records.devices.udis(chosen)


def list_levels(context: ManagerContext) -> list[str]:
    """List the levels that devices run, by name.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return [level for level in records.devices.levels() if level]


def show_device(context: ManagerContext, udi: Udi) -> tuple[ManagedDevice, list[str]]:
    """Return a device and the groups that it is in.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: there is no such device.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        if (device := records.devices.find(udi)) is None:
            raise UnknownName("device", str(udi), nearby(records, udi))
        return device, records.devices.groups_of(udi)


def device_history(
    context: ManagerContext, udi: Udi, *, offset: int = 0, limit: int = 100
) -> tuple[Sequence[TrailEntry], int]:
    """Return a part of what was done to a device, the latest first, and the number of all such acts.

    I: a user who may read devices may read their history; the whole trail is an Admin's.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return records.history(str(udi), offset=offset, limit=limit)


def keep_group(context: ManagerContext, group: DeviceGroup) -> None:
    """Add a group, or change which credential sets and transports are tried at its devices.

    Raises:
        NotAllowed: the user may not manage groups.
        Refused: the name is malformed.
        UnknownName: there is no such credential set.
    """
    context.require(ManagerAction.MANAGE_GROUPS)
    check_name("group", group.name)
    if group.credentials:
        context.credential_sets(group.credentials)
    with context.database.writing() as records:
        seen, taken = ((each.name for each in some.groups()) for some in (records, records.whole))
        check_free("group", group.name, seen, taken)
        records.keep_group(group)
        told = f"credentials {', '.join(group.credentials) or 'all'}"
        if group.transports:
            told += f", transports {', '.join(map(str, group.transports))}"
        context.record(records, "group", group.name, told)


def rename_group(context: ManagerContext, name: str, new: str) -> None:
    """Give a group another name; policies for it go with it.

    Raises:
        NotAllowed: the user may not manage groups.
        Refused: the new name is malformed or taken, or a schedule or an open job names the group.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.MANAGE_GROUPS)
    check_name("group", new)
    with context.database.writing() as records:
        check_groups(records, [name])
        whole = records.whole
        check_free("group", new, (), (each.name for each in whole.groups()))
        named = f'"group":{json.dumps(name)}'
        for schedule in whole.jobs.schedules():
            if named in schedule.arguments:
                raise Refused(f"a schedule names group '{name}'; delete it first, and make it again")
        if any(named in job.arguments for job in whole.jobs.choose(open_only=True)):
            raise Refused(f"a job that is not over names group '{name}'; wait until it is, or kill it")
        records.rename_group(name, new)
        context.record(records, "group", name, f"is {new} now")


def delete_group(context: ManagerContext, name: str) -> None:
    """Delete a group; its devices stay.

    Raises:
        NotAllowed: the user may not manage groups.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.MANAGE_GROUPS)
    require_members(context, Listed.GROUP, name)
    with context.database.writing() as records:
        check_groups(records, [name])
        records.drop_group(name)
        context.record(records, "group", name, "deleted")


def change_members(context: ManagerContext, group: str, udis: Iterable[Udi], *, join: bool) -> None:
    """Put devices into a group, or take them out of it.

    Raises:
        NotAllowed: the user may not manage groups.
        UnknownName: there is no such group or device.
    """
    context.require(ManagerAction.MANAGE_GROUPS)
    require_members(context, Listed.GROUP, group)
    wanted = list(dict.fromkeys(udis))
    with context.database.writing() as records:
        check_groups(records, [group])
        for udi in wanted:
            if records.devices.find(udi) is None:
                raise UnknownName("device", str(udi), nearby(records, udi))
        (records.devices.join if join else records.devices.leave)(group, wanted)
        for udi in wanted:
            context.record(records, "group", str(udi), f"{'joined' if join else 'left'} {group}")


def list_groups(context: ManagerContext) -> list[tuple[DeviceGroup, int]]:
    """List the groups by name, each with the number of its devices.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        sizes = records.devices.sizes()
        return [(group, sizes.get(group.name, 0)) for group in records.groups()]


def keep_credentials(context: ManagerContext, credentials: CredentialSet) -> None:
    """Add a credential set, or replace the one of its name.

    Raises:
        NotAllowed: the user may not manage credentials.
        Refused: the name, the user or a password is malformed.
    """
    context.require(ManagerAction.MANAGE_CREDENTIALS)
    check_name("credential set", credentials.name)
    check_name("user at the devices", credentials.user)
    for secret in (credentials.password, credentials.enable):
        if len(secret) > LONGEST_SECRET or not all(" " <= character <= "~" for character in secret):
            raise Refused(f"a password has at most {LONGEST_SECRET} characters, all of them printable ASCII")
    with context.database.writing() as records:
        records.keep_credentials(credentials)
        context.record(records, "credentials", credentials.name, f"user {credentials.user}")


def list_credentials(context: ManagerContext) -> list[tuple[str, str]]:
    """List the names of the credential sets, each with its user at the devices; no password.

    Raises:
        NotAllowed: the user may not manage credentials.
    """
    context.require(ManagerAction.MANAGE_CREDENTIALS)
    with context.database.reading() as records:
        return records.credential_users()


def delete_credentials(context: ManagerContext, name: str) -> None:
    """Delete a credential set, also out of the groups that try it.

    Raises:
        NotAllowed: the user may not manage credentials.
        UnknownName: there is no such set.
    """
    context.require(ManagerAction.MANAGE_CREDENTIALS)
    with context.database.writing() as records:
        if not records.drop_credentials(name):
            raise UnknownName("credential set", name, (each for each, _ in records.credential_users()))
        for group in records.groups():
            if name in group.credentials:
                rest = tuple(each for each in group.credentials if each != name)
                records.keep_group(replace(group, credentials=rest))
        records.devices.forget_credentials(name)
        context.record(records, "credentials", name, "deleted")


def keep_user(context: ManagerContext, user: ManagerUser) -> None:
    """Add a user, or give one another role.

    Raises:
        NotAllowed: the acting user may not manage users.
        Refused: the name is malformed, or that of the local user.
    """
    context.require(ManagerAction.MANAGE_USERS)
    check_name("user", user.name)
    if user.name == LOCAL_USER:
        raise Refused(f"'{LOCAL_USER}' is who works on the manager's host, and always {ManagerRole.ADMIN}")
    with context.database.writing() as records:
        records.keep_user(user)
        context.record(records, "user", user.name, f"role {user.role}")


def delete_user(context: ManagerContext, name: str) -> None:
    """Delete a user.

    Raises:
        NotAllowed: the acting user may not manage users.
        UnknownName: there is no such user.
    """
    context.require(ManagerAction.MANAGE_USERS)
    with context.database.writing() as records:
        if not records.drop_user(name):
            raise UnknownName("user", name, (each.name for each in records.users()))
        records.drop_tokens(name)
        context.record(records, "user", name, "deleted")


def list_users(context: ManagerContext) -> list[ManagerUser]:
    """List the users by name.

    Raises:
        NotAllowed: the acting user may not manage users.
    """
    context.require(ManagerAction.MANAGE_USERS)
    with context.database.reading() as records:
        return records.users()


def read_trail(context: ManagerContext, *, limit: int, text: str = "") -> Sequence[TrailEntry]:
    """List the latest entries of the audit trail, oldest first.

    Raises:
        NotAllowed: the user may not read it.
    """
    context.require(ManagerAction.READ_TRAIL)
    with context.database.reading() as records:
        return records.trail(limit=limit, text=text)


def nearby(records: ManagerRecords, udi: Udi) -> list[str]:
    """List devices that may be meant by one that is not known: those of its factory, a thousand at most."""
    site = DeviceFilter(text=f":{udi.serial[:3]}")
    return [str(each.udi) for each in records.devices.choose(site, limit=1_000)]
