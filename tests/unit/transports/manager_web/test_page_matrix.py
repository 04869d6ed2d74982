"""Every page of the manager and every form, by every role: the routes are the list, and a new one needs a row.

Who may not is told so before the form is looked at, and the menu has what its reader may open and nothing else.
"""

import re
from collections.abc import Iterator

import pytest

from emulator.manager import passwords
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import PollJob
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports.use_cases import make_report
from emulator.manager.roles import ManagerAction, ManagerRole, actions_of
from emulator.manager.store.devices import DeviceFilter
from emulator.transports.manager_web.all_pages import manager_pages
from tests.manager_pages import PAK, PASSWORD, ManagerBrowser, furnish, udi
from tests.served_manager import served_bench

ANY = None
NONE = "no form"
Rights = ManagerAction | None | str

ROUTES: dict[str, tuple[Rights, Rights]] = {
    "/": (ANY, NONE),
    "/log-in": (ANY, ANY),
    "/log-out": (NONE, ANY),
    "/draft": (NONE, ANY),
    "/account": (ANY, ANY),
    "/devices": (ANY, ManagerAction.CREATE_DEVICES),
    "/devices/views": (NONE, ANY),
    "/devices/views/delete": (NONE, ANY),
    "/devices/ticked": (NONE, ANY),
    "/devices/act": (ANY, ANY),
    "/devices/{udi:path}": (ANY, NONE),
    "/go": (ANY, NONE),
    "/groups": (ANY, ManagerAction.MANAGE_GROUPS),
    "/discovery": (ManagerAction.DISCOVER, ManagerAction.DISCOVER),
    "/deploy": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/deploy/{job}": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/paks": (ANY, ManagerAction.MANAGE_PAKS),
    "/paks/{code}": (ANY, ManagerAction.MANAGE_PAKS),
    "/folders": (ANY, ManagerAction.MANAGE_PAKS),
    "/access": (ManagerAction.MANAGE_PAKS, ManagerAction.MANAGE_PAKS),
    "/policies": (ANY, ManagerAction.DEPLOY),
    "/policies/{name:path}": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/held": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/rehost": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/rma": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/rehost/case": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/rma/case": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/drift": (ManagerAction.POLL, ManagerAction.POLL),
    "/install": (ManagerAction.DEPLOY, ManagerAction.DEPLOY),
    "/expiring": (ANY, NONE),
    "/jobs": (ANY, NONE),
    "/jobs/{job}": (ANY, ANY),
    "/jobs/{job}/progress": (ANY, NONE),
    "/schedules": (ANY, ANY),
    "/reports": (ANY, ManagerAction.MAKE_REPORTS),
    "/reports/{number}": (ANY, ManagerAction.MAKE_REPORTS),
    "/reports/{number}/changes": (ANY, NONE),
    "/reports/{number}/file/{format}": (ANY, NONE),
    "/exchange": (ManagerAction.EXCHANGE, ManagerAction.EXCHANGE),
    "/exchange/pairs/{name:path}": (ManagerAction.EXCHANGE, ManagerAction.EXCHANGE),
    "/exchange/bundle": (ManagerAction.EXCHANGE, NONE),
    "/exchange/read": (NONE, ManagerAction.EXCHANGE),
    "/udis": (ANY, ManagerAction.CREATE_DEVICES),
    "/udis/xml": (ANY, NONE),
    "/udis/printed": (ANY, NONE),
    "/udis/check": (ManagerAction.CREATE_DEVICES, ManagerAction.CREATE_DEVICES),
    "/users": (ManagerAction.MANAGE_USERS, ManagerAction.MANAGE_USERS),
    "/users/{name:path}": (ManagerAction.MANAGE_USERS, ManagerAction.MANAGE_USERS),
    "/credentials": (ManagerAction.MANAGE_CREDENTIALS, ManagerAction.MANAGE_CREDENTIALS),
    "/portal": (ManagerAction.MANAGE_BACK_END, ManagerAction.MANAGE_BACK_END),
    "/trail": (ManagerAction.READ_TRAIL, NONE),
}
"""Actions that a user must be allowed to see a page, and to send its form; some acts of forms ask for more."""

THERE = {
    "udi:path": str(udi(1)), "code": PAK, "job": "1", "number": "1", "format": "csv", "name:path": "reportmgr",
}  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ManagerBrowser]:
    with pytest.MonkeyPatch.context() as patched, served_bench(tmp_path_factory.mktemp("fleet")) as served:
        patched.setitem(passwords._COST, "n", 2)
        furnish(served.bench, 3)
        context = served.bench.context()
        control.submit(context, "poll", PollJob())
        make_report(context, ReportKind.DEVICES, DeviceFilter())
        yield ManagerBrowser(served)


def test_every_route_has_a_row() -> None:
    assert ROUTES.keys() == {page.path for page in manager_pages()}


@pytest.mark.parametrize("role", ManagerRole)
def test_a_page_and_its_form_are_open_to_those_whose_role_allows_them(
    browser: ManagerBrowser, role: ManagerRole
) -> None:
    browser.client.cookies.clear()
    assert "<h1>Today</h1>" in browser.log_in(str(role).lower()).text
    shown = browser.show("/").text
    menu = set(re.findall(r'<dd><a href="([^"]+)"', shown))
    token = re.search(r'name="form_token" value="([^"]+)"', shown)
    assert token is not None
    form = {"form_token": token[1], "form_key": "k", "own_password": PASSWORD}
    allowed = {ANY, *actions_of(role)}
    told = []
    for page in manager_pages():
        seen, sent = ROUTES[page.path]
        address = re.sub(r"{([^}]+)}", lambda found: THERE[found[1]], page.path)
        if seen != NONE:
            answer = browser.client.get(address, follow_redirects=False)
            if (answer.status_code == 403) != (seen not in allowed) or answer.status_code == 500:
                told.append(f"GET {address}: {answer.status_code}")
        if page.menu is not None and (page.path in menu) != (seen in allowed):
            told.append(f"{address} in the menu: {page.path in menu}")
        if sent != NONE and page.path not in {"/log-in", "/log-out"}:
            answer = browser.client.post(address, data=form, follow_redirects=False)
            if (answer.status_code == 403) != (sent not in allowed) or answer.status_code == 500:
                told.append(f"POST {address}: {answer.status_code}")
    assert told == []
