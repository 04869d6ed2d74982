"""A world file: the recipe from which a world is built at its first use.

Unknown PIDs, images and keys are told with the nearest known name; a serial number of the wrong form is refused.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import msgspec

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import UnknownName
from emulator.licensing.udi import is_serial
from emulator.router.network.rsa_keys import LONGEST, SHORTEST

LAST_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)
"""Last moment of any world; the calendar has years of four digits."""

DEFAULT_START = "2010-03-01T09:00:00Z"


class RouterRecipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One router as it comes out of its box.

    Attributes:
        factory: levels whose permanent licenses are preinstalled; left out, what the platform is shipped with.
        image: file in flash; left out, what the platform is shipped with.
        powered: switched on when the world begins.
        dram_mib: memory; left out, what the platform is shipped with.
        right_to_use: the image's evaluations become a right to use instead of ending; for releases that can do that.
        startup: the configuration in its NVRAM.
        rsa_key: bits of an RSA key that is in its NVRAM, as `crypto key generate rsa` and `write memory` leave one;
            it is named after host name and domain name of `startup`.
    """

    pid: str = "CISCO881-K9"
    serial: str | None = None
    factory: tuple[str, ...] | None = None
    image: str | None = None
    internet: bool = True
    powered: bool = False
    dram_mib: int | None = None
    right_to_use: bool = False
    startup: str | None = None
    rsa_key: int | None = None


class WorldRecipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A world before its first use."""

    name: str = "world"
    start: str = DEFAULT_START
    seed: int = 1
    routers: dict[str, RouterRecipe] = {}


ROUTER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
WEEK_00 = re.compile(r"[A-Z]{3}[0-9]{2}00[0-9A-Z]{4}")

LEAST_DRAM_MIB = 64
"""Least memory in which an image of these routers can be expanded, in MiB (I)."""


def world_problems(
    recipe: WorldRecipe, platforms: PlatformCatalogue, images: ImageCatalogue
) -> Iterator[tuple[str, str]]:
    """Yield every mistake of a recipe that its types cannot show: the path to it, and the problem."""
    try:
        parse_start(recipe.start)
    except ValueError:
        yield "start", f"'{recipe.start}' is not a date and time; write for example {DEFAULT_START}"
    serials: set[str] = set()
    for name, router in recipe.routers.items():
        for key, problem in recipe_problems(name, router, platforms, images):
            yield f"routers.{name}.{key}".rstrip("."), problem
        if router.serial in serials:
            yield f"routers.{name}.serial", f"{router.serial} is another router's"
        serials |= {router.serial} if router.serial else set()


def recipe_problems(
    name: str, recipe: RouterRecipe, platforms: PlatformCatalogue, images: ImageCatalogue
) -> Iterator[tuple[str, str]]:
    """Yield the mistakes of one router's recipe: the key (empty: the name), and the problem."""
    if not ROUTER_NAME.fullmatch(name) or name.lower() == "bench":
        yield "", f"'{name}' is not a name for a router; use a letter, then letters and digits, and not 'bench'"
    if recipe.serial is not None and not is_serial(recipe.serial):
        yield (
            "serial",
            f"'{recipe.serial}' is not a serial number; it has the form FTX1405YDC7{_week_00(recipe.serial)}",
        )
    try:
        platform = platforms.get(recipe.pid)
    except UnknownName as error:
        yield "pid", str(error)
        if recipe.image is not None and recipe.image not in images.names():
            yield "image", str(UnknownName("image", recipe.image, images.names()))
        return
    try:
        levels = images.get(platform.factory_image).levels
    except UnknownName as error:
        yield "pid", f"{platforms.file(recipe.pid)}:factory_image: {error}"
        return
    with suppress(UnknownName):
        levels = tuple(dict.fromkeys((*levels, *images.get(recipe.image or platform.factory_image).levels)))
    for level in recipe.factory or ():
        if level not in levels:
            yield "factory", str(UnknownName("level", level, levels))
    most = platform.max_dram_kib // 1024
    if recipe.dram_mib is not None and not LEAST_DRAM_MIB <= recipe.dram_mib <= most:
        yield "dram_mib", f"{recipe.dram_mib} MB is not what a {recipe.pid} can have: {LEAST_DRAM_MIB} to {most}"
    try:
        image = images.get(recipe.image or platform.factory_image)
    except UnknownName as error:
        yield "image", str(error)
        return
    if recipe.rsa_key is not None and not SHORTEST <= recipe.rsa_key <= LONGEST:
        yield "rsa_key", f"an RSA key has {SHORTEST} to {LONGEST} bits, not {recipe.rsa_key}"
    elif recipe.rsa_key is not None and not key_name(recipe.startup or ""):
        yield "rsa_key", "an RSA key is named after `hostname` and `ip domain name`, which `startup` does not have"
    if recipe.right_to_use and not image.can_become_right:
        yield "right_to_use", f"the evaluations of {image.file} end; none of them can become a right to use"


def key_name(startup: str) -> str:
    """Name of an RSA key under a configuration: `R1.lab.example`; empty while host or domain has none."""
    words = {kind: found[1] for kind in ("hostname", "ip domain name") if (found := _line(kind).search(startup))}
    return ".".join(words.values()) if len(words) == 2 else ""


def _line(kind: str) -> re.Pattern[str]:
    return re.compile(rf"^{kind} (\S+)\s*$", re.MULTILINE)


def _week_00(serial: str) -> str:
    """Usual reason why a serial number from a capture is refused, for an error message."""
    return ", and no unit was made in week 00" if WEEK_00.fullmatch(serial) else ""


def parse_start(text: str) -> datetime:
    """Parse the calendar moment at which a world begins, in UTC.

    Raises:
        ValueError: the text is not an ISO 8601 date and time.
    """
    moment = datetime.fromisoformat(text)
    if not 1970 <= moment.year < LAST_MOMENT.year:
        raise ValueError(f"the year {moment.year} is outside the calendar")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
