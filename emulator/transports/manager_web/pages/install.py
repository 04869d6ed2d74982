"""A license file that is at hand, installed on a device."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from emulator.manager.api.devices import READ_DEVICE
from emulator.manager.api.jobs import INSTALL
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.pages.bulk import checked_udis
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute

LARGEST = 1024 * 1024
"""Largest license file that is taken, in bytes."""

INSTALL_PAGE = Template("install.html", NoFacts)


def _show(page: ManagerPage) -> Response:
    return page.draw(INSTALL_PAGE)


def _install(page: ManagerPage) -> Response:
    found = checked_udis(page.value("udi"), "udi")
    if len(found) > 1:
        raise BadInput("Name one device.", "udi")
    with refused_beside("udi"):
        page.do(READ_DEVICE, udi=found[0])
    content, chosen = page.file("file"), page.form.get("file")
    if not content or not isinstance(chosen, UploadFile):
        raise BadInput("Choose a license file.", "file")
    if len(content) > LARGEST:
        raise BadInput("A license file has 1 MiB at most; this is no license file.", "file")
    with refused_beside("file"):
        job = page.do(
            INSTALL, udi=found[0], name=chosen.filename or "", content=content, accept=page.value("accept") == "yes"
        )
    return page.lead(f"/jobs/{job.id}")


NEEDED = ManagerAction.DEPLOY

PAGES = (
    PageRoute(
        "/install", Needing(NEEDED, _show), Needing(NEEDED, _install), once=True,
        menu=MenuEntry("Install license file", 51, "Licenses"),
    ),
)  # fmt: skip
