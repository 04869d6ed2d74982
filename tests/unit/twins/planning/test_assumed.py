"""A configuration alone: what it tells of the image that runs and of the time, and what is assumed beside it."""

import pytest

from emulator.console.render.files.running_config import configuration_text
from emulator.images.features import Feature, feature_table
from emulator.router.clocks import moment
from tests.unit.twins.recordings import CAPTURES, imported, told, twin_of

RUNNING = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")
VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
BOOT = "boot system flash c880data-universalk9-mz.155-3.M8.bin\n"
SECOND = "boot system flash c880data-universalk9-mz.154-2.T1.bin\n"


def booting(line: str, release: str = "15.5") -> str:
    """The configuration without its head, whose count would change."""
    assert BOOT + SECOND in RUNNING
    return (
        RUNNING[RUNNING.index("version ") :].replace(BOOT + SECOND, line).replace("version 15.5", f"version {release}")
    )


def image_of(text: str) -> str:
    world, twin = twin_of(text)
    assert [each.differing for each in twin.printed] == [0]
    return world.router("R1").manifest.file


@pytest.mark.parametrize("release", ["12.4", "15.0", "15.3", "15.5", "15.9"])
@pytest.mark.parametrize(
    "line", ["", "boot system flash c880data-universalk9-mz.153-3.M5.bin\n", "boot system flash x.bin\n"]
)
def test_the_identity_in_a_configuration_is_printed_whatever_the_image(line: str, release: str) -> None:
    world, twin = twin_of(booting(line, release))
    assert [each.differing for each in twin.printed] == [0]
    assert "license udi pid CISCO881-SEC-K9 sn FTX1512038X\n" in configuration_text(world.router("R1"))


@pytest.mark.parametrize(
    "named",
    ["flash {}", "flash:{}", "flash:/{}", "flash0:{}", "flash0:/{}", "flash flash:{}", "flash flash0:/old/{}", "{}"],
)
def test_every_way_to_name_a_file_of_flash_is_read(named: str) -> None:
    file = "c880data-universalk9-mz.155-3.M9.bin"
    assert image_of(booting(f"boot system {named.format(file)}\n")) == file


@pytest.mark.parametrize(
    ("line", "release", "base"),
    [
        ("boot system flash c880data-universalk9-mz.153-3.M5.bin\n", "15.3", "c880data-universalk9-mz.154-3.M5.bin"),
        ("boot system flash:x.bin\n", "15.8", "c880data-universalk9-mz.158-3.M6.bin"),
    ],
)
def test_an_image_that_nobody_knows_is_as_the_nearest(line: str, release: str, base: str) -> None:
    _, report = imported(booting(line, release))
    assert any(text.endswith(f"what the configuration does not tell of it is as in {base}") for text in told(report))


def test_an_image_that_is_to_boot_next_is_not_what_runs() -> None:
    """The line `version` is of the release that wrote the configuration; a second file may be it."""
    next_one = "boot system flash c880data-universalk9-mz.158-3.M6.bin\n"
    assert image_of(booting(next_one + BOOT)) == "c880data-universalk9-mz.155-3.M8.bin"
    assert image_of(booting(next_one)).startswith("c880data-universalk9-mz.155-3.")
    _, report = imported(booting(next_one))
    assert any("was written by 15.5, which is taken to run" in text for text in told(report))


def test_an_image_for_other_hardware_is_told() -> None:
    _, report = imported(booting("boot system flash c860-universalk9-mz.151-4.M5.bin\n", "15.1"))
    assert report.made
    assert any(
        "c860-universalk9-mz.151-4.M5.bin is known as an image for other hardware" in text for text in told(report)
    )


# --- the time ------------------------------------------------------------------------------------------------------


def clock_of(*texts: str) -> str:
    """Moment as `show clock` has it, without the thousandths; the console itself would ask for a password."""
    world, _ = twin_of(*texts)
    router = world.router("R1")
    return ("" if router.running.calendar.is_set else "*") + moment(router.wall_time())


