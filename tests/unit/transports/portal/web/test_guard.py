"""Guards that keep strangers out: log-in, sessions, form tokens, rates, sizes, headers, files that cannot be named."""

import pytest
from starlette.routing import Route

from tests.unit.transports.portal.lab import R1, Browser, Portal


def test_the_front_page_asks_for_a_log_in_and_comes_back(portal: Portal) -> None:
    browser = portal.browser()
    browser.open("/audit?act=order")
    assert browser.path == "/log-in"
    browser.send("/log-in", user="lab", password="lab", next="/audit?act=order")
    assert browser.path == "/audit"


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_log_in_leads_nowhere_else(portal: Portal, address: str) -> None:
    browser = portal.browser()
    browser.send("/log-in", user="lab", password="lab", next=address)
    assert str(browser.answer.url) == "https://portal.example/"


def test_a_log_in_names_the_session_anew_and_the_old_name_opens_nothing(portal: Portal) -> None:
    browser = portal.browser()
    before = browser.client.cookies["__Host-isrtwin"]
    browser.log_in()
    after = browser.client.cookies["__Host-isrtwin"]
    assert after != before
    browser.client.cookies.clear()
    browser.client.cookies.set("__Host-isrtwin", before)
    assert browser.open("/").path == "/log-in"
    browser.client.cookies.clear()
    browser.client.cookies.set("__Host-isrtwin", "a-name-of-my-own")
    browser.open("/log-in")
    assert browser.client.cookies.get("__Host-isrtwin", domain="portal.example") != "a-name-of-my-own"


def test_the_cookie_is_out_of_reach(portal: Portal) -> None:
    cookie = portal.browser().answer.headers["set-cookie"].lower()
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "secure" not in Portal(secure=False).browser().answer.headers["set-cookie"].lower()


def test_logging_out_ends_it(browser: Browser) -> None:
    name = browser.client.cookies["__Host-isrtwin"]
    browser.open("/").send("/log-out")
    assert "You are logged out." in browser.text
    browser.client.cookies.clear()
    browser.client.cookies.set("__Host-isrtwin", name)
    assert browser.open("/").path == "/log-in"


def test_no_form_is_taken_without_the_token_of_its_session(portal: Portal, browser: Browser) -> None:
    posts = [
        route.path
        for route in portal.app.routes
        if isinstance(route, Route) and "POST" in (route.methods or ()) and not route.path.startswith("/api")
    ]
    assert len(posts) >= 14
    other = portal.browser().log_in().open("/").page.xpath("//input[@name='form_token']/@value")[0]
    for path in posts:
        address = path.replace("{job}", "x").replace("{ticket}", "x").replace("{id}", "1")
        for token in ({}, {"form_token": ""}, {"form_token": other}):
            answer = browser.client.post(address, data={"user": "lab", "password": "lab", **token})
            assert answer.status_code == 403, (address, token)
            assert "too old, or it came from elsewhere" in answer.text


