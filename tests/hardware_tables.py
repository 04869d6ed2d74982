"""The tables of `docs/platforms.md`: products and images as the program knows them, each fact with its mark."""

from collections.abc import Iterable, Iterator

import msgspec

from emulator.hardware.platform import Marks, Platform, PlatformCatalogue
from emulator.images.manifest import Dialect, ImageCatalogue, ImageManifest

Row = tuple[str, ...]

LEFT_OUT: tuple[Row, ...] = (
    (
        "`CISCO866VAE…`, `CISCO867VAE…`",
        "another board, with Gigabit Ethernet ports (C); an image for each feature set, with nothing to activate",
        "R",
    ),
    ("890", "another family, of which the FAQ of software activation on the 860 and 880 says nothing", "C"),
    (
        "`CISCO866-K9`, `CISCO886G…`, `CISCO887G…`, `CISCO888G…`, `C888EA…`",
        "nothing public but their names in CISCO-PRODUCTS-MIB",
        "C",
    ),
    ("819, 885, 800M", "other families", "R"),
)
"""Products of the 800 series that are no data here, and why."""


class Table(msgspec.Struct, frozen=True):
    """One section of the page."""

    title: str
    columns: Row
    rows: Iterable[Row]
    note: str = ""


def tables() -> Iterator[Table]:
    """The sections in order."""
    known, catalogue = PlatformCatalogue(), ImageCatalogue()
    platforms = [known.get(pid) for pid in known.pids()]
    images = [catalogue.get(name) for name in catalogue.names()]
    yield Table(
        "Products",
        ("PID", "family", "model", "memory", "flash", "USB", "sysObjectID …9.1.", "chassis type …3.1.3."),
        map(_product, platforms),
    )
    yield Table(
        "Products that are left out",
        ("products", "why", "basis"),
        LEFT_OUT,
        "A configuration of one of them is imported as the nearest product, and the report tells what that lacks.",
    )
    yield Table(
        "Ports", ("PID", "WAN", "interfaces", "controllers", "voice", "`show version` counts"), map(_ports, platforms)
    )
    yield Table("As shipped", ("PID", "levels", "upgrades", "image"), map(_shipped, platforms))
    yield Table(
        "Marks of the facts about products",
        ("PID", *_names(Marks)),
        ((f"`{each.pid}`", *msgspec.structs.astuple(each.basis)) for each in platforms),
        "Beside these, everywhere: the most memory that fits in is R, the capacity of flash in bytes I.",
    )
    yield Table(
        "Images",
        (
            "file",
            "version",
            "runs on",
            "module",
            "compiled",
            "size",
            "DRAM / flash, MB",
            "basis",
            "of the size",
            "source",
        ),
        map(_image, images),
        "`?` is what nobody knows; `show version` leaves it out.",
    )
    yield Table(
        "Dialects",
        ("version", *_names(Dialect)),
        dict.fromkeys((each.version, *map(_word, msgspec.structs.astuple(each.dialect))) for each in images),
        "What a release knows or prints differently; the keys are explained in `emulator/images/manifest.py`.",
    )


def _names(record: type[msgspec.Struct]) -> Row:
    return tuple(field.name.replace("_", " ") for field in msgspec.structs.fields(record))


def _word(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _product(each: Platform) -> Row:
    return (
        f"`{each.pid}`",
        each.family,
        f"Cisco {each.model}",
        f"{each.main_kib}K/{each.iomem_kib}K",
        f"{each.flash_kib}K",
        str(each.usb_ports),
        f"{each.sys_object_id.rpartition('.')[2]} `{each.sys_object}`",
        each.chassis_type_id.rpartition(".")[2] if each.chassis_type_id else "not published",
    )


def _ports(each: Platform) -> Row:
    switched = [port.name for port in each.interfaces if port.kind == "switchport"]
    others = [port.name for port in each.interfaces if port.kind != "switchport"]
    return (
        f"`{each.pid}`",
        each.wan,
        ", ".join((f"{switched[0]}–{switched[-1][-1]}", *others)),
        ", ".join(each.controllers),
        ", ".join(each.voice_ports),
        "; ".join(each.counts),
    )


def _shipped(each: Platform) -> Row:
    upgrades = ", ".join(f"`{sku}`" for sku in each.upgrade_skus)
    return f"`{each.pid}`", " + ".join(each.factory_levels), upgrades, f"`{each.factory_image}`"


def _image(each: ImageManifest) -> Row:
    return (
        f"`{each.file}`",
        f"{each.version} ({each.build or '?'})",
        ", ".join(each.families),
        f"`{each.license_module}`",
        each.compiled or "?",
        f"{each.size:,}",
        f"{each.min_dram_mib} / {each.min_flash_mib}",
        each.basis,
        each.size_basis,
        each.source,
    )
