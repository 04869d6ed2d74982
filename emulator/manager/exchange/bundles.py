"""Bundles are written and read: devices and licenses go to the paired manager, each bundle once and in its order.

I: each bundle names its number and the digest of the one before, so that one that is lost, repeated, altered or out of
its order is told. What is written is kept until the other side tells that it read it, so that a lost one is written
again as it was. Reading is one transaction: a bundle is taken over whole, once, or not at all.
"""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from emulator.kernel.errors import Refused, printable
from emulator.keys.signing import fingerprint
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.context import ManagerContext
from emulator.manager.discovery import check_groups
from emulator.manager.entities import DeviceGroup, ManagedDevice, ObtainedLicense
from emulator.manager.errors import MissingBundles
from emulator.manager.exchange.bundle_file import digest_of, read_bundle_file, sender_of, write_bundle_file
from emulator.manager.exchange.pairs import pair_named
from emulator.manager.exchange_entities import (
    BundleContent,
    BundledDevice,
    BundledLicense,
    BundleOutcome,
    ManagerPair,
    ReadBundle,
)
from emulator.manager.moved_licenses import retire
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.store.records import ManagerRecords


def write_bundle(context: ManagerContext, name: str, chosen: DeviceFilter) -> tuple[int, bytes]:
    """Write the next bundle for a pair, with chosen devices and their licenses; returns its number and its content.

    Raises:
        NotAllowed: the user may not exchange bundles.
        UnknownName: there is no such pair or group.
    """
    context.require(ManagerAction.EXCHANGE)
    with context.database.writing() as records:
        pair = pair_named(records, name)
        check_groups(records, [chosen.group])
        devices = records.devices.choose(chosen)
        content = BundleContent(
            receiver=pair.key, number=pair.sent + 1, before=pair.sent_digest, made=context.now(), read=pair.received,
            read_digest=pair.received_digest,
            devices=tuple(
                BundledDevice(
                    str(each.udi), tuple(records.devices.groups_of(each.udi)), each.seen, each.reading,
                    str(each.replaced_by or ""),
                )
                for each in devices
            ),
            licenses=tuple(map(_bundled, records.licenses.licenses_of(each.udi for each in devices))),
        )  # fmt: skip
        data = write_bundle_file(content, records.exchange.signing_key())
        records.exchange.keep_pair(replace(pair, sent=content.number, sent_digest=digest_of(data)))
        records.exchange.keep_sent(name, content.number, data)
        told = f"{len(content.devices)} device(s), {len(content.licenses)} license(s)"
        context.record(records, "bundle", f"{name} {content.number}", f"written: {told}")
    return content.number, data


def write_again(context: ManagerContext, name: str, number: int) -> bytes:
    """Return a bundle that was lost on its way, as it was written.

    Raises:
        NotAllowed: the user may not exchange bundles.
        UnknownName: there is no such pair.
        Refused: it was not written, or the other manager has told that it read it.
    """
    context.require(ManagerAction.EXCHANGE)
    with context.database.writing() as records:
        pair = pair_named(records, name)
        data = records.exchange.sent(name, number)
        if data is None:
            why = "was read there" if 0 < number <= pair.acknowledged else "was not written yet"
            raise Refused(f"bundle {number} for '{name}' {why}; the last one written is {pair.sent}")
        context.record(records, "bundle", f"{name} {number}", "written again")
    return data


def read_bundle(
    context: ManagerContext, data: bytes, *, dry_run: bool = False, skip_missing: bool = False
) -> ReadBundle:
    """Take over what a bundle carries, or tell what that would change.

    Args:
        context: on whose behalf.
        data: the bundle.
        dry_run: whether nothing is kept.
        skip_missing: whether bundles before it that were lost for good are done without.

    Raises:
        NotAllowed: the user may not exchange bundles.
        Refused: it is no bundle, not of a pair, not for this manager, altered, or not the next one.
    """
    context.require(ManagerAction.EXCHANGE)
    with context.database.writing() as records:
        pair = _sender(records, data)
        content = read_bundle_file(data)
        if content.receiver != records.exchange.signing_key().public.hex():
            raise Refused(f"the bundle of '{pair.name}' is for another manager, not for this one")
        digest = digest_of(data)
        if content.number == pair.received and digest == pair.received_digest:
            return ReadBundle(pair.name, content.number, content.made, BundleOutcome.REPEATED)
        _check_order(pair, content, skip_missing=skip_missing)
        found = _changes(records, pair, content)
        if not dry_run:
            _take_over(context, records, content, found)
            _advance(context, records, pair, content, digest, restored=found.restored)
    return found


def _sender(records: ManagerRecords, data: bytes) -> ManagerPair:
    sender = sender_of(data)
    if sender == records.exchange.signing_key().public.hex():
        raise Refused("the bundle was written by this manager; it is for the other one")
    for pair in records.exchange.pairs():
        if pair.key == sender:
            return pair
    of = fingerprint(bytes.fromhex(sender))
    raise Refused(
        f"the bundle is of a manager that is not paired with this one, key {of}; `manager pair keep` pairs them"
    )


