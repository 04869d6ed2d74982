"""The use case behind `isrtwin import`: routers made from files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, count

import msgspec
from msgspec.structs import replace

from emulator.captures.parse import collector, configuration
from emulator.captures.reading.commands import READ_BY_LINE, WITH_LINES
from emulator.captures.reading.screens import screens_of
from emulator.captures.reading.terminal import lines_of
from emulator.kernel.errors import DataFileError, Refused, UnknownName
from emulator.licensing.udi import Udi
from emulator.twins.attribution import devices_of
from emulator.twins.build import not_there_yet, place
from emulator.twins.choice import FREE, ImportChoice
from emulator.twins.device import CapturedDevice, ScreenFacts
from emulator.twins.parse.table import PARSERS
from emulator.twins.planning.identity import told_serial
from emulator.twins.planning.times import Zones, known_at
from emulator.twins.proving.check import prove
from emulator.twins.report import Matter, Note, Report
from emulator.world.recipe import DEFAULT_START, parse_start
from emulator.world.world import World

SIZE_LIMIT = 64_000_000
"""Bytes of the largest recording; no log of a session is longer."""


class Recording(msgspec.Struct, frozen=True):
    """A file: the name by which it is spoken of, and what is in it."""

    name: str
    data: bytes


class Read(msgspec.Struct):
    """Devices found in the recordings, and notes on them."""

    devices: list[CapturedDevice]
    notes: list[Note]


def read(recordings: Iterable[Recording]) -> Read:
    """Find the devices; nothing of a world is needed for that."""
    readings: list[ScreenFacts] = []
    notes: list[Note] = []
    for recording in recordings:
        if len(recording.data) > SIZE_LIMIT:
            notes.append(Note(Matter.UNREAD, recording.name, "the file is too large for a log of a session"))
            continue
        screens, leftovers = screens_of(recording.name, lines_of(recording.data))
        notes += [Note(Matter.UNREAD, f"{each.file}:{each.line}", each.what) for each in leftovers]
        for screen in screens:
            facts, unread = PARSERS[screen.kind](screen)
            for each in unread:
                why = f" ({each.why})" if each.why else ""
                notes.append(Note(Matter.UNREAD, f"{screen.file}:{each.line}", f"{each.text.strip()}{why}"))
            if facts is not None:
                udi = configuration.udi_of(screen) if screen.kind in WITH_LINES else None
                filtered = screen.kind in READ_BY_LINE and "|" in screen.typed
                readings.append(ScreenFacts(screen, facts, udi, collected=filtered))
                readings += _collected(readings[-1], notes)
    devices, left = devices_of(readings)
    return Read(devices, [*notes, *left])


def _collected(reading: ScreenFacts, notes: list[Note]) -> list[ScreenFacts]:
    """Return what a collector wrote above a configuration, as read of the same device."""
    screen = reading.screen
    found, passed = collector.parse(screen)
    if passed is not None:
        notes.append(Note(Matter.UNREAD, f"{screen.file}:{passed.line}", f"{passed.text} ({passed.why})"))
    return [ScreenFacts(replace(each, host=reading.host), facts, reading.udi, collected=True) for each, facts in found]


def start_for(found: Read) -> str:
    """Start of a new world for these devices: the latest of their calendars, so that all agree on the date."""
    known = [moment for device in found.devices if (moment := known_at(device, Zones(device))) is not None]
    if not known:
        return DEFAULT_START
    start = (
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=max(each.epoch_ms for each in known))
    ).isoformat()
    try:
        parse_start(start)
    except ValueError:
        return DEFAULT_START
    return start


def import_into(world: World, found: Read, names: Sequence[str], choice: ImportChoice = FREE) -> Report:
    """Make the twins; one that cannot be made is told of and left out.

    Raises:
        Refused: there are not as many devices as names, or a name is taken.
    """
    report = Report([device.twin for device in found.devices], found.notes)
    if len(names) > len(found.devices):
        raise Refused(f"{len(names)} names were given, but there are captures of {len(found.devices)} devices")
    free = _free_names(world, names)
    name = next(free)
    made: dict[str, str] = {}
    for number, device in enumerate(found.devices):
        try:
            _another_unit(device, made)
            router = place(world, name, device, choice)
        except (Refused, UnknownName, DataFileError) as error:
            device.twin.tell(Matter.REFUSED, str(error))
            name = next(free) if number < len(names) else name
            continue
        device.twin.router, device.twin.udi = name, str(router.state.udi)
        made[router.state.udi.serial] = _named(device)
        prove(world, name, device)
        name = next(free)
    return report


def _another_unit(device: CapturedDevice, made: dict[str, str]) -> None:
    """Refuse a device with the serial number of one of the same import: nobody knows which of them it belongs to.

    Raises:
        Refused: two host names, one serial number.
    """
    serial, _ = told_serial(device) or ("", "")
    if serial in made:
        raise Refused(f"{_named(device)} has the serial number {serial}, and so has {made[serial]}")


def _named(device: CapturedDevice) -> str:
    """The device by its host name, and where its serial number was read."""
    _, place_ = told_serial(device) or ("", "")
    host = device.host or "a device without a name"
    return f"{host} ({place_})" if place_ else host


def _free_names(world: World, names: Sequence[str]) -> Iterator[str]:
    """The names given, then the first free ones; all that were given are checked before the first is used."""
    for name in names:
        if name.lower() in world.names:
            raise Refused(f"there is a router {name} already")
    taken = {name.lower() for name in (*world.names, *names)}
    return chain(names, (f"R{number}" for number in count(1) if f"r{number}" not in taken))


def check(world: World, found: Read, names: Sequence[str]) -> None:
    """Check that the world has room for these devices, before anything of it is changed.

    Raises:
        Refused: a name or a serial number is taken.
    """
    _free_names(world, names)
    for device in found.devices:
        for udi in device.udis[:1]:
            not_there_yet(world, Udi(udi.pid, udi.serial))
