"""The explanation of a subject, from the sales order to the command."""

from emulator.world.explanation.activation import FEATURE, activation_links, is_on, stays_on
from emulator.world.explanation.delivery import line_link
from emulator.world.explanation.purchase import entitlements, purchase_links
from emulator.world.explanation.readable import readable
from emulator.world.explanation.subject import subject_of
from emulator.world.explanation.view import Explanation, broken
from emulator.world.world import World


def explain(world: World, router: str, name: str | None = None) -> Explanation:
    """Say why a level or feature of a router is on or off.

    Args:
        name: the level, licensed feature or function; left out, the highest level of the image.

    Raises:
        UnknownName: the router, level or feature does not exist.
    """
    subject = subject_of(world, world.router(router), name)
    if subject.name is None:
        assert subject.function is not None
        model = subject.router.platform.model
        link = broken(FEATURE, f"no level of {subject.manifest.file} has {subject.function.title} on {model}")
        return Explanation(router, subject.function.name, holds=False, links=(link,))
    issued = entitlements(subject)
    on = is_on(subject)
    lasts = stays_on(subject) if on and subject.is_level else None
    links = (*purchase_links(subject, issued), line_link(subject, issued), *activation_links(subject, lasts=lasts))
    shown = subject.function.name if subject.function is not None else subject.name
    return Explanation(router, shown, on, readable(subject.router, links), lasts)
