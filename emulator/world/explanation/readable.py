"""Steps at a console that cannot be read: its terminal is set to the speed of the line first."""

from collections.abc import Iterable

from msgspec.structs import replace

from emulator.console.line.line_kind import CONSOLE
from emulator.console.line.line_place import LinePlace
from emulator.router.device import Router
from emulator.world.explanation.view import BENCH, Link, MendingStep


def readable(router: Router, links: Iterable[Link]) -> tuple[Link, ...]:
    """Put the bench line that sets the terminal before steps at the console of a router which cannot be read."""
    place = LinePlace(router, CONSOLE, 0)
    if not place.misread:
        return tuple(links)
    step = MendingStep(BENCH, f"baud {router.name} {place.speed}")
    return tuple(
        replace(link, mend=(step, *link.mend)) if link.mend and link.mend[0].place == router.name else link
        for link in links
    )
