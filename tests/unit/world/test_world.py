"""Building, saving and restoring worlds; goods of the lab."""

import stat
from pathlib import Path

import pytest

from emulator.kernel.errors import DataFileError, Refused, UnknownName
from emulator.kernel.time import DAY, HOUR, SECOND
from emulator.world.build import new_world, open_world
from emulator.world.directory import WorldDirectory
from emulator.world.mail_delivery import MailArrived
from emulator.world.recipe import RouterRecipe, WorldRecipe, parse_start
from emulator.world.saved_file import encode
from emulator.world.world import World
from tests.driver import UDI, BenchDriver, ConsoleDriver, world_of
from tests.unit.router.records import keep, recorded, restored, saved


def test_a_router_comes_with_what_its_platform_is_shipped_with(world: World) -> None:
    state = world.routers["R1"].state
    assert str(state.udi) == UDI
    assert [stored.line.feature for stored in world.routers["R1"].activation.inventory.licenses.primary] == [
        "advsecurity"
    ]
    assert [file.name for file in state.flash.files] == ["c880data-universalk9-mz.150-1.M4.bin"]
    assert state.cables == ["FastEthernet0", "FastEthernet4"]


def test_a_recipe_may_say_otherwise() -> None:
    world = new_world(
        WorldRecipe(
            start="2012-01-01T00:00:00Z",
            routers={"R1": RouterRecipe(factory=(), image="c880data-universalk9-mz.154-2.T1.bin", internet=False)},
        )
    )
    state = world.routers["R1"].state
    assert world.routers["R1"].activation.inventory.licenses.primary == ()
    assert not state.online
    assert state.udi.serial.startswith("FTX16"), "made in the year of the world's start"


def test_a_powered_router_boots_by_itself() -> None:
    world = world_of(powered=True)
    world.clock.run_to(2 * 60 * SECOND)
    assert world.routers["R1"].running.level == "advsecurity"


def test_a_powered_world_saved_at_once_boots_the_same() -> None:
    world = world_of(powered=True)
    copy = restored(saved(world))
    for each in (world, copy):
        each.clock.run_to(2 * 60 * SECOND)
    assert saved(copy) == saved(world)


def test_the_same_recipe_gives_the_same_world() -> None:
    recipe = WorldRecipe(routers={"R1": RouterRecipe(), "R2": RouterRecipe()})
    assert saved(new_world(recipe)) == saved(new_world(recipe))
    assert saved(new_world(recipe)) != saved(new_world(WorldRecipe(seed=2, routers=recipe.routers)))


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        (RouterRecipe(pid="CISCO881-K8"), "unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?"),
        (RouterRecipe(image="x"), "unknown image 'x'. Known: "),
        (RouterRecipe(serial="x"), "'x' is not a serial number; it has the form FTX1405YDC7"),
        (RouterRecipe(factory=("ipbase",)), "unknown level 'ipbase'. Known: advipservices, advsecurity"),
    ],
)
def test_a_wrong_recipe_is_refused(recipe: RouterRecipe, message: str) -> None:
    with pytest.raises((UnknownName, Refused)) as caught:
        new_world(WorldRecipe(routers={"R1": recipe}))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2010-03-01T09:00:00Z", "2010-03-01T09:00:00+00:00"),
        ("2010-03-01", "2010-03-01T00:00:00+00:00"),
        ("2010-03-01T09:00+02:00", "2010-03-01T07:00:00+00:00"),
    ],
)
def test_the_start_of_a_world(text: str, moment: str) -> None:
    assert parse_start(text).isoformat() == moment


def test_an_unknown_router_is_told_with_the_known_ones(world: World) -> None:
    with pytest.raises(UnknownName, match=r"unknown router 'X'\. Known: R1"):
        world.router("X")


def test_an_opened_world_has_its_lines_closed(console: ConsoleDriver) -> None:
    copy = ConsoleDriver(restored(saved(console.world)))
    assert copy.prompt == ""
    copy.type("")
    assert copy.prompt == "Router>"


def test_an_opened_world_asks_the_dialogue_again_that_was_not_answered() -> None:
    world = world_of()
    first = ConsoleDriver(world)
    first.router.power_on()
    world.clock.settle()
    first.wait()
    copy = ConsoleDriver(restored(saved(world)))
    world.clock.settle()
    copy.wait()
    copy.type("no", "")
    assert copy.prompt == "Router>"


# --- the post -----------------------------------------------------------------------------------------------------


