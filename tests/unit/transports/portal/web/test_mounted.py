"""A portal below another face: no address of any of its pages, forms and ways on leaves the place where it stands."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.routing import Mount

from emulator.bench.line import bench_grammar
from emulator.labs.bench_verbs import LabBench
from emulator.transports.portal.web.all_pages import portal_pages
from emulator.transports.portal.web.lab_rights import VERBS, LabRights
from emulator.transports.web.problems import NotNow
from tests.unit.transports.portal.lab import R1, R2, Portal, password_of
from tests.web_client import WebClient

BELOW = "/learn/naming/portal"
ADDRESSES = ("href", "action", "formaction", "src", "data-face", "data-console", "data-parts")


@pytest.fixture(scope="module")
def client() -> WebClient:
    portal = Portal()
    first = portal.pak(3)
    portal.service.register(first, [R1], 0, by="lab")
    portal.service.permission(R1, 0, by="lab")
    client = WebClient(Starlette(routes=[Mount(BELOW, portal.app)]), "https://portal.example")
    entered = client.post(
        f"{BELOW}/log-in",
        data={"user": "lab", "password": password_of("lab"), "form_token": token(client.get(f"{BELOW}/log-in").text)},
        follow_redirects=False,
    )
    assert entered.headers["Location"] == f"{BELOW}/"
    return client


def token(text: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', text)
    assert found
    return found[1]


def addresses(text: str) -> Iterator[str]:
    for element in etree.HTML(text).iter(etree.Element):
        given = (element.get(name, "") for name in ADDRESSES)
        yield from (address for address in given if address.startswith("/"))


def test_every_page_that_is_reached_stays_below(client: WebClient) -> None:
    waiting, seen = [f"{BELOW}/"], {f"{BELOW}/"}
    while waiting:
        address = waiting.pop()
        page = client.get(address)
        assert page.status_code == 200, address
        if "html" not in page.headers["Content-Type"]:
            continue
        for found in addresses(page.text):
            assert found.startswith(f"{BELOW}/"), (address, found)
        for link in etree.HTML(page.text).xpath("//a/@href"):
            path = link.partition("?")[0]  # a page is looked at once, whatever it is asked for
            if link.startswith("/") and path not in seen:
                seen.add(path)
                waiting.append(link)
    plain = {page.path for page in portal_pages() if page.show and "{" not in page.path}
    unlinked = {"/log-in", "/rma/confirm", "/rehost/choose", "/bench"}
    assert plain - {address.removeprefix(BELOW) for address in seen} <= unlinked


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("/orders/new", {"sku": "L-880-AIS=", "quantity": "1"}),
        ("/resend", {"udi": str(R1)}),
        ("/demo", {"udi": str(R2), "feature": "advipservices"}),
        ("/theme", {"theme": "dark", "back": "/devices?text=FTX"}),
    ],
)
def test_every_way_on_stays_below(client: WebClient, form: str, fields: dict[str, str]) -> None:
    page = client.get(f"{BELOW}{form if form != '/theme' else '/'}").text
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    sent = {"form_token": token(page), **({"form_key": key[1]} if key else {}), **fields}
    for _ in range(2):  # the second time it was sent before
        led = client.post(f"{BELOW}{form}", data=sent, follow_redirects=False)
        assert led.status_code == 303
        assert led.headers["Location"].startswith(f"{BELOW}/")
        assert BELOW not in led.headers["Location"].removeprefix(BELOW)


def test_what_is_not_there_leads_on_to_the_list_that_it_would_be_in(client: WebClient) -> None:
    for address, told, on, words in (
        ("/mail/99", "There is no letter 99.", "/mail", "Messages"),
        ("/rehost/PT-9", "There is no file PT-9.", "/rehost", "Transfer licenses"),
        ("/nowhere", "There is nothing at this address.", "/", "Overview"),
    ):
        page = client.get(f"{BELOW}{address}")
        assert page.status_code == 404
        assert "<h1>Not found</h1>" in page.text
        assert told in page.text
        assert f'<a href="{BELOW}{on}">Go to {words}</a>' in page.text


def test_every_page_of_a_lab_is_there_and_goes_with_a_verb_of_the_bench() -> None:
    lines = [command.line for command in bench_grammar().commands]
    assert set(VERBS) <= {page.path for page in portal_pages()}
    for verb in filter(None, VERBS.values()):
        assert any(line.split()[: len(verb.split())] == verb.split() for line in lines), verb


def test_a_lab_opens_pages_as_it_opens_verbs() -> None:
    usual = LabRights(LabBench(()).is_closed, lambda _: "")
    closed = {page.path for page in portal_pages() if usual.closes(page.path)}
    assert closed & set(VERBS) == {"/orders/new", "/demo", "/extension"}
    assert {"/accounts", "/account/tokens", "/bench", "/console/{router}/{line}", "/log-in"} <= closed
    assert not LabRights(LabBench(("order",)).is_closed, lambda _: "").closes("/orders/new")


def test_a_page_of_a_closed_portal_is_headed_by_when_and_not_by_a_mistake() -> None:
    rights = LabRights(LabBench(()).is_closed, lambda _: "The portal is closed until Friday.")
    show: Any = rights.guarded(next(page for page in portal_pages() if page.path == "/")).show
    with pytest.raises(NotNow, match=r"The portal is closed until Friday\.") as told:
        show(SimpleNamespace(sent=False))
    assert told.value.title == "Not now"
