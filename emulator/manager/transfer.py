"""Licenses that move: by rehost from one working device to another, and by RMA from a failed one to its replacement.

C: a rehost has three steps (permission ticket from the portal; revoked on the source, whose rehost ticket proves it;
license for the target against that ticket), and what a step gave is kept, so that a rehost that broke off goes on at
the next one. I: each step that was done, and whose outcome was lost, gives the same again: the portal an open ticket,
the source its rehost ticket, the portal the license. So none is doubled or lost, wherever it breaks off. What moved is
in the records where it is at the portal.
"""

from hashlib import sha256

from msgspec.structs import replace

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager.at_device import act_at
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import permanent_features
from emulator.manager.entities import DeviceFault, DeviceReading, Rehost, RehostStep
from emulator.manager.errors import BackEndError, DeviceError
from emulator.manager.license_files import InstalledFile, install_file
from emulator.manager.moved_licenses import keep_moved, retire
from emulator.manager.ports import DeviceSession, LicenseBackEnd
from emulator.manager.roles import ManagerAction


async def rehost(
    context: ManagerContext, back_end: LicenseBackEnd, source: Udi, target: Udi, *, accept: bool = False
) -> InstalledFile:
    """Move all licenses that can move from one device to another; one that was begun goes on where it is.

    Args:
        context: on whose behalf.
        back_end: the license portal.
        source: the device that gives its licenses up, and gets grace-period licenses for them.
        target: the device that gets them.
        accept: whether the user accepts agreements that a device asks for.

    Raises:
        NotAllowed: the user may not deploy licenses.
        Refused: both are the same device.
        BackEndError: the portal refuses or does not answer; what was done until then is kept.
    """
    context.require(ManagerAction.DEPLOY)
    if source == target:
        raise Refused("a rehost is from one device to another one")
    with context.database.reading() as records:
        found = records.rehosts.find(source, target)
    if found is None:
        found = _kept(context, Rehost(source, target, context.now(), context.now()))
    elif found.step is RehostStep.INSTALLED:  # it stays so until the portal permits another one
        found = Rehost(source, target, context.now(), context.now())
    if found.permission is None:
        _, permission = await back_end.permission(source, target)
        found = _kept(context, replace(found, step=RehostStep.PERMITTED, permission=permission))
    if found.ticket is None:
        revoked = await _revoked(context, found, accept=accept)
        if isinstance(revoked, DeviceError):
            return InstalledFile(target, fault=revoked.fault, detail=f"{source} did not revoke: {revoked.detail}")
        left, ticket = revoked
        found = _kept(context, replace(found, step=RehostStep.REVOKED, ticket=ticket), left, accepted=accept)
    if found.content is None:
        assert found.ticket is not None
        file, content = await back_end.rehost(found.ticket, target)
        found = _kept(context, replace(found, step=RehostStep.LICENSED, file=file, content=content))
    assert found.content is not None
    outcome = await install_file(context, target, found.file, found.content, accept=accept)
    if outcome.fault is None:
        _kept(context, replace(found, step=RehostStep.INSTALLED))
    return outcome


def list_rehosts(context: ManagerContext) -> list[Rehost]:
    """List the rehosts and how far they are, the latest change first.

    Raises:
        NotAllowed: the user may not deploy licenses.
    """
    context.require(ManagerAction.DEPLOY)
    with context.database.reading() as records:
        return records.rehosts.choose()


async def replace_device(
    context: ManagerContext, back_end: LicenseBackEnd, failed: Udi, replacement: Udi, contract: str, *, accept: bool
) -> InstalledFile:
    """Have the licenses of a failed device issued for its replacement, and install them there.

    Raises:
        NotAllowed: the user may not deploy licenses.
    """
    context.require(ManagerAction.DEPLOY)
    try:
        name, content = await back_end.replace(failed, replacement, contract)
    except BackEndError as error:
        return InstalledFile(replacement, fault=DeviceFault.REFUSED, detail=str(error))
    with context.database.writing() as records:
        paks = retire(records.whole, failed, replacement)
        keep_moved(records.whole, replacement, name, content, paks, context.now())
        context.record(records, "rma", str(replacement), f"licenses of {failed} obtained, {name}")
        context.record(records, "rma", str(failed), f"replaced by {replacement}, which has its licenses")
    return await install_file(context, replacement, name, content, accept=accept)


async def _revoked(
    context: ManagerContext, found: Rehost, *, accept: bool
) -> tuple[DeviceReading, bytes] | DeviceError:
    """Have the source carry the permission ticket out, and fetch its rehost ticket; tells what the source is then."""
    permission = found.permission
    assert permission is not None
    mark = sha256(permission).hexdigest()[:8]

    async def act(session: DeviceSession, _: DeviceReading) -> tuple[DeviceReading, bytes]:
        ticket = await session.revoke(mark, permission, accept=accept)
        return await session.read(), ticket

    return await act_at(context, found.source, act)


def _kept(
    context: ManagerContext, rehost: Rehost, left: DeviceReading | None = None, *, accepted: bool = False
) -> Rehost:
    """Keep how far it is; with what the source has `left`, the licenses that it gave up are its no more.

    `accepted`: the user accepted the agreement that the source may have asked for, which is in the audit trail.
    """
    rehost = replace(rehost, changed=context.now())
    with context.database.writing() as records:
        given_up = [
            each
            for each in (records.whole.licenses.licenses_of([rehost.source]) if left is not None else ())
            if left is not None and each.deployed is not None and each.feature not in permanent_features(left)
        ]
        if given_up:
            rehost = replace(rehost, paks=tuple((each.feature, each.pak) for each in given_up))
        for each in given_up:
            records.licenses.drop_license(each.id)
            told = f"license {each.id} for {each.feature} given up for {rehost.target}"
            context.record(records, "rehost", str(rehost.source), told)
        if rehost.step is RehostStep.LICENSED and rehost.content is not None:
            keep_moved(
                records.whole, rehost.target, rehost.file, rehost.content, dict(rehost.paks), context.now()
            )  # fmt: skip
        records.rehosts.keep(rehost)
        agreed = ", agreement accepted where it was asked for" if accepted else ""
        context.record(records, "rehost", str(rehost.source), f"to {rehost.target}: {rehost.step}{agreed}")
    return rehost
