"""A world file: the recipe from which a world is built at its first use.

Unknown PIDs, images and keys are told with the nearest known name; a serial number of the wrong form is refused.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import UnknownName
from emulator.licensing.udi import is_serial

LAST_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)
"""No world goes on beyond this; the calendar has years of four digits."""

DEFAULT_START = "2010-03-01T09:00:00Z"


class RouterRecipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One router as it comes out of its box.

    Attributes:
        factory: levels whose permanent licenses are preinstalled; left out, what the platform is shipped with.
        image: file in flash; left out, what the platform is shipped with.
        powered: switched on when the world begins.
    """

    pid: str = "CISCO881-K9"
    serial: str | None = None
    factory: tuple[str, ...] | None = None
    image: str | None = None
    internet: bool = True
    powered: bool = False


class WorldRecipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A world before its first use."""

    name: str = "world"
    start: str = DEFAULT_START
    seed: int = 1
    routers: dict[str, RouterRecipe] = {}


ROUTER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def recipe_problems(
    name: str, recipe: RouterRecipe, platforms: PlatformCatalogue, images: ImageCatalogue
) -> Iterator[tuple[str, str]]:
    """What is wrong with one router's recipe: the key (empty: the name), and the problem."""
    if not ROUTER_NAME.fullmatch(name) or name.lower() == "bench":
        yield "", f"'{name}' is not a name for a router; use a letter, then letters and digits, and not 'bench'"
    if recipe.serial is not None and not is_serial(recipe.serial):
        yield "serial", f"'{recipe.serial}' is not a serial number; it has the form FTX1405YDC7"
    try:
        platform = platforms.get(recipe.pid)
    except UnknownName as error:
        yield "pid", str(error)
        return
    try:
        levels = images.get(recipe.image or platform.factory_image).levels
    except UnknownName as error:
        yield "image", str(error)
        return
    for level in recipe.factory or ():
        if level not in levels:
            yield "factory", str(UnknownName("level", level, levels))


def parse_start(text: str) -> datetime:
    """The calendar moment at which a world begins, in UTC.

    Raises:
        ValueError: it is not an ISO 8601 date and time.
    """
    moment = datetime.fromisoformat(text)
    if not 1970 <= moment.year < LAST_MOMENT.year:
        raise ValueError(f"the year {moment.year} is outside the calendar")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
