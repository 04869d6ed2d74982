"""Schedules: jobs that are made again and again, of the kinds that make sense to repeat."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from emulator.manager.api.call import PartOf
from emulator.manager.api.devices import LIST_GROUPS
from emulator.manager.api.jobs import DELETE_SCHEDULE, KEEP_SCHEDULE, LIST_SCHEDULES, ScheduleView
from emulator.manager.jobs.kinds import KINDS
from emulator.manager.roles import actions_of
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute

REPEATED: Mapping[str, str] = {
    "poll": "Poll devices",
    "discover": "Discover devices",
    "deploy-held": "Install licenses that wait",
    "resend": "Send licenses again",
    "refresh-paks": "Ask the portal for the PAKs",
}
"""Kinds of jobs that the page offers, each with its words."""

OF_DEVICES = {"poll", "deploy-held", "resend"}
"""Kinds for the devices of a group."""


class SchedulesFacts(msgspec.Struct, frozen=True):
    """The schedules, the kinds that the user may have made again and again, and the groups."""

    schedules: PartOf[ScheduleView]
    kinds: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    words: Mapping[str, str]


SCHEDULES_PAGE = Template("schedules.html", SchedulesFacts)


def _show(page: ManagerPage) -> Response:
    allowed = actions_of(page.context.role)
    return page.draw(
        SCHEDULES_PAGE,
        schedules=page.do(LIST_SCHEDULES),
        kinds=tuple((kind, words) for kind, words in REPEATED.items() if KINDS[kind].action in allowed),
        groups=(("", "All devices"), *((each.name, each.name) for each in page.do(LIST_GROUPS).rows)),
        words=REPEATED,
    )


def _keep(page: ManagerPage) -> Response:
    if not (name := page.value("name")):
        raise BadInput("Type a name for the schedule.", "name")
    if page.value("act") == "delete":
        with refused_beside("name"):
            page.do(DELETE_SCHEDULE)
        page.tell(f"Schedule {name} deleted; its jobs stay.")
        return page.lead("/schedules")
    kind = page.value("kind")
    if kind not in REPEATED:
        raise BadInput("Choose what to do.", "kind")
    if not page.value("every"):
        raise BadInput("Type how often, such as 1d or 12h.", "every")
    with refused_beside("ranges" if kind == "discover" else "every"):
        page.do(KEEP_SCHEDULE, arguments=_arguments(page, kind), first=page.value("first"))
    page.tell(f"Schedule {name} saved.")
    return page.lead("/schedules")


def _arguments(page: ManagerPage, kind: str) -> dict[str, Any]:
    if kind in OF_DEVICES:
        return {"filter": {"group": page.value("group")}}
    if kind == "discover":
        return {"ranges": page.value("ranges").split(), "group": page.value("group")}
    return {}


PAGES = (PageRoute("/schedules", _show, _keep, menu=MenuEntry("Schedules", 72, "Jobs")),)
