"""`isrtwin manager pair` and `bundle`: managers in networks that no network reaches."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from emulator.cli.manager_tables import say_table
from emulator.cli.manager_values import chosen_devices, file_content, write_file
from emulator.cli.output import say
from emulator.kernel.errors import DataFileError, Refused, UnknownName
from emulator.keys.signing import fingerprint
from emulator.manager.context import ManagerContext
from emulator.manager.exchange import bundles, pairs
from emulator.manager.exchange.bundle_file import LARGEST_BUNDLE
from emulator.manager.exchange_entities import BundleOutcome, ReadBundle
from emulator.manager.moments import moment
from emulator.manager.store.devices import DeviceFilter


def _pair(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "key":
            key = pairs.own_key(context)
            say(key)
            say(f"fingerprint {_fingerprint(key)}")
        case "keep":
            pairs.keep_pair(context, options.name, options.key)
            of = _fingerprint(options.key.strip())
            say(f"paired with '{options.name}', fingerprint {of}; compare it with the one that is shown there")
        case "delete":
            pairs.delete_pair(context, options.name)
        case _:
            say_table(
                ("PAIR", "FINGERPRINT", "SENT", "READ THERE", "READ HERE", "AT"),
                [
                    (each.name, _fingerprint(each.key), str(each.sent), str(each.acknowledged), str(each.received),
                     moment(each.received_at))
                    for each in pairs.list_pairs(context)
                ],
            )  # fmt: skip
    return 0


def _fingerprint(key: str) -> str:
    return fingerprint(bytes.fromhex(key))


def _bundle(context: ManagerContext, options: Namespace) -> int:
    if options.verb == "read":
        return _read(context, options)
    if options.again is not None:
        if chosen_devices(options) != DeviceFilter():
            raise Refused("a bundle is written again as it was; leave the filter out")
        write_file(options.file, bundles.write_again(context, options.name, options.again))
        say(f"bundle {options.again} for '{options.name}' written again")
        return 0
    number, data = bundles.write_bundle(context, options.name, chosen_devices(options))
    try:
        write_file(options.file, data)
    except DataFileError as error:
        again = f"`manager bundle write {options.name} FILE --again {number}` writes it elsewhere"
        raise DataFileError(error.path, None, f"{error.problem}; {again}") from None
    say(f"bundle {number} for '{options.name}': {len(data):,} bytes in {options.file}")
    return 0


def _read(context: ManagerContext, options: Namespace) -> int:
    """0 too for a bundle that was read before: nothing is doubled."""
    data = file_content(options.file, LARGEST_BUNDLE)
    try:
        found = bundles.read_bundle(context, data, dry_run=options.dry_run, skip_missing=options.skip_missing)
    except (Refused, UnknownName) as error:
        raise DataFileError(str(options.file), None, str(error)) from None
    _say_read(found, dry_run=options.dry_run)
    return 0


def _say_read(found: ReadBundle, *, dry_run: bool) -> None:
    made = f"bundle {found.number} of '{found.pair}', written {moment(found.made)}"
    if found.outcome is BundleOutcome.REPEATED:
        say(f"{made}, was read before; nothing was changed")
        return
    say(f"{made}{', would change' if dry_run else ''}")
    rows = [
        *(("device", str(udi), "new") for udi in found.new),
        *(("device", str(udi), "later state") for udi in found.updated),
        *(("license", each, "new") for each in found.licenses),
        *(("license", each, "deployed") for each in found.deployed),
    ]
    say_table(("WHAT", "NAME", "CHANGE"), rows)
    say(f"{len(found.new)} new and {len(found.updated)} later device(s), {len(found.licenses)} new license(s)")
    if found.restored:
        say("The records here are older than what was read of them there: they were put back to an older copy.")


EXCHANGE_ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {"bundle": _bundle, "pair": _pair}