def _check_order(pair: ManagerPair, content: BundleContent, *, skip_missing: bool) -> None:
    """Make sure that this is the next bundle of the sender."""
    number, last = content.number, pair.received
    if number > last + 1 and skip_missing:
        return
    if number > last + 1:
        missing = f"bundle {last + 1} is" if number == last + 2 else f"bundles {last + 1} to {number - 1} are"
        raise MissingBundles(f"{missing} missing before bundle {number} of '{pair.name}'", last + 1)
    if number < last:
        raise Refused(
            f"bundle {number} of '{pair.name}' was read before, or its manager was put back to an older copy; the last "
            f"one read is {last}. If it is new, have a bundle of this manager read there first"
        )
    if number == last or content.before != pair.received_digest:
        raise Refused(
            f"bundle {number} of '{pair.name}' does not follow what was read of it here: the records of one side "
            "were put back to an older copy; have a bundle of this manager read there first"
        )


def _changes(records: ManagerRecords, pair: ManagerPair, content: BundleContent) -> ReadBundle:
    new, updated = [], []
    for each in content.devices:
        udi = _udi(each.udi)
        known = records.devices.find(udi)
        if known is None:
            new.append(udi)
        elif known.replaced_by is None and (
            each.replaced_by or (each.reading is not None and _later(each.seen, known.seen))
        ):
            updated.append(udi)
    known_licenses = {
        each.id: each for each in records.licenses.licenses_of({_udi(each.udi): None for each in content.licenses})
    }
    licenses, deployed = [], []
    for license_ in content.licenses:
        known_license = known_licenses.get(license_.id)
        if known_license is None:
            licenses.append(license_.id)
        elif known_license.deployed is None and license_.deployed is not None:
            deployed.append(license_.id)
    return ReadBundle(
        pair.name, content.number, content.made, BundleOutcome.READ, tuple(new), tuple(updated), tuple(licenses),
        tuple(deployed), _is_restored(records, pair, content),
    )  # fmt: skip


def _is_restored(records: ManagerRecords, pair: ManagerPair, content: BundleContent) -> bool:
    """Tell whether the other manager has read a bundle that the records here do not have, or have otherwise."""
    if content.read > pair.sent:
        return True
    kept = records.exchange.sent(pair.name, content.read)
    return kept is not None and digest_of(kept) != content.read_digest


def _take_over(context: ManagerContext, records: ManagerRecords, content: BundleContent, found: ReadBundle) -> None:
    """Keep what is new; what is known here and not in the bundle stays."""
    now, fresh = context.now(), {*found.new, *found.updated}
    groups = {group.name for group in records.groups()}
    for each in content.devices:
        udi = _udi(each.udi)
        if udi in fresh:
            known = records.devices.find(udi) or ManagedDevice(udi, now)
            reading = None if each.reading is None else replace(each.reading, udi=udi)
            if _later(each.seen, known.seen) or udi in found.new:
                records.devices.keep(replace(known, seen=each.seen, reading=reading))
            if each.replaced_by:
                retire(records, udi, _udi(each.replaced_by))
        if udi in found.new:
            _join(records, udi, each.groups, groups)
    wanted = {*found.licenses, *found.deployed}
    for license_ in content.licenses:
        if license_.id in wanted:
            udi = _udi(license_.udi)
            records.licenses.keep_license(ObtainedLicense(**{**msgspec.structs.asdict(license_), "udi": udi}))


def _join(records: ManagerRecords, udi: Udi, names: Iterable[str], groups: set[str]) -> None:
    """Put a new device into its groups, which are made where they are missing."""
    for name in names:
        if name not in groups:
            records.keep_group(DeviceGroup(name))
            groups.add(name)
        records.devices.join(name, [udi])


def _advance(
    context: ManagerContext,
    records: ManagerRecords,
    pair: ManagerPair,
    content: BundleContent,
    digest: str,
    *,
    restored: bool,
) -> None:
    """Note that the bundle was read, and how far the other manager has read ours.

    Where the records here were put back to an older copy, the next bundle follows the last one that it has read.
    """
    read = replace(
        pair, received=content.number, received_digest=digest, received_at=context.now(),
        acknowledged=max(pair.acknowledged, content.read),
    )  # fmt: skip
    if restored:
        read = replace(read, sent=content.read, sent_digest=content.read_digest)
    records.exchange.keep_pair(read)
    records.exchange.drop_sent(pair.name, pair.sent if restored else content.read)
    told = f"read: {len(content.devices)} device(s), {len(content.licenses)} license(s)"
    context.record(records, "bundle", f"{pair.name} {content.number}", told)


def _bundled(license_: ObtainedLicense) -> BundledLicense:
    return BundledLicense(**{**msgspec.structs.asdict(license_), "udi": str(license_.udi)})


def _later(seen: int | None, known: int | None) -> bool:
    return seen is not None and (known is None or seen > known)


def _udi(text: str) -> Udi:
    try:
        return parse_udi(text)
    except ValueError as error:
        raise Refused(f"the bundle names a device that is none: {printable(str(error))}") from None
