"""Deviations of the unit from its product, and the printed lines of its ports."""

from collections.abc import Iterable

from msgspec.structs import replace

from emulator.captures.facts import InventoryFacts, PortFacts
from emulator.console.render.interfaces.interfaces import ADDRESS_LINES, COUNTERS, LEVELS, MOMENTS
from emulator.hardware.platform import Card, Inventory, Platform
from emulator.hardware.ports import PortUnit, kind_of_interface, port_table
from emulator.hardware.unit import Unit
from emulator.images.manifest import ImageManifest
from emulator.licensing.families import release_order
from emulator.router.network.views import address_offset, dotted, name_rank
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.configuration import UNCONFIGURED
from emulator.twins.report import Matter

ADDRESS = ADDRESS_LINES[0]
CONFIGURED = ("description", ADDRESS)
"""Lines that are there only with what the configuration says, and their slots."""


def unit_of(device: CapturedDevice, platform: Platform, image: ImageManifest) -> Unit:
    """The deviations, from `show version`, `show inventory` and `show interfaces`, and the release that it boots."""
    version = device.version
    told: dict[str, object] = {}
    if version is not None:
        whole = (
            version.main_kib + version.iomem_kib + platform.reserved_kib
            if version.main_kib and version.iomem_kib
            else None
        )
        told = {
            "model": version.model if version.processor else None,
            "processor": version.processor,
            "revision": version.revision,
            "dram_kib": whole,
            "nvram_kib": version.nvram_kib,
            "flash_kib": version.flash_kib,
            "flash_kind": version.flash_kind,
            "bootstrap": version.bootstrap,
            "bootstrap_build": version.bootstrap_build,
            "counts": version.counts or None,
        }
        usual = {
            "model": platform.model, "processor": platform.processor, "revision": platform.processor_revision,
            "dram_kib": platform.dram_kib, "nvram_kib": platform.nvram_kib, "flash_kib": platform.flash_kib,
            "flash_kind": platform.flash_kind, "bootstrap": platform.rommon, "bootstrap_build": platform.rommon_build,
            "counts": platform.counts,
        }  # fmt: skip
        told = {key: value for key, value in told.items() if value is not None and value != usual[key]}
        if whole is not None and version.iomem_kib != replace(platform, dram_kib=whole).iomem_kib:
            told["iomem_kib"] = version.iomem_kib
    if device.inventory is not None:
        told |= _inventory(device, device.inventory, platform)
    if release_order(image.version) < release_order(platform.oldest_release):
        told["oldest_release"] = image.version
        device.twin.tell(
            Matter.WARNING,
            f"{image.file} is older than a {platform.pid} is known to boot ({platform.oldest_release} and later);"
            " this one boots it",
        )
    base = base_address(device, platform)
    ports = {
        name: unit
        for name, (port, _) in sorted(device.ports.items())
        if (unit := port_unit(port, platform, base)) != PortUnit()
    }
    return Unit(ports=ports, port_order=_order(device), **told)  # type: ignore[arg-type]


def _inventory(device: CapturedDevice, facts: InventoryFacts, platform: Platform) -> dict[str, object]:
    told: dict[str, object] = {}
    cards = []
    for item in facts.items:
        if ", Hw Serial#:" not in item.description:
            cards.append(Card(item.name, item.description, item.pid, item.vid, item.serial))
            continue
        description, _, rest = item.description.partition(", Hw Serial#:")
        serial, _, revision = rest.partition(", Hw Revision:")
        if serial.strip() != item.serial:
            place = f"{facts.file}:{item.line}"
            device.twin.tell(
                Matter.CONTRADICTION, f"the chassis is {serial.strip()} here and {item.serial} below", place
            )
        chassis = Inventory(item.name, description, item.vid, revision.strip())
        if chassis != platform.inventory:
            told["chassis"] = chassis
    if cards:
        told["cards"] = tuple(cards)
    return told


def _order(device: CapturedDevice) -> tuple[str, ...]:
    """The order of the interfaces, kept with the unit only where names do not give it."""
    if device.brief is not None:
        seen = [row.name for row in device.brief.rows]
    else:
        seen = [port.name for port in device.all_ports if not port.within]
    return () if seen == sorted(seen, key=name_rank) else tuple(seen)


def base_address(device: CapturedDevice, platform: Platform) -> int | None:
    """The chassis's first MAC address, by the first interface that tells its own."""
    for name, (port, _) in sorted(device.ports.items()):
        if "bia" in port.slots:
            return max(int(port.slots["bia"].replace(".", ""), 16) - address_offset(platform, name), 0)
    own = [row for row in device.neighbours.rows if row.age is None] if device.neighbours is not None else []
    for row in own:
        if row.hardware.count(".") == 2:
            return max(int(row.hardware.replace(".", ""), 16) - address_offset(platform, row.interface), 0)
    return None


def port_unit(port: PortFacts, platform: Platform, base: int | None) -> PortUnit:
    """Details that a port prints, as far as they are not usual for its kind."""
    table = port_table()
    kind = table.kind(kind_of_interface(platform, port.name))
    seen = [ADDRESS if line in ADDRESS_LINES else line for line in port.layout]
    usual = [line for line in kind.layout if line not in CONFIGURED or line in seen]
    layout = None if seen == usual else _with_optional(seen)
    standing = {**table.texts, **kind.texts}
    up = port.status.startswith("up")
    if not up and "duplex_down" in standing:
        standing["duplex"] = standing["duplex_down"]
    derived = {*COUNTERS, *LEVELS, *MOMENTS, "description", "address", "bia"}
    if not port.name.startswith(UNCONFIGURED):
        derived.update(ADDRESS_LINES)
    texts = {slot: text for slot, text in port.slots.items() if slot not in derived and standing.get(slot) != text}
    if base is not None:
        usual_address = dotted(base + address_offset(platform, port.name))
        texts |= {
            slot: port.slots[slot]
            for slot in ("address", "bia")
            if port.slots.get(slot, usual_address) != usual_address
        }
    return PortUnit(layout, texts, up if "duplex" in texts else None)


def _with_optional(layout: Iterable[str]) -> tuple[str, ...]:
    """The lines that were there, and those that come with a description or an address."""
    lines = list(layout)
    at = 1 if lines and lines[0].startswith("hardware") else 0
    for missing in reversed([line for line in CONFIGURED if line not in lines]):
        lines.insert(at + (1 if missing == ADDRESS and "description" in lines else 0), missing)
    return tuple(lines)
