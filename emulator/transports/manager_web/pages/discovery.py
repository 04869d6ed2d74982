"""Discovery: addresses that are looked at for devices, as ranges or as the rows of a seed file."""

import msgspec
from starlette.responses import Response

from emulator.manager.api.devices import LIST_CREDENTIALS, LIST_GROUPS
from emulator.manager.api.jobs import DISCOVER
from emulator.manager.roles import ManagerAction
from emulator.manager.targets import WrongRow, parse_ranges, read_seed_file
from emulator.transports.manager_web import wizards
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class DiscoveryFacts(msgspec.Struct, frozen=True):
    """Groups and credential sets to choose from."""

    groups: tuple[tuple[str, str], ...]
    sets: tuple[str, ...]


DISCOVERY_PAGE = Template("discovery.html", DiscoveryFacts)


def _show(page: ManagerPage) -> Response:
    groups = (("", "No group"), *((each.name, each.name) for each in page.do(LIST_GROUPS).rows))
    return page.draw(DISCOVERY_PAGE, groups=groups, sets=tuple(each.name for each in page.do(LIST_CREDENTIALS).rows))


def _discover(page: ManagerPage) -> Response:
    ranges, seed = tuple(page.value("ranges").split()), page.value("seed")
    if not ranges and not seed:
        raise BadInput("Type an address, a network or a range, or paste a seed file.", "ranges")
    with refused_beside("ranges"):
        parse_ranges(ranges)
    with refused_beside("seed"):
        wrong = [row for row in read_seed_file(seed) if isinstance(row, WrongRow)] if seed else []
    if wrong:
        raise BadInput(" ".join(f"Row {row.row}: {row.problem}." for row in wrong[:5]), "seed")
    sets = tuple(dict.fromkeys(page.value("credentials").split()))
    with refused_beside("credentials" if sets else "seed" if seed else "ranges"):
        job = page.do(DISCOVER, ranges=ranges, seed_file=seed, credentials=sets)
    page.drop_draft(wizards.DISCOVERY)
    return page.lead(f"/jobs/{job.id}")


NEEDED = ManagerAction.DISCOVER

PAGES = (
    PageRoute(
        "/discovery", Needing(NEEDED, _show), Needing(NEEDED, _discover), draft=wizards.DISCOVERY,
        menu=MenuEntry("Discover devices", 24, "Devices"),
    ),
)  # fmt: skip
