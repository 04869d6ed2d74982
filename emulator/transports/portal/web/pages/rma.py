"""The RMA wizard: name the devices, look at what will move, confirm; and the correction of a registration.

What was typed is sent in the body and kept as a draft, in no address, for a contract's number is as good as the
device; only the confirmation changes anything, and the same RMA again gives the same file.
"""

from collections.abc import Mapping, Sequence

import msgspec
from starlette.responses import Response

from emulator.licensing.udi import parse_udi
from emulator.transports.portal.operations.devices import DEVICE, Held
from emulator.transports.portal.operations.transfer import CORRECT, RMA
from emulator.transports.portal.web import wizards
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.problems import BadInput, Problem, sentence
from emulator.transports.web.route import MenuEntry, PageRoute


class ConfirmFacts(msgspec.Struct, frozen=True):
    """The fields that were typed, and the licenses that are about to move."""

    asked: Mapping[str, str]
    moving: Sequence[Held]


RMA_PAGE = Template("rma.html", NoFacts)
RMA_CONFIRM_PAGE = Template("rma_confirm.html", ConfirmFacts)
CORRECT_PAGE = Template("correct.html", NoFacts)

ASKED = ("failed", "replacement", "contract", "why")


def _form(page: PortalPage) -> Response:
    return page.draw(RMA_PAGE)


def _check(page: PortalPage) -> Response:
    """Return what is about to happen, if all that was typed can be read."""
    for name, words in (("failed", "the failed device"), ("replacement", "the replacement")):
        try:
            _device(page.value(name), words, name)
        except BadInput as problem:
            page.problems.append(problem)
    if not page.value("contract"):
        page.problems.append(BadInput("Fill in the number of the failed device's service contract.", "contract"))
    if page.problems:
        return page.draw(RMA_PAGE)
    try:
        page.do(DEVICE, udi=page.value("failed"))
    except Problem as problem:
        problem.field = "failed"
        page.problems.append(problem)
        return page.draw(RMA_PAGE)
    return page.lead("/rma/confirm")


def _look(page: PortalPage) -> Response:
    """The licenses that are about to move; without what was typed, the first step."""
    asked = {name: page.value(name) for name in ASKED}
    try:
        card = page.do(DEVICE, udi=asked["failed"])
    except Problem:
        return page.lead("/rma")
    moving = [held for held in card.licenses if held.sku and held.state == "current"]
    return page.draw(RMA_CONFIRM_PAGE, moving=moving, asked=asked)


def _device(text: str, words: str, field: str) -> None:
    if not text:
        raise BadInput(f"Fill in {words}.", field)
    try:
        parse_udi(text)
    except ValueError as error:
        raise BadInput(sentence(error), field) from error


def _confirm(page: PortalPage) -> Response:
    letter = page.do(RMA)
    page.drop_draft(wizards.RMA)
    page.tell(f"The licenses of {page.value('failed')} are now those of {page.value('replacement')}.")
    return page.lead(f"/mail/{letter.number}")


def _correct_form(page: PortalPage) -> Response:
    return page.draw(CORRECT_PAGE)


def _correct(page: PortalPage) -> Response:
    letter = page.do(CORRECT)
    page.tell(f"What PAK {page.value('pak')} issued is now that of {page.value('right')}.")
    return page.lead(f"/mail/{letter.number}")


PAGES = (
    PageRoute("/rma", _form, draft=wizards.RMA, menu=MenuEntry("Report a failure (RMA)", 62, Group.LICENSES)),
    PageRoute("/rma/check", send=_check, again=_form, draft=wizards.RMA),
    PageRoute("/rma/confirm", _look, _confirm, again=_form, draft=wizards.RMA),
    PageRoute(
        "/correct",
        _correct_form,
        _correct,
        operator=True,
        once=True,
        menu=MenuEntry("Correct a registration", 68, Group.LICENSES),
    ),
)
