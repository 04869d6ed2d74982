"""`isrtwin list`: what there is, as a table or as JSON with the basis marks."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from emulator.backend.skus import load_skus
from emulator.cli.output import say, say_json
from emulator.grammar import describe
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.features import ADVIPSERVICES, ADVSECURITY, feature_table, limit_table
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import EmulatorError
from emulator.labs.loader import read_front
from emulator.labs.shipped import find_lab, lab_names
from emulator.licensing.families import Family
from emulator.router.syslog_messages import catalogue
from emulator.scenarios.loader import find_scenario, load_scenario, scenario_names
from emulator.twins.planning.product import LIKELIEST
from emulator.world.build import console_grammar
from emulator.world.feature_navigator import compare, feature_set, image_for, needs

ListingRow = dict[str, Any]

FAMILIES: tuple[Family, ...] = ("860", "880", "880srst", "iad880", "second generation")


def run(options: Namespace) -> int:
    """Print one topic."""
    columns: Sequence[str] = COLUMNS[options.topic]
    if options.topic == "features":
        rows, columns = _features_asked(options)
    elif any((options.image, options.pid, options.level, options.need)):
        raise EmulatorError("--image, --pid, --level and --need go with 'features'")
    else:
        rows = TOPICS[options.topic]()
    if options.json:
        say_json(rows)
        return 0
    headed = [dict(zip(columns, columns, strict=True))] if options.level or options.need else []
    shown = [*headed, *rows]
    widths = {key: max((len(str(row[key])) for row in shown), default=0) for key in columns}
    for row in shown:
        say("  ".join(f"{row[key]!s:<{widths[key]}}" for key in columns).rstrip())
    return 0


def _pids() -> list[ListingRow]:
    known = PlatformCatalogue()
    platforms = [known.get(pid) for pid in known.pids()]
    return [
        {**msgspec.to_builtins(each), "basis": each.basis.pid, "marks": msgspec.to_builtins(each.basis)}
        for each in platforms
    ]


def _images() -> list[ListingRow]:
    images = ImageCatalogue()
    return [msgspec.to_builtins(images.get(name)) for name in images.names()]


def _skus() -> list[ListingRow]:
    return [msgspec.to_builtins(sku) for sku in load_skus().values()]


def _features_asked(options: Namespace) -> tuple[list[ListingRow], Sequence[str]]:
    """The matrix; or several feature sets side by side; or what level a feature needs."""
    if options.need:
        if options.level:
            raise EmulatorError("--need tells the level; leave --level out")
        return _needs(options.need, options.pid, options.image), COLUMNS["needs"]
    if options.level:
        return _side_by_side(options)
    if len(options.image) > 1 or len(options.pid) > 1:
        raise EmulatorError("several images or products are compared by --level; give one, or more of them")
    return _features(next(iter(options.image), None), next(iter(options.pid), None)), COLUMNS["features"]


def _side_by_side(options: Namespace) -> tuple[list[ListingRow], Sequence[str]]:
    """Every feature set of these products, images and levels, as columns that are named for what differs."""
    platforms, images = PlatformCatalogue(), ImageCatalogue()
    sets = [
        feature_set(platforms, images, pid, image, level)
        for pid in options.pid or [_usual_pid(platforms, images, options.image)]
        for image in options.image or [""]
        for level in options.level
    ]
    several = [len({getattr(each, part) for each in sets}) > 1 for part in ("pid", "image", "level")]
    names = [
        " ".join(part for part, shown in zip((each.pid, each.image, each.level), several, strict=True) if shown)
        or each.level
        for each in sets
    ]
    rows: list[ListingRow] = [
        {**msgspec.to_builtins(row), **{name: _mark(there) for name, there in zip(names, row.there, strict=True)}}
        for row in compare(sets)
    ]
    return rows, ("name", "area", "title", *dict.fromkeys(names), "basis")


def _mark(there: bool | int | None) -> str:
    return "yes" if there is True else "-" if there is False or there is None else str(there)


def _usual_pid(platforms: PlatformCatalogue, images: ImageCatalogue, names: Sequence[str]) -> str:
    """The likeliest product that boots the first of these images."""
    families = images.get(names[0]).families if names else (platforms.get(LIKELIEST[0]).family,)
    booting = (pid for pid in dict.fromkeys((*LIKELIEST, *platforms.pids())) if platforms.get(pid).family in families)
    return next(booting, LIKELIEST[0])


def _needs(texts: Sequence[str], pids: Sequence[str], names: Sequence[str]) -> list[ListingRow]:
    """The level that each feature needs which the texts are about, on these products; without one, on the likeliest."""
    platforms, images = PlatformCatalogue(), ImageCatalogue()
    rows: list[ListingRow] = []
    for pid in pids or [_usual_pid(platforms, images, names)]:
        platform = platforms.get(pid)
        for name in names or [""]:
            image = image_for(platform, images, name)
            rows += [
                {
                    **msgspec.to_builtins(need),
                    "pid": pid,
                    "image": image.file,
                    "level": need.level or "none has it",
                    "and": f"{need.license} license" if need.license and need.level else "-",
                    "order": need.order or "-",
                }
                for text in texts
                for need in needs(text, platform, image, load_skus(), platforms)
            ]
    return rows


def _features(image: str | None = None, pid: str | None = None) -> list[ListingRow]:
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


def _scenarios() -> list[ListingRow]:
    read = {name: load_scenario(find_scenario(name)) for name in scenario_names()}
    return [{"name": name, "title": each.title, "question": each.teaches.question} for name, each in read.items()]


def _labs() -> list[ListingRow]:
    read = {name: read_front(find_lab(name)) for name in lab_names()}
    return [
        {"name": name, "title": each.title, "level": each.level, "minutes": each.minutes, "question": each.question}
        for name, each in read.items()
    ]


def _commands() -> list[ListingRow]:
    return [
        {"mode": row.mode, "line": row.line, "help": row.help, "condition": row.condition, "source": row.source,
         "basis": row.basis}
        for row in describe(console_grammar())
    ]  # fmt: skip


def _messages() -> list[ListingRow]:
    return [
        {"message": rule.id, "text": rule.shown, "basis": rule.basis, "source": rule.source,
         "status": "confirmed" if rule.basis == "C" else "unverified", "event": event}
        for event, rule in catalogue().items()
    ]  # fmt: skip


TOPICS: dict[str, Callable[[], list[ListingRow]]] = {
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
    "needs": ("title", "command", "pid", "level", "and", "order", "basis"),
    "scenarios": ("name", "title"),
    "labs": ("name", "level", "minutes", "title"),
    "commands": ("mode", "line", "help", "condition", "basis"),
    "messages": ("message", "status", "basis"),
}