def test_a_form_from_another_site_is_refused_even_with_the_token(browser: Browser) -> None:
    token = browser.open("/").page.xpath("//input[@name='form_token']/@value")[0]
    answer = browser.client.post("/log-out", data={"form_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_wrong_passwords_are_counted_for_the_account_and_the_client(portal: Portal) -> None:
    portal.account("ann")
    browser = portal.browser()
    for _ in range(10):
        browser.log_in("ann", "wrong")
        assert browser.errors == ["The user name or the password is wrong."]
    browser.log_in("ann")
    assert browser.status == 429
    assert browser.answer.headers["Retry-After"] == "6"
    assert "Try again in" in browser.errors[0]
    assert browser.log_in("lab").status == 429, "the client is refused, whatever the account"
    portal.wall.seconds += 6
    assert browser.log_in("ann").path == "/"


def test_right_passwords_cost_nothing(portal: Portal) -> None:
    for _ in range(15):
        assert portal.browser().log_in().path == "/"


def test_an_unknown_user_and_a_wrong_password_are_told_alike(portal: Portal) -> None:
    browser = portal.browser()
    told = browser.log_in("lab", "wrong").errors
    assert browser.log_in("nobody", "wrong").errors == told
    assert browser.log_in("' OR 1=1 --", "x").errors == told
    assert browser.log_in("x" * 500, "x").errors == told


def test_guessed_paks_are_counted(portal: Portal) -> None:
    portal.account("ann")
    browser = portal.browser().log_in("ann")
    good = portal.pak()
    for _ in range(20):
        browser.open("/register").send("/register", pak=_other(good), udis=str(R1))
        assert browser.status == 404, browser.errors
    browser.open("/register").send("/register", pak=good, udis=str(R1))
    assert browser.status == 429
    assert browser.answer.headers["Retry-After"] == "6"
    assert browser.open(f"/paks/{good}").status in {200, 404, 429}
    portal.wall.seconds += 6
    browser.open("/register").send("/register", pak=good, udis=str(R1))
    assert browser.status == 200
    assert "1 license issued." in browser.text


def _other(pak: str) -> str:
    """A PAK of the right form that was never sold."""
    from emulator.backend.pakcode import well_formed

    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    for first in letters:
        for last in letters:
            found = first + pak[1:-1] + last
            if found != pak and well_formed(found):
                return found
    raise AssertionError("there is no other PAK")


def test_no_request_is_larger_than_it_may_be(browser: Browser) -> None:
    browser.open("/register").send("/register", files={"file": b"x" * 3_000_000}, pak="P")
    assert browser.status == 413
    answer = browser.client.post("/api/v1/orders", content=b"x" * 3_000_000)
    assert answer.status_code in {401, 413}


def test_every_answer_carries_its_headers(browser: Browser) -> None:
    for address in ("/", "/nothing", "/static/web.css", "/api/v1/openapi.json", "/log-in"):
        headers = browser.client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert browser.open("/").answer.headers["Cache-Control"] == "no-store"


HOSTILE = "\"><script>alert(1)</script>{{7*7}}'; DROP TABLE accounts; --"


@pytest.mark.parametrize(
    "address",
    [
        "/orders?text=",
        "/paks?text=",
        "/devices?text=",
        "/mail?text=",
        "/audit?text=",
        "/lost-pak?number=",
        "/rma?failed=",
    ],
)
def test_what_is_typed_is_shown_as_it_is_and_does_nothing(browser: Browser, address: str) -> None:
    browser.client.get(address, params=None)
    browser.open(address + HOSTILE.replace("#", "").replace("&", ""))
    assert "<script>alert" not in browser.answer.text
    assert "49" not in browser.page.xpath("//input/@value")
    assert browser.open("/").status == 200


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "%2e%2e%2f1", "x%00.lic"])
def test_a_download_names_nothing_but_what_is_in_its_letter(browser: Browser, name: str) -> None:
    browser.open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1")
    for address in (f"/mail/1/files/{name}", f"/licenses/{name}/file", f"/tickets/{name}/file", f"/static/{name}"):
        answer = browser.client.get(address)
        assert answer.status_code in {404, 405}
        assert "root:" not in answer.text


def test_what_fails_inside_tells_nothing_of_it(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = portal.browser(fails=False).log_in()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(portal.service.queries, "orders", broken)
    browser.open("/orders")
    assert browser.status == 500
    assert "written to the log" in browser.text
    assert "secret" not in browser.answer.text
    assert "Traceback" not in browser.answer.text
    answer = browser.client.get("/api/v1/orders", headers={"Authorization": f"Bearer {portal.token()}"})
    assert answer.status_code == 500
    assert answer.json() == {"error": "failed", "message": answer.json()["message"]}


def test_one_customer_sees_nothing_of_another(portal: Portal) -> None:
    for user in ("ann", "bob"):
        portal.account(user)
    pak = portal.pak(owner="ann")
    ann, bob = portal.browser().log_in("ann"), portal.browser().log_in("bob")
    ann.open("/register").send("/register", pak=pak, udis=str(R1), mailed="yes")
    assert ann.status == 200
    [license_] = ann.page.xpath("//a[starts-with(@href, '/licenses/')]/@href")
    letter = next(each for each in ann.open("/mail").page.xpath("//td/a/@href"))
    assert ann.open(letter).status == 200
    ann.open("/devices").send("/devices", udi=str(R1), contract=portal.service.contract(R1, by="lab").number)
    for address in (license_, f"/devices/{R1}", f"/paks/{pak}"):
        assert ann.open(address).status == 200, address
        assert bob.open(address).status == 404, address
    assert bob.open(letter).status == 404
    bob.open("/register").send("/register", pak=pak, udis=str(R1))
    assert bob.status == 404
    assert pak not in bob.open("/paks").text
