"""`isrtwin manager`: PAKs, and licenses that are obtained, installed, sent again and listed."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from emulator.cli.manager_tables import (
    age,
    in_words,
    plan_lines,
    say_table,
)
from emulator.cli.manager_values import asked_secret, chosen_devices, device_named, file_content, file_text
from emulator.cli.output import say, say_json
from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.time import format_duration, parse_duration
from emulator.keys.certificates import is_authority
from emulator.manager import license_files, paks
from emulator.manager.applicability import list_rehostable
from emulator.manager.captured import LARGEST_CAPTURE, captured_devices
from emulator.manager.clearing import clear_licenses
from emulator.manager.context import ManagerContext
from emulator.manager.deployment import DeploymentStep, deploy, plan_deployment, summary
from emulator.manager.drift import find_drift
from emulator.manager.entities import BackEndAccess
from emulator.manager.evaluation import (
    EvaluationRow,
    EvaluationStep,
    EvaluationWish,
    effects,
    plan_evaluations,
    start_evaluations,
)
from emulator.manager.expiry import expiring
from emulator.manager.license_files import InstalledFile
from emulator.manager.moments import moment
from emulator.runtime.license_manager import with_back_end

LARGEST_AUTHORITY = 64 * 1024
"""Largest file with a certificate authority that is read, in bytes."""

LARGEST_LICENSE_FILE = 1024 * 1024
"""Largest license file that is installed, in bytes."""


def _portal(context: ManagerContext, options: Namespace) -> int:
    authority = "" if options.ca is None else file_text(options.ca, LARGEST_AUTHORITY)
    if options.ca is not None and not is_authority(authority):
        raise DataFileError(str(options.ca), None, "has no certificate in PEM that can be read")
    paks.keep_back_end(context, BackEndAccess(options.url, asked_secret("Token of the account: "), authority))
    return 0


def _pak(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "add":
            pak = asyncio.run(with_back_end(context, partial(paks.refresh_pak, context, code=options.name)))
            say(f"{pak.code}: {pak.sku}, {pak.feature}, {pak.left} of {pak.quantity} left")
        case "delete":
            paks.delete_pak(context, options.name)
        case _:
            say_table(
                ("PAK", "SKU", "FEATURE", "LEFT", "OF", "ASKED"),
                [
                    (each.code, each.sku, each.feature, str(each.left), str(each.quantity), moment(each.refreshed))
                    for each in paks.list_paks(context, options.folder)
                ],
            )
    return 0


def _deploy(context: ManagerContext, options: Namespace) -> int:
    """1 where a device failed or the question was answered with no."""
    planning = partial(
        plan_deployment, context, code=options.pak, chosen=chosen_devices(options), reloading=options.reload
    )
    plan = asyncio.run(with_back_end(context, planning))
    if options.dry_run and options.json:
        say_json([in_words(row) for row in plan.rows])
        return 0
    if not options.json:
        for line in plan_lines(plan, save=options.save):
            say(line)
    if options.dry_run or not any(row.step is DeploymentStep.INSTALL or row.reload for row in plan.rows):
        return 1 if any(row.fault for row in plan.rows) else 0
    if not options.yes and not _agreed("deploy", "Deploy? [y/N] "):
        say("Nothing was changed.")
        return 1
    outcomes = asyncio.run(with_back_end(context, partial(deploy, context, plan=plan, save=options.save)))
    if options.json:
        say_json([in_words(row) for row in outcomes])
    else:
        say_table(
            ("UDI", "OUTCOME", "FAULT", ""),
            [(str(row.udi), str(row.step), str(row.fault or ""), row.detail) for row in outcomes],
        )
        say(summary(outcomes))
    return 1 if any(row.fault for row in outcomes) else 0


def _agreed(act: str, question: str) -> bool:
    if not sys.stdin.isatty():
        raise Refused(f"`manager {act}` asks first; add --yes where nobody can answer, or --dry-run")
    try:
        return input(question).strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def _resend(context: ManagerContext, options: Namespace) -> int:
    udis = [device_named(text) for text in options.udis]
    sending = partial(license_files.resend, context, udis=udis, accept=options.accept)
    return _say_installed(asyncio.run(with_back_end(context, sending)), options)


def _install(context: ManagerContext, options: Namespace) -> int:
    content = file_content(options.file, LARGEST_LICENSE_FILE)
    installing = license_files.install_file(
        context, device_named(options.udi), options.file.name, content, accept=options.accept
    )
    return _say_installed([asyncio.run(installing)], options)


def _clear(context: ManagerContext, options: Namespace) -> int:
    """1 where a device failed."""
    udis = [device_named(text) for text in options.udis]
    outcomes = asyncio.run(clear_licenses(context, udis, options.feature))
    if options.json:
        say_json([in_words(each) for each in outcomes])
    else:
        for each in outcomes:
            say(f"{each.udi}: {f'{each.fault}: {each.detail}' if each.fault else 'cleared'}")
            for change in each.changes:
                say(f"  {change}")
    return 1 if any(each.fault for each in outcomes) else 0


def _evaluate(context: ManagerContext, options: Namespace) -> int:
    """1 where a device failed or the question was answered with no."""
    udis = [device_named(text) for text in options.udis]
    wish = EvaluationWish(options.level, options.accept, options.reload)
    rows = asyncio.run(plan_evaluations(context, udis, wish))
    wanted = [row.udi for row in rows if row.step is EvaluationStep.START]
    if not options.json:
        _say_evaluations(rows)
    if wanted and not options.dry_run:
        if not options.yes and not _agreed("evaluate", "Begin? [y/N] "):
            say("Nothing was changed.")
            return 1
        done = {row.udi: row for row in asyncio.run(start_evaluations(context, wanted, wish))}
        rows = [done.get(row.udi, row) for row in rows]
        if not options.json:
            _say_evaluations([row for row in rows if row.udi in done])
    if options.json:
        say_json([in_words(row) for row in rows])
    return 1 if any(row.fault for row in rows) else 0


def _say_evaluations(rows: Sequence[EvaluationRow]) -> None:
    for row in rows:
        say(f"{row.udi}: {f'{row.fault}: {row.detail}' if row.fault else row.step}")
        for effect in effects(row):
            say(f"  {effect}")


def _drift(context: ManagerContext, options: Namespace) -> int:
    """1 where a device differs or could not be compared."""
    captures = captured_devices(_capture(file) for file in options.capture) if options.capture else None
    finding = partial(find_drift, context, chosen=chosen_devices(options), captures=captures)
    outcomes = asyncio.run(with_back_end(context, finding))
    if options.json:
        say_json([in_words(each) for each in outcomes])
    else:
        say_table(
            ("UDI", "FACT", "DEVICE", "PORTAL", "CAPTURE"),
            [
                (str(each.udi), row.fact, row.device or "-", row.portal or "-", row.capture or "-")
                for each in outcomes
                for row in each.rows
            ],
        )
        for each in outcomes:
            if each.detail:
                say(f"{each.udi}: {f'{each.fault}: ' if each.fault else ''}{each.detail}")
        failed, differ = sum(each.fault is not None for each in outcomes), sum(bool(each.rows) for each in outcomes)
        say(f"{len(outcomes) - failed} device(s) compared, {differ} differ")
    return 1 if any(each.rows or each.fault for each in outcomes) else 0


def _capture(file: Path) -> bytes:
    return file_content(file, LARGEST_CAPTURE)


def _say_installed(outcomes: Sequence[InstalledFile], options: Namespace) -> int:
    """1 where a device failed."""
    if options.json:
        say_json([in_words(each) for each in outcomes])
    else:
        for each in outcomes:
            told = f"{each.installed} installed, {each.existing} there before"
            say(f"{each.udi}: {f'{each.fault}: {each.detail}' if each.fault else told}")
            for change in each.changes:
                say(f"  {change}")
    return 1 if any(each.fault for each in outcomes) else 0


def _expiring(context: ManagerContext, options: Namespace) -> int:
    try:
        within = parse_duration(options.within)
    except ValueError as error:
        raise Refused(str(error)) from None
    found, now = expiring(context, chosen_devices(options), within), context.now()
    if options.json:
        say_json([{**in_words(each), "seen": moment(each.seen)} for each in found])
        return 0
    heading = ("UDI", "FEATURE", "TYPE", "LEFT", "IN USE", "SEEN")
    say_table(
        heading,
        [
            (str(each.udi), each.feature, each.type, format_duration(each.left) if each.left else "expired",
             "yes" if each.in_use else "no", age(each.seen, now))
            for each in found
        ],
    )  # fmt: skip
    return 0


def _rehostable(context: ManagerContext, options: Namespace) -> int:
    found = list_rehostable(context, device_named(options.udi))
    if options.json:
        say_json(found)
    else:
        say_table(("FEATURE", "TYPE", "SKU"), [(each.feature, each.type, each.sku or "-") for each in found])
    return 0


def _undeployed(context: ManagerContext, options: Namespace) -> int:
    found = paks.list_undeployed(context)
    if options.json:
        say_json([{"udi": str(each.udi), "license": each.id, "pak": each.pak, "feature": each.feature,
                   "file": each.file, "obtained": moment(each.obtained)} for each in found])  # fmt: skip
    else:
        say_table(
            ("UDI", "FEATURE", "PAK", "FILE", "OBTAINED"),
            [(str(each.udi), each.feature, each.pak, each.file, moment(each.obtained)) for each in found],
        )
    return 0


LICENSE_ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {
    "clear": _clear,
    "deploy": _deploy,
    "drift": _drift,
    "evaluate": _evaluate,
    "expiring": _expiring,
    "install": _install,
    "pak": _pak,
    "portal": _portal,
    "rehostable": _rehostable,
    "resend": _resend,
    "undeployed": _undeployed,
}
