"""PAKs: what is left on each, the licenses that it paid for, and those that wait for their devices."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.manager.api.access import LIST_FOLDERS
from emulator.manager.api.call import PartOf
from emulator.manager.api.devices import LIST_APPLICABLE
from emulator.manager.api.jobs import DEPLOY_HELD, REFRESH_PAKS
from emulator.manager.api.licenses import DELETE_PAK, LIST_LICENSES, LIST_PAKS, READ_PAK, HeldLicense, InventoryPak
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute


class PakInventoryFacts(msgspec.Struct, frozen=True):
    """The PAKs of the inventory, or of one of the folders to choose from."""

    paks: PartOf[InventoryPak]
    folders: Sequence[tuple[str, str]]


class InventoryPakFacts(msgspec.Struct, frozen=True):
    """A PAK, the number of devices that it fits, and a part of the licenses that it paid for.

    `licenses` is None for who may not see them.
    """

    pak: InventoryPak
    fitting: int
    licenses: PartOf[HeldLicense] | None


class UndeployedFacts(msgspec.Struct, frozen=True):
    """A part of the licenses that wait for their devices."""

    licenses: PartOf[HeldLicense]


PAKS_PAGE = Template("paks.html", PakInventoryFacts)
PAK_PAGE = Template("pak.html", InventoryPakFacts)
HELD_PAGE = Template("held.html", UndeployedFacts)


def _list(page: ManagerPage) -> Response:
    folders = [(each.name, each.name) for each in page.do(LIST_FOLDERS).rows]
    return page.draw(PAKS_PAGE, paks=page.do(LIST_PAKS), folders=[("", "Any folder"), *folders] if folders else [])


def _add(page: ManagerPage) -> Response:
    codes = tuple(page.value("codes").split())
    if not codes:
        raise BadInput("Type at least one PAK.", "codes")
    return page.lead(f"/jobs/{page.do(REFRESH_PAKS, paks=codes).id}")


def _pak(page: ManagerPage) -> Response:
    pak = page.do(READ_PAK)
    fitting = page.do(LIST_APPLICABLE, sku=pak.sku, group="", offset=0, limit=1).total
    if not page.may("DEPLOY"):
        return page.draw(PAK_PAGE, pak=pak, fitting=fitting, licenses=None)
    return page.draw(PAK_PAGE, pak=pak, fitting=fitting, licenses=page.do(LIST_LICENSES, pak=pak.code, **page.place()))


def _act(page: ManagerPage) -> Response:
    code = page.do(READ_PAK).code
    match page.value("act"):
        case "refresh":
            return page.lead(f"/jobs/{page.do(REFRESH_PAKS, paks=(code,)).id}")
        case "delete":
            page.do(DELETE_PAK)
            page.tell(f"PAK {code} is deleted here; its licenses stay.")
            return page.lead("/paks")
    raise NotThere("There is no such act.")


def _held(page: ManagerPage) -> Response:
    return page.draw(HELD_PAGE, licenses=page.do(LIST_LICENSES, undeployed=True, **page.place()))


def _install(page: ManagerPage) -> Response:
    """Install what waits, on the devices that are ticked or on all."""
    udis = () if page.value("all") == "yes" else tuple(dict.fromkeys(page.values("ticked")))
    if not udis and page.value("all") != "yes":
        raise BadInput("Tick at least one device.", "ticked")
    given = {"reload": page.value("reload") == "yes", "save": page.value("save") == "yes"}
    return page.lead(f"/jobs/{page.do(DEPLOY_HELD, udis=udis, **given).id}")


PAKS, DEPLOY = ManagerAction.MANAGE_PAKS, ManagerAction.DEPLOY

PAGES = (
    PageRoute("/paks", _list, Needing(PAKS, _add), once=True, menu=MenuEntry("PAKs", 40, "Licenses")),
    PageRoute("/paks/{code}", _pak, Needing(PAKS, _act), once=True),
    PageRoute(
        "/held", Needing(DEPLOY, _held), Needing(DEPLOY, _install), once=True,
        menu=MenuEntry("Not installed", 50, "Licenses"),
    ),
)  # fmt: skip
