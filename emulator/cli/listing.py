"""`isrtwin list`: what there is, as a table or as JSON with the basis marks."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

import msgspec

from emulator.backend.skus import load_skus
from emulator.console.grammar import describe
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.features import feature_table
from emulator.images.manifest import ImageCatalogue
from emulator.router.messages import catalogue
from emulator.scenarios.loader import find_scenario, load_scenario, scenario_names
from emulator.world.build import console_grammar

Row = dict[str, Any]


def run(options: Namespace) -> int:
    """Print one topic."""
    rows = TOPICS[options.topic]()
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return 0
    shown = COLUMNS[options.topic]
    widths = {key: max((len(str(row[key])) for row in rows), default=0) for key in shown}
    for row in rows:
        print("  ".join(f"{row[key]!s:<{widths[key]}}" for key in shown).rstrip())
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


def _features() -> list[Row]:
    return [msgspec.to_builtins(feature) for feature in feature_table()]


def _scenarios() -> list[Row]:
    read = {name: load_scenario(find_scenario(name)) for name in scenario_names()}
    return [{"name": name, "title": each.title, "question": each.teaches.question} for name, each in read.items()]


def _commands() -> list[Row]:
    return [
        {"mode": row.mode, "line": row.line, "help": row.help, "condition": row.condition, "source": row.source,
         "basis": row.basis}
        for row in describe(console_grammar())
    ]  # fmt: skip


def _messages() -> list[Row]:
    return [
        {"message": rule.id, "text": rule.text, "basis": rule.basis, "source": rule.source,
         "status": "confirmed" if rule.basis == "C" else "unverified", "event": event}
        for event, rule in catalogue().items()
    ]  # fmt: skip


TOPICS: dict[str, Callable[[], list[Row]]] = {
    "pids": _pids,
    "images": _images,
    "skus": _skus,
    "features": _features,
    "scenarios": _scenarios,
    "commands": _commands,
    "messages": _messages,
}

COLUMNS = {
    "pids": ("pid", "family", "model", "wan", "basis"),
    "images": ("file", "version", "license_module", "basis"),
    "skus": ("name", "description"),
    "features": ("name", "command", "levels", "basis"),
    "scenarios": ("name", "title"),
    "commands": ("mode", "line", "help", "condition", "basis"),
    "messages": ("message", "status", "basis"),
}
