"""One device out of many screens: whose each screen is, and one value for each fact.

A screen belongs to the host in its prompt, or to the one that it names itself, or else to the device with the same
serial number, or to the only one of its file, or to the only one there is. Of a command that was captured more than
once the last counts, for a log goes forward in time. Facts that identify must agree.
"""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from emulator.twins.facts import (
    ArpsFacts,
    BriefsFacts,
    ClockFacts,
    ConfigurationFacts,
    DirectoryFacts,
    Facts,
    FeaturesFacts,
    InventoryFacts,
    LicensesFacts,
    PortFacts,
    PortsFacts,
    UdiFacts,
    VersionFacts,
)
from emulator.twins.reading.commands import Kind
from emulator.twins.reading.screen import Screen
from emulator.twins.report import Matter, Note, Twin

Kept = TypeVar("Kept", bound=Facts)


class ScreenFacts(msgspec.Struct, frozen=True):
    """A screen and its facts; `collected`: out of the comments of a collector, so there is no screen to compare."""

    screen: Screen
    facts: Facts
    udi: UdiFacts | None = None
    collected: bool = False

    @property
    def host(self) -> str | None:
        """The name that the screen belongs to."""
        named = self.facts.hostname if isinstance(self.facts, (VersionFacts, ConfigurationFacts)) else None
        return self.screen.host or named

    @property
    def serial(self) -> str | None:
        """The serial number that it tells of."""
        facts = self.facts
        if isinstance(facts, VersionFacts):
            return facts.serial or facts.board_id
        if isinstance(facts, UdiFacts):
            return facts.serial
        if isinstance(facts, InventoryFacts):
            return next((item.serial for item in facts.items if "chassis" in item.description.lower()), None)
        return self.udi.serial if self.udi is not None else None

    @property
    def is_of_one(self) -> bool:
        """Tell whether the command asked for one item only: `show license detail advipservices`."""
        return len(self.screen.typed.split()) > len(self.screen.kind.value.split())


