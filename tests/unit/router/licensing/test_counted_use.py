"""A metered license of a counted feature counts while the feature has users, and only then."""

import pytest

from emulator.kernel.time import DAY, HOUR
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.states import LicenseState
from emulator.licensing.store import HistoryKind
from emulator.licensing.types import LicenseType
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.driver import ConsoleDriver, world_of
from tests.unit.router.records import restored, saved

IMAGE = "c880data-universalk9-mz.154-2.T1.bin"
FEATURE = "SSL_VPN"


@pytest.fixture
def lab() -> World:
    recipe = RouterRecipe(serial="FTX1405YDC7", image=IMAGE, powered=True)
    world = new_world(WorldRecipe(routers={"R1": recipe}))
    ConsoleDriver(world).boot().type("write")
    router = world.routers["R1"]
    line = LicenseLine("demo", FEATURE, LicenseType.EXTENSION, router.state.udi, 10 * DAY, exclusive=False, count=10)
    router.activation.install(FileLine(line, "test", "2010-03-01T09:00:00Z"))
    return world


def used(world: World) -> int:
    return world.routers["R1"].activation.inventory.consumed().used.get("demo", 0)


def let_pass(world: World, duration: int) -> None:
    world.clock.run_to(world.now + duration)


def test_nobody_logged_in_costs_nothing(lab: World) -> None:
    let_pass(lab, 3 * DAY)
    assert used(lab) == 0


def test_use_counts_from_the_first_log_in_to_the_last_log_out(lab: World) -> None:
    activation = lab.routers["R1"].activation
    for act, hours in (
        (activation.feature_use.take_seat, 1),
        (activation.feature_use.take_seat, 2),
        (activation.feature_use.release_seat, 3),
    ):
        assert act(FEATURE)
        let_pass(lab, hours * HOUR)
    assert activation.feature_use.release_seat(FEATURE)
    let_pass(lab, 5 * HOUR)
    assert used(lab) == activation.inventory.licenses.used["demo"] == 6 * HOUR
    assert activation.feature_use.take_seat(FEATURE)
    let_pass(lab, HOUR)
    assert used(lab) == 7 * HOUR


def test_it_warns_ends_and_gives_no_more_seats(lab: World) -> None:
    console = ConsoleDriver(lab)
    activation = lab.routers["R1"].activation
    activation.feature_use.take_seat(FEATURE)
    let_pass(lab, 10 * DAY)
    assert "License for feature SSL_VPN 1.0 will expire in 1 day." in console.shown
    assert "License for feature SSL_VPN 1.0 has expired now.." in console.shown
    assert used(lab) == 10 * DAY
    assert not activation.feature_use.take_seat(FEATURE)


def test_licenses_that_count_together_may_end_at_one_instant(lab: World) -> None:
    activation, udi = lab.routers["R1"].activation, lab.routers["R1"].state.udi
    other = LicenseLine("other", FEATURE, LicenseType.EXTENSION, udi, 10 * DAY, exclusive=False, count=10)
    activation.install(FileLine(other, "test", "2010-03-01T09:00:00Z"))
    console = ConsoleDriver(lab)
    for _ in range(11):
        activation.feature_use.take_seat(FEATURE)
    let_pass(lab, 10 * DAY)
    assert console.shown.count("License for feature SSL_VPN 1.0 has expired now..") == 2
    ended = [entry.license_id for entry in activation.inventory.licenses.history if entry.kind is HistoryKind.EXPIRED]
    assert sorted(ended) == ["demo", "other"]
    assert used(lab) == activation.inventory.consumed().used["other"] == 10 * DAY
    assert not activation.feature_use.take_seat(FEATURE)


def test_a_reload_saves_the_use_and_ends_it(lab: World) -> None:
    lab.routers["R1"].activation.feature_use.take_seat(FEATURE)
    let_pass(lab, DAY)
    lab.routers["R1"].reload()
    let_pass(lab, DAY)
    assert lab.routers["R1"].running.seats == {}
    assert used(lab) == DAY


def test_a_saved_world_goes_on_counting(lab: World) -> None:
    lab.routers["R1"].activation.feature_use.take_seat(FEATURE)
    let_pass(lab, 4 * DAY)
    copy = restored(saved(lab))
    console, other = ConsoleDriver(lab), ConsoleDriver(copy)
    for world in (lab, copy):
        let_pass(world, 7 * DAY)
    assert used(copy) == used(lab) == 10 * DAY
    assert console.shown == other.shown


@pytest.mark.parametrize("feature", ["SSL_VPN", "ios-ips-update", "content-filter"])
def test_a_license_that_the_image_does_not_support_is_used_by_no_path(feature: str) -> None:
    """15.0(1)M4 knows none of them; what is installed for them stays inactive."""
    world = world_of(image="c880data-universalk9-mz.150-1.M4.bin")
    console = ConsoleDriver(world).boot()
    router = world.routers["R1"]
    activation = router.activation
    line = LicenseLine("strange", feature, LicenseType.PERMANENT, router.state.udi, exclusive=False, count=10)
    activation.install(FileLine(line, "test", "2010-03-01T09:00:00Z"))
    assert not activation.feature_use.take_seat(feature)
    assert not activation.feature_use.may_update(feature)
    assert activation.inventory.usable(feature) == []
    assert activation.inventory.needs_eula(feature) is None
    let_pass(world, 0)
    [shown] = [view for view in activation.inventory.views() if view.line.id == "strange"]
    assert (shown.state, shown.in_use) == (LicenseState.INACTIVE, 0)
    assert f"License request for feature {feature} 1.0 failed" in console.shown
