"""A router of a world out of what was read of a real one: facts, a plan, the state that follows from it, the rack.

The plan is what is known of the device, decided, with what only the world can give: a serial number that was not seen,
and an address. Planning changes nothing. Then the factory makes the unit, its state is made from the plan and the
licenses of the factory, and the world adopts it.
"""

from collections.abc import Iterable

from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import Udi
from emulator.router.device import Router
from emulator.router.network.views import dotted
from emulator.twins.choice import ImportChoice
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.flash import other_images, sized
from emulator.twins.planning.hardware import base_address, unit_of
from emulator.twins.planning.identity import identify
from emulator.twins.planning.image import image_of, with_reload_lines
from emulator.twins.planning.licenses import plan_licenses
from emulator.twins.planning.stores import factory_levels
from emulator.twins.report import Matter
from emulator.twins.router_state import TwinPlan, router_state
from emulator.world.build import adopt, check_recipe, console_grammar, lab_cables, manufacture, new_mac, new_serial
from emulator.world.recipe import RouterRecipe
from emulator.world.world import World


def place(world: World, name: str, device: CapturedDevice, choice: ImportChoice) -> Router:
    """Make the twin of a device and put it into the rack under a name.

    Raises:
        Refused: it cannot be made: an unknown product, no universal image, a unit that is in the world already.
    """
    plan = twin_plan(world, name, device, choice)
    factory = manufacture(world, plan.udi, plan.factory_levels)
    return adopt(world, router_state(plan, factory, world.context, console_grammar()), plan.images)


def twin_plan(world: World, name: str, device: CapturedDevice, choice: ImportChoice) -> TwinPlan:
    """Decide everything about a twin, and change nothing.

    Raises:
        Refused: it cannot be made: an unknown product, no universal image, a unit that is in the world already.
    """
    platform, serial = identify(device, world.platforms, world.images, choice)
    if serial is not None:
        not_there_yet(world, Udi(platform.pid, serial))
    image = sized(device, image_of(device, platform, world.images, choice))
    version = device.version
    if version is not None:
        image = with_reload_lines(image, version, after_power_on=version.reset == "power-on")
    licenses = plan_licenses(device, platform, image)
    own = own_images(world, device, (licenses.image, *other_images(device, licenses.image, world.images)))
    levels = factory_levels(licenses)
    recipe = RouterRecipe(platform.pid, serial, levels, licenses.image.file, right_to_use=licenses.right_to_use)
    check_recipe(world, name, recipe, world.images.with_own(own), any_serial=True)
    udi = Udi(platform.pid, serial or new_serial(world, name, platform.pid))
    base = base_address(device, platform)
    mac = new_mac(world) if base is None else dotted(base)
    return TwinPlan(
        name=name,
        device=device,
        platform=platform,
        udi=udi,
        mac=mac,
        unit=unit_of(device, platform, licenses.image),
        images=own,
        licenses=licenses,
        factory_levels=levels,
        license_key=world.license_key,
        lab=tuple(lab_cables(platform)),
        wall_ms=world.wall_ms(),
        now=world.now,
    )


def not_there_yet(world: World, udi: Udi) -> None:
    """Refuse a unit that the world has.

    Raises:
        Refused: its serial number is racked, or on the shelf.
    """
    for name, router in sorted(world.routers.items()):
        if router.state.udi.serial == udi.serial:
            raise Refused(f"{name} of this world has the serial number {udi.serial} already")
    if str(udi) in world.state.shelf:
        raise Refused(f"{udi} is on the shelf of this world already")


def own_images(world: World, device: CapturedDevice, images: Iterable[ImageManifest]) -> dict[str, ImageManifest]:
    """Map those of a device's images that the world has otherwise, or not at all, by file name.

    A router of the world that has such a file is told of in the report.
    """
    own = {image.file: image for image in images if not _has(world.images, image)}
    for file in own:
        for name, router in sorted(world.routers.items()):
            if router.state.flash.find(file) is not None:
                device.twin.tell(Matter.WARNING, f"{name} has {file} too; it is from now on as this capture shows it")
    return own


def _has(images: ImageCatalogue, image: ImageManifest) -> bool:
    try:
        return images.get(image.file) == image
    except UnknownName:
        return False
