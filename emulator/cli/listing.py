"""`isrtwin list`: what there is, as a table or as JSON with the basis marks."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

import msgspec

from emulator.backend.skus import load_skus
from emulator.cli.output import say, say_json
from emulator.grammar import describe
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.features import ADVIPSERVICES, ADVSECURITY, feature_table, limit_table
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import EmulatorError
from emulator.labs.loader import find_lab, lab_names, read_front
from emulator.licensing.families import Family
from emulator.router.syslog_messages import catalogue
from emulator.scenarios.loader import find_scenario, load_scenario, scenario_names
from emulator.world.build import console_grammar

Row = dict[str, Any]

FAMILIES: tuple[Family, ...] = ("860", "880", "880srst", "iad880")


def run(options: Namespace) -> int:
    """Print one topic."""
    if options.topic == "features":
        rows = _features(options.image, options.pid)
    elif options.image or options.pid:
        raise EmulatorError("--image and --pid go with 'features'")
    else:
        rows = TOPICS[options.topic]()
    if options.json:
        say_json(rows)
        return 0
    shown = COLUMNS[options.topic]
    widths = {key: max((len(str(row[key])) for row in rows), default=0) for key in shown}
    for row in rows:
        say("  ".join(f"{row[key]!s:<{widths[key]}}" for key in shown).rstrip())
    return 0


def _pids() -> list[Row]:
    known = PlatformCatalogue()
    platforms = [known.get(pid) for pid in known.pids()]
    return [
        {**msgspec.to_builtins(each), "basis": each.basis.pid, "marks": msgspec.to_builtins(each.basis)}
        for each in platforms
    ]


def _images() -> list[Row]:
    images = ImageCatalogue()
    return [msgspec.to_builtins(images.get(name)) for name in images.names()]


def _skus() -> list[Row]:
    return [msgspec.to_builtins(sku) for sku in load_skus().values()]


def _features(image: str | None, pid: str | None) -> list[Row]:
    """The matrix; of one image or product, only what is there at some level, and the limits behind it."""
    families = list(FAMILIES)
    levels: tuple[str, ...] = (ADVSECURITY, ADVIPSERVICES)
    if pid:
        families = [PlatformCatalogue().get(pid).family]
    if image:
        manifest = ImageCatalogue().get(image)
        families = [family for family in families if family in manifest.families]
        levels = manifest.levels
        if not families:
            raise EmulatorError(f"{image} does not run on {pid}")
    features = [
        {**msgspec.to_builtins(each), "levels": _there(each.levels, families, levels)} for each in feature_table()
    ]
    limits = [
        {"name": each.name, "area": "Limit", "title": each.title, "command": "", "license": "", "basis": each.basis,
         "levels": {family: {level: most for level, most in each.most.get(family, {}).items() if level in levels}
                    for family in families}}
        for each in limit_table()
    ]  # fmt: skip
    rows = [row for row in features if row["levels"] or not (image or pid)] + limits
    return [{**row, "where": _words(row["levels"])} for row in rows]


def _there(
    by_family: dict[Family, tuple[str, ...]], families: list[Family], levels: tuple[str, ...]
) -> dict[str, list[str]]:
    found = {family: [each for each in by_family.get(family, ()) if each in levels] for family in families}
    return {family: those for family, those in found.items() if those}


def _words(levels: dict[str, Any]) -> str:
    parts = []
    for family, those in levels.items():
        told = (
            ", ".join(f"{level} {most}" for level, most in those.items())
            if isinstance(those, dict)
            else ", ".join(those)
        )
        parts.append(f"{family}: {told}" if told else "")
    return "; ".join(part for part in parts if part) or "-"


def _scenarios() -> list[Row]:
    read = {name: load_scenario(find_scenario(name)) for name in scenario_names()}
    return [{"name": name, "title": each.title, "question": each.teaches.question} for name, each in read.items()]


def _labs() -> list[Row]:
    read = {name: read_front(find_lab(name)) for name in lab_names()}
    return [
        {"name": name, "title": each.title, "level": each.level, "minutes": each.minutes, "question": each.question}
        for name, each in read.items()
    ]


def _commands() -> list[Row]:
    return [
        {"mode": row.mode, "line": row.line, "help": row.help, "condition": row.condition, "source": row.source,
         "basis": row.basis}
        for row in describe(console_grammar())
    ]  # fmt: skip


def _messages() -> list[Row]:
    return [
        {"message": rule.id, "text": rule.shown, "basis": rule.basis, "source": rule.source,
         "status": "confirmed" if rule.basis == "C" else "unverified", "event": event}
        for event, rule in catalogue().items()
    ]  # fmt: skip


TOPICS: dict[str, Callable[[], list[Row]]] = {
    "pids": _pids,
    "images": _images,
    "skus": _skus,
    "scenarios": _scenarios,
    "labs": _labs,
    "commands": _commands,
    "messages": _messages,
}

COLUMNS = {
    "pids": ("pid", "family", "model", "wan", "basis"),
    "images": ("file", "version", "license_module", "basis"),
    "skus": ("name", "description"),
    "features": ("name", "area", "command", "where", "basis"),
    "scenarios": ("name", "title"),
    "labs": ("name", "level", "minutes", "title"),
    "commands": ("mode", "line", "help", "condition", "basis"),
    "messages": ("message", "status", "basis"),
}
