"""Lists of UDIs for networks that cannot be reached: as XML, and on paper with check characters that are typed.

What a list would add is shown first (dry run); the devices are frozen by that, and outlive a log-out until they are
added or dropped.
"""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.udi_lists import read_udi_list, write_udi_list
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.api.devices import ADD_DEVICES, LIST_GROUPS
from emulator.manager.inventory import choose_udis
from emulator.manager.printed_list import read_printed_list, write_printed_list
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter
from emulator.transports.manager_web import wizards
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.downloads import download
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template, figure, pair
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

SHOWN = 20
"""Devices and wrong rows that the check of a list names."""

FROZEN = "udi-list-check"
"""Name of the draft that keeps a list between its check and its confirmation."""


class UdiListsFacts(msgspec.Struct, frozen=True):
    """The groups of which a list can be, and those that new devices can join."""

    groups: Sequence[tuple[str, str]]
    joined: Sequence[tuple[str, str]]


class PrintedListFacts(msgspec.Struct, frozen=True):
    """A list to be printed."""

    text: str
    group: str


class ListCheckFacts(msgspec.Struct, frozen=True):
    """Numbers of devices of a list that are new and known, the first new ones, the group, and the wrong rows."""

    new: int
    known: int
    shown: Sequence[str]
    group: str
    wrong: Sequence[str]


UDIS_PAGE = Template("udis.html", UdiListsFacts)
PRINTED_PAGE = Template("printed_list.html", PrintedListFacts)
CHECK_PAGE = Template("udis_check.html", ListCheckFacts)


def _show(page: ManagerPage) -> Response:
    names = [pair(each.name) for each in page.do(LIST_GROUPS).rows]
    return page.draw(UDIS_PAGE, groups=[("", "All devices"), *names], joined=[("", "No group"), *names])


def _xml(page: ManagerPage) -> Response:
    return download("udis.xml", write_udi_list(_chosen(page)))


def _printed(page: ManagerPage) -> Response:
    text = write_printed_list(_chosen(page))
    return page.draw(PRINTED_PAGE, text=text, group=page.value("group"))


def _chosen(page: ManagerPage) -> Sequence[Udi]:
    with refused_beside(""):
        return choose_udis(page.context, DeviceFilter(group=page.value("group")))


def _check(page: ManagerPage) -> Response:
    """Freeze the devices of a list, and lead to what it would add."""
    chosen, typed = page.file("file"), page.value("typed")
    if not chosen and not typed:
        raise BadInput("Choose an XML file, or type a printed list.", "file")
    found, wrong = _of_xml(chosen) if chosen else _of_paper(typed)
    if not found:
        told = " ".join(f"{each}." for each in wrong[:3])
        raise BadInput(f"No row names a device. {told}", "file" if chosen else "typed")
    listed = "\n".join(map(str, dict.fromkeys(found)))
    shown = (*wrong[:SHOWN], *([f"{figure(len(wrong) - SHOWN)} more rows are wrong"] if len(wrong) > SHOWN else ()))
    page.keep_draft(FROZEN, {"udis": (listed,), "wrong": shown, "group": (page.value("joins"),)})
    return page.lead("/udis/check")


def _of_xml(data: bytes) -> tuple[list[Udi], list[str]]:
    try:
        entries = read_udi_list(data)
    except InvalidDocument as error:
        raise BadInput(f"{error.reason[:1].upper()}{error.reason[1:]}.", "file") from None
    wrong = [f"Line {each.line}: {each.problem}" for each in entries if each.udi is None]
    return [each.udi for each in entries if each.udi is not None], wrong


def _of_paper(text: str) -> tuple[list[Udi], list[str]]:
    with refused_beside("typed"):
        rows = read_printed_list(text)
    wrong = [f"Row {each.row}: {each.problem}" for each in rows if each.udi is None]
    return [each.udi for each in rows if each.udi is not None], wrong


def _confirm(page: ManagerPage) -> Response:
    udis, wrong, group = _frozen(page)
    known = set(choose_udis(page.context, DeviceFilter()))
    new = [udi for udi in udis if udi not in known]
    return page.draw(
        CHECK_PAGE, new=len(new), known=len(udis) - len(new), shown=[str(udi) for udi in new[:SHOWN]], group=group,
        wrong=wrong,
    )  # fmt: skip


def _add(page: ManagerPage) -> Response:
    udis, _, group = _frozen(page)
    with refused_beside(""):
        added = len(page.do(ADD_DEVICES, udis=tuple(map(str, udis)), group=group).new)
    for name in (FROZEN, wizards.UDI_LIST):
        page.drop_draft(name)
    page.tell(f"{figure(added)} device{'' if added == 1 else 's'} added.")
    return page.lead("/devices", **({"group": group} if group else {}))


def _frozen(page: ManagerPage) -> tuple[list[Udi], Sequence[str], str]:
    assert page.caller is not None, "the frame lets nobody in without a log-in"
    kept = page.face.drafts.find(page.caller.account, FROZEN)
    if kept is None:
        raise NotThere("No list is being checked. Choose a file or type a list first.")
    return [parse_udi(line) for line in kept["udis"][0].splitlines()], kept.get("wrong", ()), kept["group"][0]


READ, ADD = ManagerAction.READ_DEVICES, ManagerAction.CREATE_DEVICES

PAGES = (
    PageRoute(
        "/udis", Needing(READ, _show), Needing(ADD, _check), draft=wizards.UDI_LIST,
        menu=MenuEntry("Lists of UDIs", 92, "Exchange"),
    ),
    PageRoute("/udis/xml", Needing(READ, _xml)),
    PageRoute("/udis/printed", Needing(READ, _printed)),
    PageRoute("/udis/check", Needing(ADD, _confirm), Needing(ADD, _add), once=True),
)  # fmt: skip
