"""The media of a served lab, as the pages of its portal fill them; what is put there is an input of the world."""

from contextlib import AbstractContextManager

import pytest

from emulator.kernel.errors import Refused
from emulator.runtime.lab_media import WorldMedia
from emulator.transports.files.lab_files import LARGEST
from emulator.world.build import new_world
from emulator.world.inputs import LabFileStored, WorldInput
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World


@pytest.fixture
def world() -> World:
    return new_world(WorldRecipe(routers={"R1": RouterRecipe()}))


@pytest.mark.parametrize("name", ["tftp", "usb"])
def test_a_file_is_put_on_each_medium(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    taking = world.sink.taking

    def take(what: WorldInput) -> AbstractContextManager[None]:
        seen.append(what)
        return taking(what)

    monkeypatch.setattr(world.sink, "taking", take)
    media = WorldMedia(world)
    media.store(name, "a.lic", b"license")
    assert seen == [LabFileStored("a.lic", b"license", 7, name)]
    stored = world.medium(name).find("a.lic")
    assert stored is not None
    assert stored.content == b"license"
    assert media.read(name, "a.lic") == b"license"
    [medium] = [each for each in media.all() if each.name == name]
    assert [(file.name, file.size) for file in medium.files] == [("a.lic", 7)]


def test_a_stick_that_is_in_a_router_is_told(world: World) -> None:
    media = WorldMedia(world)
    media.store("usb", "a.lic", b"x")
    world.insert_stick(world.routers["R1"])
    [tftp, usb] = media.all()
    assert (tftp.away, usb.away) == ("", "the USB stick is in R1; remove it first")
    assert media.read("usb", "a.lic") is None
    with pytest.raises(Refused, match="the USB stick is in R1"):
        media.store("usb", "b.lic", b"x")


@pytest.mark.parametrize(("medium", "name", "size"), [("tftp", "a/b", 1), ("tftp", "a", LARGEST + 1), ("disk", "a", 1)])
def test_what_no_medium_takes_is_refused(world: World, medium: str, name: str, size: int) -> None:
    with pytest.raises(Refused):
        WorldMedia(world).store(medium, name, b"x" * size)
    assert WorldMedia(world).read(medium, name) is None
