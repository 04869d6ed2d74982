"""Subjects of explanations: a level, a licensed feature, or a function of the matrix, on one router."""

from contextlib import suppress

import msgspec

from emulator.hardware.board import Halt
from emulator.images.features import Feature, feature_table
from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import UnknownName
from emulator.licensing.selection import Consumed, usable
from emulator.licensing.store import StoredLicense
from emulator.licensing.views import LicenseView, license_views
from emulator.router.boot.image_search import Search
from emulator.router.device import Router
from emulator.world.world import World


class Subject(msgspec.Struct, frozen=True):
    """A licensed name of an image on a router, and the function of the matrix that was asked for, if one was.

    Attributes:
        name: the level or feature that licenses are for; None where no level of the image has the function.
        function: the function for which the level is wanted.
    """

    world: World
    router: Router
    manifest: ImageManifest
    name: str | None
    function: Feature | None = None

    @property
    def is_level(self) -> bool:
        """Tell whether a boot brings the subject up; other licenses are requested at use."""
        return self.name in self.manifest.levels

    @property
    def is_counted(self) -> bool:
        """Tell whether the licenses of the subject allow so many uses each, and together their sum."""
        return self.function is None and self.name in self.manifest.counted

    @property
    def is_base(self) -> bool:
        """Tell whether the subject runs without a license."""
        return self.name == self.manifest.levels[0]

    @property
    def rank(self) -> int:
        """Rank of the level among those of the image."""
        return self.manifest.levels.index(self.name) if self.name in self.manifest.levels else 0

    def consumed(self) -> Consumed:
        """Use and date against which licenses are measured, now."""
        return self.router.activation.inventory.consumed()

    def usable(self) -> list[StoredLicense]:
        """List the licenses that the subject may use now, the preferred one first."""
        inventory = self.router.activation.inventory
        built_in = inventory.built_in_of(self.manifest)
        return usable(self.name or "", inventory.licenses, built_in, self.consumed())

    def views(self) -> list[LicenseView]:
        """List the subject's licenses in the stores of the router."""
        inventory = self.router.activation.inventory
        if self.router.state.running is not None:
            found = inventory.views()
        else:
            found = license_views(inventory.licenses, inventory.built_in_of(self.manifest), self.consumed())
        return [view for view in found if view.line.feature == self.name]


def subject_names(router: Router) -> dict[str, str]:
    """Map the names that can be asked for of a router to a word on each."""
    manifest = image_of(router)
    names = {each.name: each.title for each in feature_table()}
    names |= dict.fromkeys((*manifest.counted, *manifest.subscriptions), "Feature with licenses of its own")
    return names | dict.fromkeys(manifest.levels, "Feature set")


def subject_of(world: World, router: Router, name: str | None) -> Subject:
    """Return the subject of that name on a router; left out, the highest level of its image.

    Raises:
        UnknownName: no level or feature has that name.
    """
    manifest = image_of(router)
    known = subject_names(router)
    wanted = manifest.levels[-1] if name is None else next((each for each in known if each.lower() == name.lower()), "")
    if wanted in manifest.licensable:
        return Subject(world, router, manifest, wanted)
    function = next((each for each in feature_table() if each.name == wanted), None)
    if function is None:
        raise UnknownName("level or feature", name or "", known)
    having = function.levels.get(router.platform.family, ())
    level = next((each for each in manifest.levels if each in having), None)
    return Subject(world, router, manifest, level, function)


def image_of(router: Router) -> ImageManifest:
    """Return the image that a router runs, or would boot, or had from the factory."""
    if router.state.running is not None:
        return router.manifest
    startup = router.state.startup.text if router.state.startup is not None else ""
    with suppress(Halt):
        return Search(router.state, router.images, startup).run().manifest
    return router.images.get(router.platform.factory_image)
