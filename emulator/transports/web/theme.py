"""The theme of the pages: light, dark, or as the reader's system has it; a cookie keeps it, so no script is needed."""

from starlette.responses import Response

from emulator.transports.web.page import Page, here
from emulator.transports.web.route import PageRoute

COOKIE = "theme"
THEMES = ("light", "dark")
KEPT = 365 * 86_400
"""Seconds that a browser keeps the choice."""


def _choose(page: Page) -> Response:
    response = page.lead(here(page.value("back")))
    theme = page.value(COOKIE)
    if theme in THEMES:
        secure = page.face.secure
        response.set_cookie(COOKIE, theme, max_age=KEPT, httponly=True, samesite="lax", secure=secure, path="/")
    else:
        response.delete_cookie(COOKIE, path="/")
    return response


THEME_PAGE = PageRoute("/theme", send=_choose, public=True)
"""The address to which the frame of every page sends a choice."""
