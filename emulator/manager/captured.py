"""Captures of devices: recorded screens of `show version` and `show license`, as facts to compare.

I: screens are told apart by the name in the prompt, so one recording may hold several devices; of a screen that comes
twice the later one counts.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from emulator.captures.facts import LicensesFacts, VersionFacts
from emulator.captures.parse import licenses, version
from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screen import Screen
from emulator.captures.reading.screens import screens_of
from emulator.captures.reading.terminal import lines_of
from emulator.kernel.errors import Refused, printable
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.device_acts import PERMANENT, PRIMARY

LARGEST_CAPTURE = 1024 * 1024
"""Largest capture that is read, in bytes."""

LICENSE_SCREENS = (Kind.LICENSE_DETAIL, Kind.LICENSE_ALL, Kind.LICENSE)
"""Screens that show every license, the one that tells most first."""


class DeviceCapture(msgspec.Struct, frozen=True):
    """Facts of one device in a capture; None is what it does not tell.

    Attributes:
        permanent: features with a permanent license.
    """

    udi: Udi
    release: str | None = None
    level: str | None = None
    next_level: str | None = None
    permanent: frozenset[str] | None = None


def read_capture(content: bytes) -> list[DeviceCapture]:
    """Read the devices of a capture.

    Raises:
        Refused: it is too large, or a device in it shows no UDI, or two.
    """
    if len(content) > LARGEST_CAPTURE:
        raise Refused("a capture has 1 MiB at most")
    screens, _ = screens_of("capture", lines_of(content))
    hosts: dict[str | None, dict[Kind, Screen]] = {}
    for screen in screens:
        hosts.setdefault(screen.host, {})[screen.kind] = screen
    found = [_device(host, own) for host, own in hosts.items() if own.keys() & {Kind.VERSION, *LICENSE_SCREENS}]
    if not found:
        raise Refused("the capture shows no `show version` and no `show license`")
    return found


def captured_devices(contents: Iterable[bytes]) -> dict[Udi, DeviceCapture]:
    """Read the devices of captures, by UDI; of one that comes twice the later facts count.

    Raises:
        Refused: a capture is too large, or a device in it shows no UDI, or two.
    """
    return {each.udi: each for content in contents for each in read_capture(content)}


def _device(host: str | None, screens: Mapping[Kind, Screen]) -> DeviceCapture:
    software = version.parse(screens[Kind.VERSION])[0] if Kind.VERSION in screens else None
    shown = next((screens[kind] for kind in LICENSE_SCREENS if kind in screens), None)
    udis = list(dict.fromkeys(_udis(screens, software)))
    name = f"'{printable(host)}' " if host else ""
    if not udis:
        raise Refused(f"{name}shows no UDI in the capture; add `show license udi` or `show version`".strip())
    if len(udis) > 1:
        raise Refused(f"{name}shows two UDIs in the capture: {udis[0]} and {udis[1]}".strip())
    return DeviceCapture(
        udis[0],
        software.version if software else None,
        software.level if software else None,
        software.next_level if software else None,
        None if shown is None else _permanent(licenses.parse(shown)[0]),
    )


def _udis(screens: Mapping[Kind, Screen], software: VersionFacts | None) -> Iterator[Udi]:
    named = []
    if Kind.LICENSE_UDI in screens:
        facts, _ = licenses.parse_udi(screens[Kind.LICENSE_UDI])
        named += [] if facts is None else [f"{facts.pid}:{facts.serial}"]
    if software is not None and software.pid and software.serial:
        named.append(f"{software.pid}:{software.serial}")
    for text in named:
        try:
            yield parse_udi(text)
        except ValueError as error:
            raise Refused(printable(str(error))) from None


def _permanent(facts: LicensesFacts) -> frozenset[str]:
    """Features with a permanent license; `show license` alone tells no stores."""
    stored = (each for each in facts.entries if each.store is None or each.store.startswith(PRIMARY))
    return frozenset(printable(each.feature) for each in stored if each.type == PERMANENT)