def test_letters_arrive_at_their_instant_and_are_told_once(world: World) -> None:
    events = recorded(world)

    def order(sku: str) -> str:
        return world.backend.order(sku, 1, world.now, by="lab")[0].number

    first = order("SL-880-AIS=")
    world.clock.run_to(DAY)
    second, third = order("L-880-AIS="), order("SL-880-AIS=")
    world.clock.run_to(5 * DAY - 1)
    assert [each.subject[-12:] for each in world.post.arrived()] == [second]
    world.clock.run_to(9 * DAY)
    assert [(event.at, event.number, event.subject[-12:]) for event in events if isinstance(event, MailArrived)] == [
        (DAY, 1, second), (5 * DAY, 2, first), (6 * DAY, 3, third)
    ]  # fmt: skip
    assert [each.subject[-12:] for each in world.post.arrived()] == [second, first, third]
    assert world.post.letter(2) == world.post.arrived()[1]
    assert world.post.letter(0) is None
    assert world.post.letter(4) is None


def test_a_letter_under_way_survives_saving(world: World) -> None:
    world.backend.order("SL-880-AIS=", 1, world.now, by="lab")
    world.clock.run_to(DAY)
    copy = restored(saved(world))
    events = recorded(copy)
    copy.clock.run_to(8 * DAY)
    assert [event.at for event in events] == [5 * DAY]


# --- the directory ------------------------------------------------------------------------------------------------


def test_a_directory_keeps_a_world(tmp_path: Path, world: World) -> None:
    with WorldDirectory(tmp_path / "lab") as directory:
        assert directory.load() is None
        keep(world, directory)
    with WorldDirectory(tmp_path / "lab") as directory:
        state = directory.load()
        assert state is not None
        assert encode(state) == encode(world.state)
        copy = open_world(state, directory.database)
        assert str(copy.routers["R1"].state.udi) == UDI
        assert copy.backend.database.dump() == world.backend.database.dump()
        copy.close()


def test_a_world_without_its_records_is_told_of(tmp_path: Path, world: World) -> None:
    with WorldDirectory(tmp_path / "lab") as directory:
        directory.keep_secret(world.secret)
        directory.save(world.state)
        with pytest.raises(DataFileError, match=r"backend\.sqlite: is missing"):
            directory.load()
        directory.database.touch()
        with pytest.raises(DataFileError, match=r"backend\.sqlite: is empty"):
            directory.load()
        directory.database.write_bytes(b"no database" * 100)
        with pytest.raises(DataFileError, match=r"backend\.sqlite: is damaged: file is not a database"):
            open_world(world.state, directory.database)


def test_what_gives_way_to_a_new_world_is_put_aside(tmp_path: Path, world: World) -> None:
    with WorldDirectory(tmp_path / "lab") as directory:
        keep(world, directory)
        before = {file.name: file.read_bytes() for file in directory.path.iterdir() if file.name != "lock"}
        for number in ("1", "2"):
            with directory.beginning() as secret:
                assert not secret.is_known
                assert sorted(file.name for file in directory.path.iterdir()) == ["begun", "lock", "old", "secret"]
            old = directory.path / "old" / number
            assert {file.name for file in old.iterdir()} == (set(before) if number == "1" else {"secret"})
        assert {file.name: file.read_bytes() for file in (directory.path / "old" / "1").iterdir()} == before


def test_a_letter_is_found_without_opening_the_back_end(tmp_path: Path, world: World) -> None:
    world.backend.order("SL-880-AIS=", 1, world.now, by="lab")
    with WorldDirectory(tmp_path / "lab") as directory:
        keep(world, directory)
        copy = open_world(world.state, directory.database)
        assert copy.next_due() == 5 * DAY
        assert "backend" not in copy.__dict__


def test_only_its_owner_can_read_a_world(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path / "w") as directory:
        directory.save(new_world(WorldRecipe()).state)
        assert stat.S_IMODE(directory.file.stat().st_mode) == 0o600


def test_a_directory_has_one_holder(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path), pytest.raises(Refused, match="is held by another isrtwin"), WorldDirectory(tmp_path):
        pass
    with WorldDirectory(tmp_path):
        pass


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is damaged"),
        ('{"format": 99}', "this world was saved by a newer isrtwin (format 99"),
        ('{"format": 1}', "is damaged"),
        ('{"format": 2}', "is damaged"),
        ("[]", "is damaged"),
    ],
)
def test_a_damaged_world_is_told(tmp_path: Path, text: str, problem: str) -> None:
    with WorldDirectory(tmp_path) as directory:
        directory.file.write_text(text, encoding="utf-8")
        with pytest.raises(DataFileError) as caught:
            directory.load()
    assert problem in str(caught.value)


def test_a_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="as a world directory"), WorldDirectory(tmp_path / "file"):
        pass


# --- a whole life -------------------------------------------------------------------------------------------------


def test_a_life_played_twice_leaves_the_same_world() -> None:
    def life() -> bytes:
        world = world_of("R1", "R2")
        bench, console = BenchDriver(world), ConsoleDriver(world)
        console.boot()
        file = bench.license_on_stick()
        console.type(f"license install usbflash0:{file}", "configure terminal", "enable secret cisco", "end", "write")
        bench.do("power R2 on", "advance 3d", "order SL-880-AIS=", "advance next", "internet R2 off")
        world.clock.run_to(world.now + HOUR)
        return saved(world)

    assert life() == life()
