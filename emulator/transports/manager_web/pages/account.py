"""The user who is logged in: role, and the password."""

import msgspec
from starlette.responses import Response

from emulator.manager.api.people import KEEP_PASSWORD, READ_SELF, UserView
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.log_in import check_password
from emulator.transports.web.problems import BadInput, NotConfirmed, WrongPassword
from emulator.transports.web.route import PageRoute


class ManagerAccountFacts(msgspec.Struct, frozen=True):
    """The user who is logged in."""

    user: UserView


ACCOUNT_PAGE = Template("account.html", ManagerAccountFacts)


def _show(page: ManagerPage) -> Response:
    return page.draw(ACCOUNT_PAGE, user=page.do(READ_SELF))


def _change(page: ManagerPage) -> Response:
    """Change the own password: the old one is asked for, and every other session of the user ends."""
    new, user = page.secret("password"), page.context.user
    if new != page.secret("repeated"):
        raise BadInput("The new password was not repeated as it is.", "repeated")
    try:
        check_password(page.manager, page.request, user, page.secret("own_password"))
    except WrongPassword:
        raise NotConfirmed from None
    page.do(KEEP_PASSWORD, name=user, password=new)
    page.manager.sessions.end_all_of(user)
    page.session = page.manager.sessions.begin(user)
    page.tell("The password is changed.")
    return page.lead("/account")


PAGES = (PageRoute("/account", _show, _change),)
