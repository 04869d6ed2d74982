"""One device out of many screens: one value for each fact.

Of a command that was captured more than once the last counts, for a log goes forward in time. Facts that identify must
agree. Which screens are of one device: `attribution.py`.
"""

from typing import TypeVar

import msgspec
from msgspec.structs import asdict

from emulator.captures.facts import (
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
    StatusFacts,
    UdiFacts,
    VersionFacts,
    VtpFacts,
)
from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screen import Screen
from emulator.twins.report import Twin

Kept = TypeVar("Kept", bound=Facts)


class ScreenFacts(msgspec.Struct, frozen=True):
    """A screen and its facts; `collected`: a collector or a filter left lines of it, no whole screen to compare."""

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
    def pid(self) -> str | None:
        """The product that it tells of."""
        facts = self.facts
        if isinstance(facts, (VersionFacts, UdiFacts)):
            return facts.pid
        if isinstance(facts, InventoryFacts):
            return next((item.pid for item in facts.items if "chassis" in item.description.lower()), None)
        return self.udi.pid if self.udi is not None else None

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
        """The last whole screen; without one, what all the parts of such a screen tell, the later ones first."""
        read = [(each.collected, each.facts) for each in self.readings if isinstance(each.facts, VersionFacts)]
        parts = [facts for collected, facts in read if collected and isinstance(facts, VersionFacts)]
        if len(parts) < 2 or len(parts) < len(read):
            return self.last(VersionFacts)
        told = {name: value for facts in parts for name, value in asdict(facts).items() if value not in (None, ())}
        return VersionFacts(**{**told, "at": {name: line for facts in parts for name, line in facts.at.items()}})

    @property
    def inventory(self) -> InventoryFacts | None:
        return self.last(InventoryFacts)

    @property
    def license_status(self) -> StatusFacts | None:
        return self.last(StatusFacts)

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
    def vtp(self) -> VtpFacts | None:
        return self.last(VtpFacts)

    @property
    def clock(self) -> ClockFacts | None:
        return self.last(ClockFacts)

    @property
    def running(self) -> ConfigurationFacts | None:
        return self.last(ConfigurationFacts, Kind.RUNNING_CONFIG)

    @property
    def startup(self) -> ConfigurationFacts | None:
        return self.last(ConfigurationFacts, Kind.STARTUP_CONFIG)

    @property
    def parts(self) -> list[ConfigurationFacts]:
        """Parts of a configuration in the order in which they were captured."""
        found = [reading.facts for reading in self.readings if reading.screen.kind is Kind.PART]
        return [each for each in found if isinstance(each, ConfigurationFacts)]

    @property
    def configurations(self) -> list[ConfigurationFacts]:
        """The running configuration and the saved one; the parts where there is no whole one."""
        return [each for each in (self.running, self.startup) if each is not None] or self.parts

    @property
    def configuration_text(self) -> str:
        """The running configuration, else the saved one, else the parts; empty where nothing tells of any."""
        whole = self.running or self.startup
        return whole.text if whole is not None else "\n".join(each.text for each in self.parts)

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
