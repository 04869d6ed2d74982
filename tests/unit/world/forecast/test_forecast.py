"""A forecast says what then happens, and changes nothing."""

import csv
import io
import json
from xml.etree.ElementTree import fromstring

import pytest
from icalendar import Calendar

from emulator.kernel.errors import Refused
from emulator.kernel.time import DAY
from emulator.licensing.expiry import EndEvent, WarningEvent
from emulator.world.forecast.formats import COLUMNS, FORMATS
from emulator.world.forecast.run import first_of, forecast
from emulator.world.forecast.timeline import MOST_LANES
from emulator.world.forecast.view import Forecast, ForecastKind, ForecastRow, days
from emulator.world.fork import copied_state
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of

EVALUATE = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write", "reload")
END, LETTER, RELOAD, WARNING = ForecastKind.END, ForecastKind.LETTER, ForecastKind.RELOAD, ForecastKind.WARNING


def evaluating(*names: str) -> World:
    world = world_of(*names)
    for name in names:
        ConsoleDriver(world, name).boot().type(*EVALUATE, "")
    return world


def of_kind(found: Forecast, *kinds: ForecastKind) -> list[ForecastRow]:
    return [row for row in found.rows if row.kind in kinds]


def test_what_it_says_then_happens() -> None:
    world = evaluating("R1", "R2")
    BenchDriver(world).succeeds("order SL-880-AIS=")
    before = copied_state(world)
    found = forecast(world, 100 * DAY)
    assert copied_state(world) == before
    heard: list[tuple[int, str, str]] = []
    world.listeners.append(
        lambda event: (
            heard.append((event.at, event.router, event.feature))
            if isinstance(event, WarningEvent) or (isinstance(event, EndEvent) and event.ago == 0)
            else None
        )
    )
    world.clock.run_to(world.now + 100 * DAY)
    told = [(row.at, row.router, row.subject) for row in of_kind(found, WARNING, END)]
    assert told == heard
    assert len(told) == 2 * 11
    for row in of_kind(found, RELOAD):
        assert world.router(row.router).activation.inventory.next_level().level == row.subject
    assert [row.subject for row in of_kind(found, LETTER)] == [world.post.subjects()[-1][1]]


def test_an_idle_world_has_nothing_ahead() -> None:
    world = world_of("R1")
    ConsoleDriver(world).boot()
    found = forecast(world)
    assert found.rows == ()
    assert FORMATS["table"](found) == (
        "nothing runs out between Mon 2010-03-01 09:01:16 UTC and Tue 2011-03-01 09:01:16 UTC\n"
    )


def test_what_is_installed_needs_no_pak() -> None:
    world = evaluating("R1", "R2")
    bench = BenchDriver(world)
    console = ConsoleDriver(world)
    console.type("", "enable", f"license install usbflash0:{bench.license_on_stick()}")
    bench.succeeds("order L-880-AIS=")
    found = forecast(world, 100 * DAY)
    ends = {row.router: row for row in of_kind(found, END)}
    assert (ends["R1"].installed, ends["R1"].pak) == ("Permanent", "")
    assert ends["R2"].installed == ""
    (entry,) = [each for each in days(found) if each.kind is END and "R1" in each.routers]
    assert entry.cover.startswith("a license without end is installed (1 of 2)"), entry
    console.type("reload", "")
    assert not [row for row in of_kind(forecast(world, 100 * DAY), END) if row.router == "R1"]


def test_paks_on_hand_cover_as_many_ends_as_they_have_licenses() -> None:
    world = evaluating("R1", "R2", "R3")
    assert [row.pak for row in of_kind(forecast(world), END)] == ["", "", ""]
    bench = BenchDriver(world)
    bench.succeeds("order L-IAD880-AIS=")
    assert [row.pak for row in of_kind(forecast(world), END)] == ["", "", ""], "it is for another family"
    bench.succeeds("order L-880-AIS= quantity 2")
    codes = [row.pak for row in of_kind(forecast(world), END)]
    assert [bool(code) for code in codes] == [True, True, False]
    assert len(set(codes[:2])) == 1
    entry = next(each for each in days(forecast(world)) if each.kind is END)
    assert (entry.who, entry.cover) == ("R1, R2, R3", f"PAK {codes[0]} (2 of 3)")
    bench.succeeds("advance 58d")
    bench.succeeds("order SL-880-AIS=")
    assert [bool(row.pak) for row in of_kind(forecast(world), END)] == [True, True, False], "it comes too late"


def test_the_first_thing_of_a_kind() -> None:
    world = evaluating("R1")
    end = first_of(world, "R1", lambda row: row.kind is END)
    assert end == of_kind(forecast(world), END)[0]
    with pytest.raises(Refused, match="nothing of that kind happens to R1 as things are"):
        first_of(world, "R1", lambda row: row.kind is LETTER)


def test_every_format_tells_the_same() -> None:
    world = evaluating("R1")
    BenchDriver(world).succeeds("order L-880-AIS=")
    found = forecast(world)
    rows = json.loads(FORMATS["json"](found))["rows"]
    assert [tuple(row) for row in rows] == [COLUMNS] * len(found.rows)
    written = list(csv.DictReader(io.StringIO(FORMATS["csv"](found), newline="")))
    assert [{name: "" if row[name] is None else str(row[name]) for name in COLUMNS} for row in rows] == written
    events = Calendar.from_ical(FORMATS["ical"](found)).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [f"{each.who}: {each.text}" for each in days(found)]
    assert [event.decoded("dtstart") for event in events] == [each.day for each in days(found)]
    assert len({str(event["uid"]) for event in events}) == len(events)
    table = FORMATS["table"](found).splitlines()
    assert len(table) == len(events)
    assert any(line.endswith(f"R1  PAK {of_kind(found, END)[0].pak}") for line in table)


def dots(svg: str) -> list[str]:
    picture = fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    return [title.text or "" for title in picture.iter(f"{space}title")][1:]


def test_the_picture_has_a_mark_for_everything_and_no_reference_to_elsewhere() -> None:
    found = forecast(evaluating("R1"))
    svg = FORMATS["svg"](found)
    assert len(dots(svg)) == len(found.rows)
    assert "href" not in svg
    assert svg.count("http") == 1, "the name of the format alone"


def test_a_fleet_is_drawn_by_weeks() -> None:
    found = forecast(evaluating("R1"))
    many = tuple(
        ForecastRow(row.at, f"R{number}", row.kind, row.subject, row.license, row.left)
        for number in range(MOST_LANES + 1)
        for row in found.rows
    )
    fleet = Forecast(found.world, found.start, found.begin, found.end, many)
    marks = dots(FORMATS["svg"](fleet))
    assert sum(int(mark.split(": ")[1].split(" x ")[0]) for mark in marks) == len(many)
    assert days(fleet)[0].who == "41 routers (R0 … R9)"
