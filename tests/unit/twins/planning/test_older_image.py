"""The image that a device was seen to run, older than its product is known to boot: its twin boots it again."""

from emulator.hardware.board import BoardPhase
from emulator.kernel.time import MINUTE
from tests.unit.twins.recordings import CAPTURES, twin_of

VERSION = (CAPTURES / "show-version.c881w.15.0-1-M7.txt").read_text(encoding="utf-8")
OTHER = VERSION.replace("CISCO881W-GN-A-K9", "CISCO887VA-K9    ").replace("Cisco 881 ", "Cisco 887VA ")
TOLD = "older than a CISCO887VA-K9 is known to boot (15.1(2) and later); this one boots it"


def test_it_is_told_and_boots_after_a_power_cycle() -> None:
    world, twin = twin_of(OTHER)
    assert [note.text.partition(" is ")[2] for note in twin.notes if "known to boot" in note.text] == [TOLD]
    router = world.router("R1")
    router.power_off()
    router.power_on()
    world.clock.run_to(world.now + 5 * MINUTE)
    assert router.state.board.phase is BoardPhase.RUNNING
    assert router.manifest.version == "15.0(1)M7"


def test_one_that_its_product_boots_is_not_told() -> None:
    _, twin = twin_of(VERSION)
    assert not [note for note in twin.notes if "known to boot" in note.text]