class CapturedDevice(msgspec.Struct):
    """Screens that were read of one device."""

    twin: Twin
    readings: list[ScreenFacts] = []

    @property
    def host(self) -> str | None:
        return self.twin.host or None

    def last(self, kind: type[Kept], command: Kind | None = None) -> Kept | None:
        """The facts of a kind; of several the last, but rather the router's own than those of a collector."""
        found = [
            (not reading.collected, at, reading.facts)
            for at, reading in enumerate(self.readings)
            if isinstance(reading.facts, kind) and command in {None, reading.screen.kind}
        ]
        return max(found, key=lambda each: each[:2])[2] if found else None

    @property
    def version(self) -> VersionFacts | None:
        return self.last(VersionFacts)

    @property
    def inventory(self) -> InventoryFacts | None:
        return self.last(InventoryFacts)

    @property
    def features(self) -> FeaturesFacts | None:
        return self.last(FeaturesFacts)

    @property
    def brief(self) -> BriefsFacts | None:
        return self.last(BriefsFacts)

    @property
    def neighbours(self) -> ArpsFacts | None:
        return self.last(ArpsFacts)

    @property
    def clock(self) -> ClockFacts | None:
        return self.last(ClockFacts)

    @property
    def running(self) -> ConfigurationFacts | None:
        return self.last(ConfigurationFacts, Kind.RUNNING_CONFIG)

    @property
    def startup(self) -> ConfigurationFacts | None:
        return self.last(ConfigurationFacts, Kind.STARTUP_CONFIG)

    def licenses(self, kind: Kind) -> LicensesFacts | None:
        """One of the forms of `show license`: the last time that it was asked for, but rather for all than for one."""
        return self.all_licenses(kind) or self.last(LicensesFacts, kind)

    def all_licenses(self, kind: Kind) -> LicensesFacts | None:
        """Facts of one of the forms of `show license`, the last time that it was asked for all."""
        found = [
            reading.facts
            for reading in self.readings
            if isinstance(reading.facts, LicensesFacts) and reading.screen.kind is kind and not reading.is_of_one
        ]
        return found[-1] if found else None

    @property
    def directories(self) -> dict[str, DirectoryFacts]:
        """Directories by device; those below the root are left out."""
        found = [reading.facts for reading in self.readings if isinstance(reading.facts, DirectoryFacts)]
        return {each.device: each for each in found if not each.path}

    @property
    def ports(self) -> dict[str, tuple[PortFacts, PortsFacts]]:
        """Blocks of `show interfaces` by interface, with the screen that each stands in."""
        found = [reading.facts for reading in self.readings if isinstance(reading.facts, PortsFacts)]
        return {port.name: (port, each) for each in found for port in each.ports}

    @property
    def all_ports(self) -> tuple[PortFacts, ...]:
        """The blocks of `show interfaces`, where it was asked for all."""
        found = [
            reading.facts.ports
            for reading in self.readings
            if isinstance(reading.facts, PortsFacts) and reading.screen.typed and not reading.is_of_one
        ]
        return found[-1] if found else ()

    @property
    def udis(self) -> list[UdiFacts]:
        """Every place that tells both halves of the identity, the most trusted first."""
        found: list[UdiFacts] = []
        version = self.version
        if version is not None and version.pid and version.serial:
            found.append(UdiFacts(file=version.file, at=version.at, pid=version.pid, serial=version.serial))
        found += [reading.facts for reading in self.readings if isinstance(reading.facts, UdiFacts)]
        found += [
            UdiFacts(file=reading.facts.file, at={"pid": item.line + 1, "serial": item.line + 1}, pid=item.pid,
                     serial=item.serial)
            for reading in self.readings
            if isinstance(reading.facts, InventoryFacts)
            for item in reading.facts.items[:1]
            if item.pid and item.serial
        ]  # fmt: skip
        found += [reading.udi for reading in self.readings if reading.udi is not None]
        return found


def devices_of(readings: Iterable[ScreenFacts]) -> tuple[list[CapturedDevice], list[Note]]:
    """The devices in the order in which they are first met, and what could be given to none."""
    named: dict[str, CapturedDevice] = {}
    by_serial: dict[str, CapturedDevice] = {}
    waiting: list[ScreenFacts] = []
    for reading in readings:
        if reading.host is None:
            waiting.append(reading)
            continue
        device = named.setdefault(reading.host, CapturedDevice(Twin(reading.host)))
        device.readings.append(reading)
        if reading.serial is not None:
            by_serial.setdefault(reading.serial, device)
    unnamed: list[CapturedDevice] = []
    left: list[ScreenFacts] = []
    for reading in waiting:
        if reading.serial is None:
            left.append(reading)
            continue
        if reading.serial not in by_serial:
            by_serial[reading.serial] = CapturedDevice(Twin(""))
            unnamed.append(by_serial[reading.serial])
        by_serial[reading.serial].readings.append(reading)
    devices = [*named.values(), *unnamed]
    return _with_the_rest(devices, left)


def _with_the_rest(devices: list[CapturedDevice], left: list[ScreenFacts]) -> tuple[list[CapturedDevice], list[Note]]:
    """Give what names nobody to the only device of its file, or the only one."""
    notes: list[Note] = []
    if not devices and left:
        devices = [CapturedDevice(Twin(""))]
    for reading in left:
        same = [
            device for device in devices if any(each.screen.file == reading.screen.file for each in device.readings)
        ]
        choice = same if len(same) == 1 else devices
        if len(choice) == 1:
            choice[0].readings.append(reading)
        else:
            place = f"{reading.screen.file}:{reading.screen.lines[0].number}"
            command = reading.screen.kind.value
            notes.append(Note(Matter.UNREAD, place, f"nothing tells which of the devices '{command}' is from"))
    return devices, notes