def test_the_clock_starts_at_the_last_change_or_save() -> None:
    """The capture was saved a second after its change."""
    assert clock_of(RUNNING) == "09:40:41 PDT Wed Oct 10 2018"
    later = RUNNING.replace("change at 09:40:40 PDT Wed Oct 10", "change at 09:40:40 PDT Thu Oct 11")
    assert clock_of(later) == "09:40:40 PDT Thu Oct 11 2018"
    (note,) = [text for text in told(imported(RUNNING)[1]) if "tells the time" in text]
    assert note.endswith("the clock starts at the last change of the configuration, 09:40:41 PDT Wed Oct 10 2018")


def test_a_zone_that_only_the_head_knows_is_shown() -> None:
    lines = "clock timezone PST -8 0\nclock summer-time PDT recurring\n"
    assert clock_of(RUNNING.replace(lines, "")) == "09:40:41 PDT Wed Oct 10 2018"


def test_a_screen_that_tells_the_time_counts() -> None:
    assert clock_of(RUNNING, "11:00:00.000 PST Mon Jan 7 2019\n") == "11:00:00 PST Mon Jan 7 2019"
    version = VERSION.replace("pynet-rtr2", "pynet-rtr1").replace("FTX1829800Q", "FTX1512038X")
    assert clock_of(RUNNING, version) == "17:18:53 PST Sun Feb 5 2017"


def test_a_clock_that_is_not_set_by_the_screens_is_left_so() -> None:
    """Routers without `System restarted at` had not been told the time."""
    unset = "".join(line for line in VERSION.splitlines(keepends=True) if not line.startswith("System restarted"))
    unset = unset.replace("pynet-rtr2", "pynet-rtr1").replace("CISCO881-K9    ", "CISCO881-SEC-K9").replace(
        "FTX1829800Q", "FTX1512038X")  # fmt: skip
    assert clock_of(RUNNING, unset).startswith("*")


@pytest.mark.parametrize("day", ["Fri Mar 1 2002", "Mon Jan 2 2006", "Mon Mar 1 1993"])
def test_a_date_at_which_clocks_start_tells_nothing(day: str) -> None:
    text = RUNNING.replace("Wed Oct 10 2018", day)
    assert clock_of(text).startswith("*")


# --- the level -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "feature",
    [each for each in feature_table() if each.levels.get("880") and "," not in each.command],
    ids=lambda each: each.name,
)
def test_the_running_level_is_one_that_has_what_the_configuration_uses(feature: Feature) -> None:
    """A level without a feature would have printed no line of it."""
    text = f"!\nversion 15.1\nhostname branch\n!\n{feature.command} 1\n!\nend\n"
    world, _ = twin_of(text)
    lowest = next(each for each in ("advsecurity", "advipservices") if each in feature.levels["880"])
    assert world.router("R1").running.level == lowest


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("interface Vlan1\n ipv6 address 2001:DB8::1/64", "ipv6 address"),
        ("ipv6 route ::/0 Vlan1", "ipv6 route"),
        ("router eigrp CORP\n address-family ipv4 unicast autonomous-system 1", "router eigrp"),
        ("interface Vlan1\n vrf forwarding OFFICE", "vrf forwarding"),
    ],
)
def test_any_line_that_only_a_higher_level_has_asks_for_it(lines: str, words: str) -> None:
    world, report = imported(f"!\nversion 15.4\nhostname branch\n!\n{lines}\n!\nend\n")
    assert world.router("R1").running.level == "advipservices"
    note = f"assumed: nothing tells the running level; it is advipservices, for advsecurity has no '{words}'"
    assert note in told(report)


def test_a_line_that_only_begins_alike_asks_for_no_level() -> None:
    world, _ = twin_of("!\nversion 15.1\nhostname branch\n!\nip vrf-like 1\n!\nend\n")
    assert world.router("R1").running.level == "advsecurity"
