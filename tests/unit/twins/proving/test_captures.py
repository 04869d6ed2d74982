"""Captures of real 881s: imported, the twin prints the same bytes; and only what is changed changes."""

import difflib

import pytest
from msgspec.structs import replace

from emulator.licensing.udi import Udi
from emulator.world.build import adopt
from tests.fidelity import EXPLAINED, MEASURED, measure, page
from tests.fidelity import PAGE as FIDELITY_PAGE
from tests.unit.twins.recordings import CAPTURES, imported, printed, told, twin_of

POWER_ON = "show-version.c881.advipservices.power-on.15.4-2-T1.txt"
ADVSECURITY = "show-version.c881.advsecurity.15.4-2-T1.txt"


def capture(name: str) -> str:
    return (CAPTURES / name).read_text(encoding="utf-8")


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """The words of a screen that were replaced."""
    one, other = before.split(), after.split()
    codes = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [(" ".join(one[a:b]), " ".join(other[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


@pytest.mark.parametrize("name", MEASURED)
def test_a_twin_prints_the_bytes_of_its_capture(name: str) -> None:
    measured = measure(name)
    assert measured
    differing, _ = EXPLAINED.get(name, (0, ""))
    assert [each.differing for each in measured] == [differing] * len(measured)


def test_every_byte_of_a_capture_that_can_be_trusted_is_printed() -> None:
    assert not [name for name in EXPLAINED if MEASURED[name] == "A"]


def test_the_page_about_fidelity_is_up_to_date() -> None:
    assert FIDELITY_PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.fidelity"


def test_the_screen_is_the_capture_to_the_last_byte() -> None:
    world, _ = twin_of(capture(ADVSECURITY))
    assert printed(world, "show version") == capture(ADVSECURITY)


def test_another_serial_number_changes_its_own_bytes_and_no_others() -> None:
    world, _ = twin_of(capture(ADVSECURITY))
    before = printed(world, "show version")
    state = world.router("R1").state
    state.udi = Udi(state.udi.pid, "FTX1405YDC7")
    after = printed(world, "show version")
    assert before.replace("FTX1829800Q", "FTX1405YDC7") == after
    assert changed(before, after) == [("FTX1829800Q", "FTX1405YDC7")] * 2


def test_another_level_changes_its_own_bytes_and_no_others() -> None:
    world, _ = twin_of(capture(POWER_ON))
    before = printed(world, "show version")
    router = world.router("R1")
    router.running.level = "advsecurity"
    router.running.license_id = next(
        each.line.id for each in router.activation.inventory.all() if each.line.feature == "advsecurity"
    )
    adopt(world, router.state)
    assert changed(before, printed(world, "show version")) == [("advipservices", "advsecurity")]


def test_time_changes_the_uptime_and_no_other_bytes() -> None:
    world, _ = twin_of(capture(ADVSECURITY))
    before = printed(world, "show version")
    world.clock.run_to(world.now + 60_000)
    assert changed(before, printed(world, "show version")) == [("43", "44")]


def test_the_calendar_stands_where_it_stood() -> None:
    """The router was restarted in summer, and the screen was captured in winter."""
    world, _ = twin_of(capture(ADVSECURITY))
    assert printed(world, "show clock") == "17:18:53.000 PST Sun Feb 5 2017\n"
    assert world.start.isoformat() == "2017-02-06T01:18:53+00:00"


def test_an_image_that_no_file_describes_is_kept_in_the_world_and_boots() -> None:
    world, _ = twin_of(capture("show-version.c881w.15.0-1-M7.txt"))
    assert world.state.images["c880data-universalk9-mz.150-1.M7.bin"].build == "fc2"
    router = world.router("R1")
    router.power_off()
    router.power_on()
    world.clock.run_to(world.now + 180_000)
    assert router.running.image == "c880data-universalk9-mz.150-1.M7.bin"
    assert "darkstar uptime is" in printed(world, "show version")


def test_a_serial_number_of_week_00_is_accepted_with_a_warning() -> None:
    world, report = imported(capture("show-version.c881.advipservices.15.0-1-M4.txt"))
    assert world.router("R1").state.udi.serial == "FTX1000008X"
    assert [text for text in told(report) if "week 00" in text] == [
        "capture1.txt:49: warning: the serial number FTX1000008X was made anonymous: no unit was made in week 00"
    ]


def test_the_licenses_of_a_twin_check() -> None:
    """Licenses were signed by the world's own key: saved to a file and installed again, each is known already."""
    world, _ = twin_of(capture(POWER_ON))
    shown = printed(world, "license save flash:all.lic") + printed(world, "license install flash:all.lic")
    assert "0/2 licenses were successfully installed" in shown
    assert "2/2 licenses were existing licenses" in shown


def test_counters_and_ages_grow_from_what_was_seen() -> None:
    world, _ = twin_of(capture("show-interfaces-fa4.c881.15.4-2-T1.txt"))
    counters = world.router("R1").running.interfaces["FastEthernet4"].counters
    assert (counters.packets_input, counters.bytes_output) == (16638663, 2073955919)
    world.clock.run_to(world.now + 7_000)
    assert "  Last input 00:00:07, output 00:00:07, output hang never\n" in printed(
        world, "show interfaces FastEthernet4"
    )


def test_a_fact_of_the_unit_does_not_spread_to_other_routers() -> None:
    world, _ = twin_of(capture(ADVSECURITY))
    assert world.router("R1").platform.flash_kib == 125440
    assert world.platforms.get("CISCO881-K9").flash_kib == 126000
    assert replace(world.router("R1").platform, flash_kib=126000) == world.platforms.get("CISCO881-K9")
