"""Calls about the license portal that the manager asks."""

from typing import Annotated

import msgspec

from emulator.manager import paks
from emulator.manager.api.call import CallInput, Changed, ManagerCall, Nothing
from emulator.manager.context import ManagerContext
from emulator.manager.entities import BackEndAccess


class ChoosePortal(CallInput, frozen=True):
    """`token` of an account there; `authority`, in PEM, that signed its certificate, empty for those of the system."""

    url: Annotated[str, msgspec.Meta(max_length=500, examples=["https://localhost:8443/"])]
    token: Annotated[str, msgspec.Meta(max_length=500)]
    authority: Annotated[str, msgspec.Meta(max_length=65_536)] = ""


class PortalView(msgspec.Struct, frozen=True):
    """The portal; `url` is empty before one was chosen."""

    url: str


def _read(context: ManagerContext, _: Nothing) -> PortalView:
    return PortalView(paks.chosen_back_end(context))


def _choose(context: ManagerContext, asked: ChoosePortal) -> Changed:
    paks.keep_back_end(context, BackEndAccess(asked.url, asked.token, asked.authority))
    return Changed(1)


READ_PORTAL = ManagerCall("read_portal", "GET", "/portal", "The license portal", Nothing, PortalView, _read)
CHOOSE_PORTAL = ManagerCall(
    "choose_portal", "POST", "/portal", "Choose the license portal, and the account there", ChoosePortal, Changed,
    _choose,
)  # fmt: skip

CALLS = (READ_PORTAL, CHOOSE_PORTAL)
