"""Product of a device that does not tell its own: by its model, its image, its interfaces, or as the likeliest.

A capture of this family is never refused for want of a name, but where it tells the time alone; it is refused where
half of its interfaces are such that no product of the family has. Interfaces that come about by configuration (VLANs,
loopbacks, tunnels) tell nothing.
"""

import re
from collections.abc import Sequence

from emulator.captures.facts import ClockFacts, VersionFacts
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import Refused, UnknownName
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.image import BOOT_FILE
from emulator.twins.report import Matter

LIKELIEST = ("CISCO881-K9", "CISCO888-K9", "CISCO887-K9", "CISCO887VA-K9", "CISCO886-K9", "CISCO861-K9", "CISCO867-K9")
"""Products by how probable they are where only the hardware is known (I)."""

INTERFACE = re.compile(
    r"^ *(?:interface|controller) (?P<name>[A-Z][A-Za-z-]*|wlan-ap) ?(?P<number>\d\S*)", re.MULTILINE
)

SOFTWARE_ONLY = re.compile(
    r"(?:Async|BVI|Dialer|Group-Async|Loopback|Multilink|NVI|Null|Port-channel|Tunnel|Vlan)\d+|Virtual-\w+\d|.*\.\d+"
)
"""Interfaces that the configuration makes, sub-interfaces among them."""

TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^service-module wlan-ap 0 ", re.MULTILINE), "wlan-ap0"),
    (re.compile(r"^isdn switch-type ", re.MULTILINE), "BRI0"),
    (re.compile(r"^chat-script ", re.MULTILINE), "Cellular0"),
    (re.compile(r"^controller vdsl 0", re.MULTILINE), "VDSL 0"),
)
"""Lines of a configuration that only a router with that interface has (C, R), for those that were cut off before."""

PREFIXES = (("c860", "860"), ("c880data", "880"), ("c880voice", "880srst"), ("c800", "second generation"))
"""Beginnings of the file names of images, with a family that boots them (C)."""

OTHER_IMAGE = re.compile(r"(?!c8[068])c\d{3,4}\w*-\S+\.bin")
"""An image of other hardware, by its name: `c2900-universalk9-mz.SPA.151-4.M4.bin` (C)."""


def guess(device: CapturedDevice, platforms: PlatformCatalogue, images: ImageCatalogue) -> Platform:
    """The product that a device is taken for, which is told.

    Raises:
        Refused: nothing is of a router of these families.
    """
    known = [platforms.get(pid) for pid in dict.fromkeys((*LIKELIEST, *platforms.pids()))]
    version = device.version
    if version is not None and version.model is not None:
        return _by_model(device, version, known)
    seen = _names_seen(device)
    families = _families(device, images)
    everywhere = {name for each in known for name in _names(each)}
    strange = sorted(name for name in seen - everywhere if not SOFTWARE_ONLY.fullmatch(name))
    other = [file for file in _image_files(device) if OTHER_IMAGE.fullmatch(file)]
    if other and not families:
        raise Refused(f"{other[0]} is an image for routers of another family")
    board = seen & everywhere
    if strange and len(strange) >= len(board):
        raise Refused(
            f"no product of these families has the interfaces {', '.join(strange)};"
            " add its `show version`, or name the product with --pid"
        )
    if all(isinstance(each.facts, ClockFacts) for each in device.readings):
        raise Refused(
            "nothing tells which product this is; add its `show version` or `show inventory`,"
            " or name the product with --pid"
        )
    booting = [each for each in known if each.family in families]
    configured = bool(device.configurations)
    taken = _by_interfaces(booting or known, board, whole=device.brief is not None, configured=configured)
    if board:
        why = "by its interfaces it is taken for"
    elif booting:
        why = "by its image it is taken for"
    else:
        why = "it is taken for the likeliest,"
    device.twin.tell(Matter.ASSUMED, f"nothing tells the product; {why} {taken.pid}")
    missing = sorted({*board, *strange} - _names(taken))
    if missing:
        device.twin.tell(Matter.WARNING, f"a {taken.pid} has no {', '.join(missing)}; no product has all that was seen")
    return taken


def _by_model(device: CapturedDevice, version: VersionFacts, known: Sequence[Platform]) -> Platform:
    fitting = [each for each in known if version.model == (each.model if version.processor else each.pid)]
    if version.counts:
        fitting = [each for each in fitting if each.counts == version.counts] or fitting
    if not fitting:
        names = {each.model if version.processor else each.pid for each in known}
        raise Refused(f"{version.place('model')}: {UnknownName('model', version.model or '', names)}")
    device.twin.tell(
        Matter.ASSUMED, f"nothing tells the product; a Cisco {version.model} is taken for {fitting[0].pid}"
    )
    return fitting[0]


def _by_interfaces(known: Sequence[Platform], board: set[str], *, whole: bool, configured: bool) -> Platform:
    """The first that has exactly these, where all were listed; else the first with all of them; else with the most.

    A configuration names the controllers of its router, so of two that have as many the one with fewer others is taken.
    """
    exact = [each for each in known if whole and board == _names(each) - set(each.controllers)]

    def fitness(each: Platform) -> tuple[int, int]:
        unseen = set(each.controllers) - board if configured else ()
        return len(board & _names(each)), -len(unseen)

    return next(iter(exact), None) or max(known, key=fitness)


def _names(platform: Platform) -> set[str]:
    ports = {name for port in platform.interfaces for name in (port.name, *port.channels)}
    return ports | set(platform.controllers)


def _names_seen(device: CapturedDevice) -> set[str]:
    """Interfaces that any screen or configuration names, and those that its lines are of."""
    seen = {row.name for row in device.brief.rows} if device.brief is not None else set()
    seen |= set(device.ports)
    if device.neighbours is not None:
        seen |= {row.interface for row in device.neighbours.rows if row.interface}
    for text in (facts.text for facts in device.configurations):
        for match in INTERFACE.finditer(text):
            blank = " " if match[0].startswith("controller") else ""
            seen.add(f"{match['name']}{blank}{match['number']}")
        seen |= {name for pattern, name in TRAITS if pattern.search(text)}
    return seen


def _families(device: CapturedDevice, images: ImageCatalogue) -> set[str]:
    """The families that the images boot on which the configuration or the flash names."""
    found: set[str] = set()
    for file in _image_files(device):
        try:
            found |= set(images.get(file).families)
        except UnknownName:
            found |= {family for prefix, family in PREFIXES if file.startswith(f"{prefix}-universal")}
    return found


def _image_files(device: CapturedDevice) -> list[str]:
    """File names of the image that runs, of those that the configuration boots, and of those in the flash."""
    running = device.version.image_file if device.version is not None else None
    files = [running.rpartition(":")[2].rpartition("/")[2]] if running else []
    files += [file for facts in device.configurations for file in BOOT_FILE.findall(facts.text)]
    return files + [file.name for facts in device.directories.values() for file in facts.files]
