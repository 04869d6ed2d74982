"""Acts on many devices: those that were ticked, or all of a filtered list, counted before anything is done.

What is confirmed is the list as it was shown, by its digest: of a filter the filter alone is kept, so that a selection
of a whole fleet is as small as any, and where the list has changed since, it is shown again.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

import msgspec
from starlette.responses import Response

from emulator.licensing.udi import parse_udi
from emulator.manager.api.devices import DELETE_DEVICES, JOIN_GROUP, LEAVE_GROUP, LIST_GROUPS, TRUST_KEYS
from emulator.manager.api.jobs import ANNOTATE, CLEAR, DRIFT, EVALUATE, POLL, RESEND
from emulator.manager.inventory import choose_udis
from emulator.manager.store.devices import DeviceFilter
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.pages.devices import list_query, show_list
from emulator.transports.manager_web.wizards import BULK, DEPLOY
from emulator.transports.web.drawing import Template, figure
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import PageRoute

SHOWN = 10
"""Devices that the confirmation names."""

WITHOUT_NUMBER = 100
"""Devices up to which nothing needs to be typed."""


class BulkAct(NamedTuple):
    """Act on many devices: its words, how it is done, whether it can be undone, and what else it asks for."""

    title: str
    told: str
    carry_out: Callable[[ManagerPage, tuple[str, ...]], str]
    undone: bool = True
    asks: Literal["", "group", "agreement", "comment", "feature", "evaluation"] = ""


class BulkFacts(msgspec.Struct, frozen=True):
    """Act, the number of its devices, the groups to choose from, and whether a number is typed.

    Attributes:
        shown: the first of the devices.
        digest: of all of them.
    """

    act: BulkAct
    count: int
    groups: Sequence[tuple[str, str]]
    shown: Sequence[str]
    typed: bool
    digest: str


CHOSEN_BY = "chosen_by"
"""Field of a form that carries a filter of devices, as JSON."""

CONFIRM_PAGE = Template("confirm.html", BulkFacts)


def _poll(page: ManagerPage, udis: tuple[str, ...]) -> str:
    return f"/jobs/{page.do(POLL, udis=udis).id}"


def _drift(page: ManagerPage, udis: tuple[str, ...]) -> str:
    return f"/jobs/{page.do(DRIFT, udis=udis).id}"


def _join(page: ManagerPage, udis: tuple[str, ...]) -> str:
    page.do(JOIN_GROUP, name=page.value("name"), udis=udis)
    page.tell(f"{_devices(len(udis))} put into {page.value('name')}.")
    return "/devices"


def _leave(page: ManagerPage, udis: tuple[str, ...]) -> str:
    page.do(LEAVE_GROUP, name=page.value("name"), udis=udis)
    page.tell(f"{_devices(len(udis))} taken out of {page.value('name')}.")
    return "/devices"


def _resend(page: ManagerPage, udis: tuple[str, ...]) -> str:
    return f"/jobs/{page.do(RESEND, udis=udis, accept=page.value('accept') == 'yes').id}"


def _annotate(page: ManagerPage, udis: tuple[str, ...]) -> str:
    for field, told in (("feature", "Type the feature."), ("comment", "Type the comment.")):
        if not page.value(field):
            raise BadInput(told, field)
    with refused_beside("comment"):
        return f"/jobs/{page.do(ANNOTATE, udis=udis).id}"


def _clear(page: ManagerPage, udis: tuple[str, ...]) -> str:
    if not page.value("feature"):
        raise BadInput("Type the feature.", "feature")
    with refused_beside("feature"):
        return f"/jobs/{page.do(CLEAR, udis=udis).id}"


def _evaluate(page: ManagerPage, udis: tuple[str, ...]) -> str:
    if not page.value("level"):
        raise BadInput("Type the level.", "level")
    given = {name: page.value(name) == "yes" for name in ("accept", "reload", "dry_run")}
    with refused_beside("level"):
        return f"/jobs/{page.do(EVALUATE, udis=udis, **given).id}"


def _trust(page: ManagerPage, udis: tuple[str, ...]) -> str:
    page.tell(f"{_devices(page.do(TRUST_KEYS, udis=udis).changed)} have other keys now.")
    return "/devices"


def _delete(page: ManagerPage, udis: tuple[str, ...]) -> str:
    page.tell(f"{_devices(page.do(DELETE_DEVICES, udis=udis).changed)} deleted.")
    return "/devices"


ACTS: Mapping[str, BulkAct] = {
    "poll": BulkAct("Poll", "Each is read again; nothing on it changes.", _poll),
    "drift": BulkAct(
        "Compare with portal",
        "Each is read, and what it has is compared with what the portal issued for it. Nothing changes.",
        _drift,
    ),
    "resend": BulkAct(
        "Send licenses again",
        "The portal sends all licenses of each again, and those that it has lost are installed. No PAK is debited.",
        _resend,
        asks="agreement",
    ),
    "annotate": BulkAct(
        "Annotate licenses", "The comment is put on the license of the feature on each.", _annotate, asks="comment"
    ),
    "evaluate": BulkAct(
        "Begin evaluation",
        "Each chooses the level for its next boot, by the evaluation license that came with its image, and saves its"
        " configuration: what was not saved is saved too. First see what that does to each.",
        _evaluate,
        asks="evaluation",
    ),
    "clear": BulkAct(
        "Clear licenses",
        "Each loses its license for the feature, unless it is in use, and may come up at another level after its next"
        " reload. The license can be sent again; no PAK is debited.",
        _clear,
        undone=False,
        asks="feature",
    ),
    "join": BulkAct("Add to group", "They stay in their other groups.", _join, asks="group"),
    "leave": BulkAct("Take out of group", "They stay under management.", _leave, asks="group"),
    "trust": BulkAct(
        "Trust keys",
        "The keys and certificates that they show now are taken for theirs. Compare them at their consoles first.",
        _trust,
        undone=False,
    ),
    "delete": BulkAct(
        "Delete", "Their last known state is forgotten; license files obtained for them stay.", _delete, undone=False
    ),
}
"""Acts by the words of the form; `deploy` leads to its wizard instead."""


def _choose(page: ManagerPage) -> Response:
    """Freeze the devices that are ticked, or the whole list as it is now."""
    act = page.value("act")
    if act not in ACTS and act != "deploy":
        raise NotThere("There is no such act.")
    if page.value("all") == "yes":
        chosen = DeviceFilter(page.value("group"), page.value("text"), page.value("level"), **list_query(page))
        udis, kept = of_filter(page, chosen), {"filter": (msgspec.json.encode(chosen).decode(),)}
    else:
        udis = tuple(page.values("ticked"))
        kept = {"chosen": ("\n".join(udis),)}
    if not udis:
        raise BadInput("Tick at least one device.", "ticked")
    if act == "deploy":
        page.keep_draft(DEPLOY, {CHOSEN_BY: kept["filter"]} if "filter" in kept else {"udis": kept["chosen"]})
        return page.lead("/deploy")
    page.keep_draft(BULK, {**kept, "act": (act,)})
    return page.lead("/devices/act")


def of_filter(page: ManagerPage, chosen: DeviceFilter) -> tuple[str, ...]:
    """List the devices that a filter leaves now, as PID:SN."""
    return tuple(str(udi) for udi in choose_udis(page.context, chosen))


def _digest(udis: Sequence[str]) -> str:
    return sha256("\n".join(udis).encode()).hexdigest()


def _ask(page: ManagerPage) -> Response:
    act, udis = _frozen(page)
    groups = [(each.name, each.name) for each in page.do(LIST_GROUPS).rows] if act.asks == "group" else []
    return page.draw(
        CONFIRM_PAGE, act=act, count=len(udis), groups=groups, shown=udis[:SHOWN], typed=_to_be_typed(act, udis),
        digest=_digest(udis),
    )  # fmt: skip


def _carry_out(page: ManagerPage) -> Response:
    act, udis = _frozen(page)
    if page.value("list") != _digest(udis):
        raise BadInput(f"The list has changed since it was shown: it has {_devices(len(udis))} now. Look at it again.")
    check_number(page, len(udis), needed=_to_be_typed(act, udis))
    address = act.carry_out(page, udis)
    if page.value("dry_run") != "yes":
        page.drop_draft(BULK)
    return page.lead(address)


def check_number(page: ManagerPage, count: int, *, needed: bool) -> None:
    """Make sure that the number of devices was typed where it has to be.

    Raises:
        BadInput: it is another one.
    """
    if needed and page.value("typed") != str(count):
        raise BadInput(f"Type {count}, the number of the devices.", "typed")


def _to_be_typed(act: BulkAct, udis: tuple[str, ...]) -> bool:
    return len(udis) > WITHOUT_NUMBER or not act.undone


def _frozen(page: ManagerPage) -> tuple[BulkAct, tuple[str, ...]]:
    assert page.caller is not None, "the frame lets nobody in without a log-in"
    kept = page.face.drafts.find(page.caller.account, BULK)
    if kept is None or kept["act"][0] not in ACTS:
        raise NotThere("No devices are chosen. Tick them in the list of devices first.")
    if "filter" not in kept:
        return ACTS[kept["act"][0]], tuple(kept["chosen"][0].splitlines())
    return ACTS[kept["act"][0]], of_filter(page, read_filter(kept["filter"][0]))


def read_filter(text: str) -> DeviceFilter:
    """Read a filter of devices from a form or a draft.

    Raises:
        NotThere: it is none.
    """
    try:
        return msgspec.json.decode(text, type=DeviceFilter)
    except msgspec.DecodeError:
        raise NotThere("No devices are chosen. Choose them in the list of devices.") from None


def _devices(count: int) -> str:
    return f"{figure(count)} device{'' if count == 1 else 's'}"


def checked_udis(text: str, field: str) -> tuple[str, ...]:
    """Read devices, one a line.

    Raises:
        BadInput: a line is no UDI, or there is none.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(str(parse_udi(line.strip())))
        except ValueError as error:
            raise BadInput(f"Row {number}: {error}.", field) from error
    if not found:
        raise BadInput("Name at least one device, as PID:SN.", field)
    return tuple(dict.fromkeys(found))


PAGES = (
    PageRoute("/devices/ticked", send=_choose, again=show_list),
    PageRoute("/devices/act", _ask, _carry_out, once=True),
)
