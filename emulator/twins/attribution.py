"""Attribution of screens to devices.

A screen belongs to the host in its prompt, or to the one that it names itself, or else to the device with the same
serial number, or to the only one of its file, or to the only one there is. Two units of one name are two devices. What
fits several is given to none, and that is told: the facts of one router never reach another.
"""

from collections.abc import Iterable, Sequence

from emulator.captures.reading.commands import WITH_ARGUMENT
from emulator.twins.device import CapturedDevice, ScreenFacts
from emulator.twins.report import Matter, Note, Twin


def devices_of(readings: Iterable[ScreenFacts]) -> tuple[list[CapturedDevice], list[Note]]:
    """The devices in the order in which they are first met, and what could be given to none."""
    return _Sorting(readings).devices()


class _Sorting:
    """Sorts readings by device: what tells name or serial number first, then the rest."""

    def __init__(self, readings: Iterable[ScreenFacts]) -> None:
        self._readings = list(readings)
        self._devices: list[CapturedDevice] = []
        self._owners: dict[int, CapturedDevice] = {}
        """The device of each reading, by its place among them."""
        self._numbered: dict[str, CapturedDevice] = {}
        """The first device that tells a serial number."""
        self._units: dict[tuple[str, str], CapturedDevice] = {}
        """The device of a name with a serial number."""

    def devices(self) -> tuple[list[CapturedDevice], list[Note]]:
        """The devices, and notes on readings that none of them gets."""
        places = list(enumerate(self._readings))
        for at, reading in places:
            if reading.host is not None and reading.serial is not None:
                self._give(at, self._known_by_name(reading, reading.host, reading.serial))
        named = {reading.host for _, reading in places if reading.host is not None}
        for at, reading in places:
            if reading.host is not None and reading.serial is None:
                self._give(at, self._called(at, reading.host))
        for at, reading in places:
            if reading.host is None and reading.serial is not None:
                self._give(at, self._numbered.get(reading.serial) or self._new(""))
        left = [at for at, reading in places if reading.host is None and reading.serial is None]
        if left and not (self._devices or named):
            self._new("")
        for at in left:
            self._give(at, self._among(at, self._devices))
        for device in self._devices:
            device.readings = [reading for at, reading in places if self._owners.get(at) is device]
        met = list({id(self._owners[at]): self._owners[at] for at, _ in places if at in self._owners}.values())
        return met, [_belongs_to_none(reading) for at, reading in places if at not in self._owners]

    def _give(self, at: int, owner: CapturedDevice | None) -> None:
        if owner is None:
            return
        reading = self._readings[at]
        owner.readings.append(reading)
        self._owners[at] = owner
        if reading.serial is not None:
            self._numbered.setdefault(reading.serial, owner)
            self._units.setdefault((reading.host or "", reading.serial), owner)

    def _new(self, host: str) -> CapturedDevice:
        self._devices.append(CapturedDevice(Twin(host)))
        return self._devices[-1]

    def _known_by_name(self, reading: ScreenFacts, host: str, serial: str) -> CapturedDevice:
        """The device of a name; two routers may have the same, then their serial numbers tell them apart."""
        if (host, serial) in self._units:
            return self._units[host, serial]
        called = [device for device in self._devices if device.host == host]
        if not called or any(_is_other_unit(reading, each) for each in called[-1].readings):
            return self._new(host)
        return called[-1]

    def _called(self, at: int, host: str) -> CapturedDevice | None:
        """The device of a name, for a reading that tells no serial number."""
        called = [device for device in self._devices if device.host == host]
        return self._among(at, called) if called else self._new(host)

    def _among(self, at: int, devices: Sequence[CapturedDevice]) -> CapturedDevice | None:
        """One of the devices: the only one there is, or the only one that the file of a reading tells of.

        Where a file has several, and begins with a screen that tells whose it is, the rest follows such a screen; a
        command that was captured there already is of another device, and nobody knows of which.
        """
        if len(devices) == 1:
            return devices[0]
        file = [
            place for place, each in enumerate(self._readings) if each.screen.file == self._readings[at].screen.file
        ]
        owned = [place for place in file if any(self._owners.get(place) is device for device in devices)]
        near = {id(self._owners[place]) for place in owned}
        if len(near) == 1:
            return self._owners[owned[0]]
        before = [place for place in owned if place < at]
        if not before or file[0] not in owned:
            return None
        owner, kind = self._owners[before[-1]], self._readings[at].screen.kind
        known = {self._readings[place].screen.kind for place in before if self._owners[place] is owner}
        return None if kind in known - WITH_ARGUMENT else owner


def _is_other_unit(reading: ScreenFacts, known: ScreenFacts) -> bool:
    """Tell whether one command told two serial numbers, or two commands differ in the product as well."""
    if None in {reading.serial, known.serial} or reading.serial == known.serial:
        return False
    if reading.screen.kind is known.screen.kind:
        return True
    return None not in {reading.pid, known.pid} and reading.pid != known.pid


def _belongs_to_none(reading: ScreenFacts) -> Note:
    place = f"{reading.screen.file}:{reading.screen.lines[0].number}"
    command = reading.screen.kind.value
    return Note(Matter.UNREAD, place, f"nothing tells which of the devices '{command}' is from")
