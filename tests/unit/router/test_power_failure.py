"""The power fails while a change of the licenses is written: the router goes dark, and comes back whole."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from emulator.kernel.effects import Abandoned, Handler, Say
from emulator.kernel.time import DAY, MINUTE
from emulator.licensing.events import (
    EulaAccepted,
    EulaAcceptedForAll,
    LicenseCleared,
    LicenseInstalled,
    LicenseRevoked,
    NextLevelChosen,
    PriorityChanged,
    StorageDamaged,
    StorageLost,
)
from emulator.licensing.expiry import LicenseEvent, LicenseExpired
from emulator.licensing.store import Licenses
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from emulator.router.syslog_messages import message_of
from tests.driver import ConsoleDriver, world_of
from tests.unit.router.lab import BASE, EVALUATION, LOST, TOP, Lab, ids
from tests.unit.router.records import restored, saved

WRITES = 4
"""Number of writes of one change."""

Act = Callable[[Lab], object]


def running(lab: Lab) -> str:
    license_id = lab.router.running.license_id
    assert license_id is not None
    return license_id


def primary(lab: Lab, number: int = 0) -> str:
    return lab.router.activation.inventory.licenses.primary[number].line.id


TARGET = Udi("CISCO881-K9", "FTX1405YDC8")
ACTS: dict[str, Act] = {
    "install": lambda lab: lab.install(lab.line(LicenseType.PERMANENT, "new")),
    "install metered": lambda lab: lab.install(lab.line(LicenseType.EXTENSION, "new", period=30 * DAY)),
    "clear": lambda lab: lab.clear("spare"),
    "revoke": lambda lab: lab.revoke("spare", lab.line(LicenseType.GRACE_PERIOD, "grace", period=60 * DAY)),
    "accept": lambda lab: lab.accept("trial"),
    "accept for all": lambda lab: lab.router.activation.accept_eula_for_all(),
    "comment": lambda lab: lab.comment("spare", "hello"),
    "priority": lambda lab: lab.router.activation.modify_priority(TOP, "high"),
    "revoke for a target": lambda lab: lab.router.activation.revoke(lab.ticket("spare"), TARGET),
    "begin a transfer": lambda lab: lab.router.activation.begin_transfer(lab.ticket("spare"), TARGET),
    "end a transfer": lambda lab: lab.router.activation.end_transfer(),
}
"""Acts of a person that change the stores; those of an expiry are below."""

TOLD: dict[str, set[type]] = {
    "install": {LicenseInstalled},
    "install metered": {LicenseInstalled, EulaAccepted},
    "clear": {LicenseCleared},
    "revoke": {LicenseRevoked, LicenseInstalled},
    "accept": {EulaAccepted},
    "accept for all": {EulaAcceptedForAll},
    "comment": set(),
    "priority": {PriorityChanged},
    "revoke for a target": {LicenseRevoked},
    "begin a transfer": set(),
    "end a transfer": set(),
}
ALL_TOLD = {kind for kinds in TOLD.values() for kind in kinds}


def lab_with_everything() -> Lab:
    """An evaluation in use for ten days, a spare permanent license, a trial whose agreement waits, and a transfer."""
    lab = Lab().evaluate()
    lab.install(lab.line(LicenseType.PERMANENT, "spare"))
    lab.install(lab.line(LicenseType.EVALUATION, "trial", period=60 * DAY))
    lab.router.activation.begin_transfer(lab.ticket("gone"), TARGET)
    lab.used_for(10 * DAY + 3 * MINUTE)
    lab.events.clear()
    return lab


def without_use(licenses: Licenses) -> Licenses:
    return replace(licenses, used={})


@pytest.mark.parametrize("act", ACTS)
def test_every_use_case_is_one_change(act: str) -> None:
    lab = lab_with_everything()
    assert lab.commits(lambda: ACTS[act](lab)) == 1
    assert {type(event) for event in lab.events if type(event) in ALL_TOLD} == TOLD[act]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("fuse", range(WRITES))
def test_a_failure_in_any_write_of_any_change(act: str, fuse: int) -> None:
    model = lab_with_everything()
    old = model.router.activation.inventory.licenses
    ACTS[act](model)
    new = model.router.activation.inventory.licenses
    assert old != new

    lab = lab_with_everything()
    used = lab.used()
    lab.router.state.partition.fuse = fuse
    with pytest.raises(Abandoned):
        ACTS[act](lab)
    lab.world.clock.settle()
    assert lab.dark
    assert not any(isinstance(event, LicenseEvent | EulaAcceptedForAll) for event in lab.events), "nothing half told"
    lab.pass_time(DAY)
    lab.power_on()
    after = lab.router.activation.inventory.licenses
    assert without_use(after) == without_use(old if fuse == 0 else new)
    assert max(ids(lab).values()) == 1
    assert 0 <= used - after.used[EVALUATION] < LOST
    assert not any(isinstance(event, StorageDamaged | StorageLost) for event in lab.events)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("fuse", range(WRITES))
@pytest.mark.parametrize("again", range(WRITES))
def test_and_again_while_it_boots(act: str, fuse: int, again: int) -> None:
    lab = Lab()
    lab.install(lab.line(LicenseType.PERMANENT, "spare"))
    lab.install(lab.line(LicenseType.EVALUATION, "trial", period=60 * DAY))
    lab.router.activation.begin_transfer(lab.ticket("gone"), TARGET)
    old = lab.router.activation.inventory.licenses
    lab.router.state.partition.fuse = fuse
    with pytest.raises(Abandoned):
        ACTS[act](lab)
    decided = lab.router.activation.inventory.licenses
    assert (decided == old) == (fuse == 0)
    lab.router.state.partition.fuse = again
    lab.power_on()
    if lab.dark:
        lab.power_on()
    lab.router.state.partition.fuse = None
    assert not lab.dark
    assert lab.router.activation.inventory.licenses == decided


@pytest.mark.parametrize("fuse", range(WRITES))
def test_a_failure_in_the_instant_of_the_expiry(fuse: int) -> None:
    lab = Lab().evaluate()
    lab.used_for(60 * DAY - 1)
    lab.events.clear()
    lab.router.state.partition.fuse = fuse
    lab.pass_time(1)
    assert lab.dark
    assert not any(isinstance(event, LicenseExpired | NextLevelChosen) for event in lab.events), "nothing half told"
    lab.power_on()
    used = lab.router.activation.inventory.licenses.used[EVALUATION]
    assert 60 * DAY - LOST < used <= 60 * DAY
    kinds = [
        record.kind.value
        for record in lab.router.activation.inventory.licenses.history
        if record.license_id == EVALUATION
    ]
    assert kinds == ["eula accepted", "expired"][: 1 if fuse == 0 else 2]
    assert lab.router.running.level == (TOP if used < 60 * DAY else BASE)


@pytest.mark.parametrize("fuse", range(WRITES))
def test_a_failure_in_the_instant_of_a_hand_over(fuse: int) -> None:
    lab = Lab().evaluate()
    lab.install(lab.line(LicenseType.EXTENSION, "extension", period=30 * DAY))
    lab.used_for(60 * DAY - 1)
    lab.router.state.partition.fuse = fuse
    lab.pass_time(1)
    assert lab.dark
    lab.power_on()
    assert running(lab) == "extension"
    assert 60 * DAY - LOST < lab.router.activation.inventory.licenses.used[EVALUATION] <= 60 * DAY
    assert "extension" not in lab.router.activation.inventory.licenses.used


def test_an_expiry_is_one_change_and_so_is_a_hand_over() -> None:
    lab = Lab().evaluate()
    lab.install(lab.line(LicenseType.EXTENSION, "extension", period=30 * DAY))
    for day in (60, 90):
        lab.used_for(day * DAY - 1)
        assert lab.commits(lambda: lab.pass_time(1)) == 1


def test_a_failure_while_the_level_goes_on_with_grace() -> None:
    for fuse in range(WRITES):
        lab = Lab(factory=(TOP,))
        bought = running(lab)
        lab.router.state.partition.fuse = fuse
        with pytest.raises(Abandoned):
            lab.revoke(bought, lab.line(LicenseType.GRACE_PERIOD, "grace", period=60 * DAY))
        lab.power_on()
        assert running(lab) == (bought if fuse == 0 else "grace")
        assert list(ids(lab)) == [running(lab)]
        assert lab.router.running.level == TOP


# --- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copy", ["first", "second"])
def test_a_damaged_copy_is_mended_at_boot_and_told(copy: str) -> None:
    lab = Lab()
    before = lab.router.activation.inventory.licenses
    lab.router.power_off()
    setattr(lab.router.state.partition, copy, b"damage")
    assert lab.router.activation.inventory.licenses == before
    lab.events.clear()
    lab.power_on()
    [event] = [event for event in lab.events if isinstance(event, StorageDamaged)]
    assert message_of(event, lab.router.state.udi) == (
        f"%LICENSE-2-LIC_STORAGE: Storage validation failed -- {copy} copy of the license storage was restored from "
        "the other"
    )
    assert lab.router.activation.inventory.licenses == before
    lab.events.clear()
    lab.reload()
    assert not any(isinstance(event, StorageDamaged) for event in lab.events)


def test_without_a_good_copy_the_store_is_empty_and_that_is_told() -> None:
    lab = Lab(factory=(BASE, TOP))
    lab.router.power_off()
    partition = lab.router.state.partition
    partition.first = partition.second = b"damage"
    lab.events.clear()
    lab.power_on()
    [event] = [event for event in lab.events if isinstance(event, StorageLost)]
    assert message_of(event, lab.router.state.udi) == (
        "%LICENSE-2-UNRECOVERABLE: The IOS license storage on this device was not recovered. "
        f"UDI={lab.router.state.udi}"
    )
    assert lab.router.activation.inventory.licenses == Licenses()
    assert (lab.router.running.level, lab.router.running.license_id) == (BASE, None)
    lab.events.clear()
    lab.reload()
    assert not any(isinstance(event, StorageLost) for event in lab.events)


def test_damage_is_told_with_the_time_of_the_boot() -> None:
    world = world_of()
    world.routers["R1"].state.partition.second = b"damage"
    console = ConsoleDriver(world).boot()
    [line] = [line for line in console.screen.splitlines() if "LIC_STORAGE" in line]
    assert line.startswith("*Mar  1 00:00:00.000: %LICENSE-2-LIC_STORAGE: ")


# --- who runs when it happens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fuse", range(WRITES))
def test_a_command_at_the_console_ends_and_the_console_is_dark(fuse: int) -> None:
    console = ConsoleDriver(world_of()).boot()
    router = console.router
    console.type("configure terminal", "license boot module c880-data level advipservices")
    router.state.partition.fuse = fuse
    console.type("yes")
    console.sees_nothing_of("EULA_ACCEPTED", "use 'write' command")
    assert console.prompt == ""
    console.pass_time(MINUTE)
    assert router.state.running is None
    console.boot()
    assert console.prompt == "Router#"
    accepted = [record for record in router.activation.inventory.licenses.history if record.kind == "eula accepted"]
    assert len(accepted) == (fuse > 0)
    console.sees_nothing_of("EULA_ACCEPTED")


def test_a_handler_that_is_abandoned_does_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The console's own performance, dropped from within and abandoned."""
    console = ConsoleDriver(world_of()).boot()
    record: list[str] = []

    def handler() -> Handler:
        try:
            yield Say("before\n")
            console.router.activation.accept_eula_for_all()
            record.append("went on")
        finally:
            record.append("closed")

    console.router.state.partition.fuse = 2
    monkeypatch.setattr(console.session, "interpret", lambda _: handler())
    console.type("anything")
    assert record == ["closed"]
    assert console.shown == "before\n"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*sorted(ACTS), "reload", "pass"]), st.none() | st.integers(0, 6), st.booleans()),
        max_size=12,
    )
)
def test_a_life_with_power_failures(acts: list[tuple[str, int | None, bool]]) -> None:
    lab = lab_with_everything()
    used = lab.used()
    for number, (act, fuse, save) in enumerate(acts, 1):
        lab.router.state.partition.fuse = fuse
        before = {EVALUATION: lab.used(), "trial": lab.used("trial"), "grace": lab.used("grace")}
        try:
            if act == "reload":
                lab.reload()
            elif act == "pass":
                lab.pass_time(13 * DAY)
            elif not (act == "revoke" and lab.stored("spare") is None) and not (
                act == "comment" and lab.stored("spare") is None
            ):
                ACTS[act](lab)
        except Abandoned:
            assert lab.dark
        if save:
            lab.world = restored(saved(lab.world))
        if lab.dark:
            lab.power_on()
        if lab.dark:
            lab.power_on()
        lab.router.state.partition.fuse = None
        if lab.router.running.license_id is None and lab.router.activation.inventory.in_use() is None:
            assert lab.router.running.level == BASE
        assert not ids(lab) or max(ids(lab).values()) == 1
        for each, least in before.items():
            assert lab.used(each) > least - LOST
        assert lab.used() >= used - LOST * number
