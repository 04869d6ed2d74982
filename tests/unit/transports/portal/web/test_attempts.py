"""Wrong passwords, tokens and names of some keep no one else out."""

import pytest

from emulator.transports.web.guard.attempts import KNOWN_EACH, LogInAttempts, Lookups, network_of
from emulator.transports.web.guard.rate_limits import Rate
from tests.unit.transports.portal.lab import Clock, Portal, password_of


@pytest.mark.heavy
def test_an_account_under_attack_logs_in_from_where_it_last_did(portal: Portal) -> None:
    portal.account("ann")
    home, attempts = portal.browser(), portal.opened.log_ins
    assert home.log_in("ann").path == "/"
    for number in range(200):
        attempts.take("ann", f"203.0.113.{number}")
    assert attempts.take("ann", "198.51.100.1") > 0, "the rest of the world waits"
    for _ in range(15):
        home.open("/").send("/log-out")
        assert home.log_in("ann").path == "/"


def test_a_known_address_has_its_own_tries_and_no_more() -> None:
    clock = Clock()
    attempts = LogInAttempts(Rate(3, 10.0), clock)
    attempts.remember("ann", "192.0.2.1")
    assert [attempts.take("ann", "192.0.2.1") for _ in range(4)] == [0, 0, 0, 10]
    assert attempts.take("ann", "192.0.2.2") == 0, "the tries there are others"
    assert attempts.take("bob", "192.0.2.1") == 0, "it is known for ann alone"


def test_only_the_last_addresses_are_known() -> None:
    attempts = LogInAttempts(Rate(1, 10.0), Clock())
    for number in range(KNOWN_EACH + 1):
        attempts.remember("ann", f"192.0.2.{number}")
    attempts.failed("ann", "203.0.113.1")
    assert attempts.wait("ann", "192.0.2.0") == 10, "that was too long ago"
    assert [attempts.wait("ann", f"192.0.2.{number}") for number in range(1, KNOWN_EACH + 1)] == [0] * KNOWN_EACH


def test_names_are_counted_for_the_account_and_in_larger_numbers_for_the_address() -> None:
    lookups = Lookups(Rate(2, 6.0), Rate(5, 1.0), Clock())
    for account in ("a", "b"):
        for _ in range(2):
            lookups.failed(account, "192.0.2.1")
    assert [lookups.wait(each, "192.0.2.1") for each in ("a", "b", "c")] == [6, 6, 0]
    lookups.failed("c", "192.0.2.1")
    assert lookups.wait("d", "192.0.2.1") == 1, "many accounts of one address are one guesser"
    assert lookups.wait("d", "192.0.2.2") == 0


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::2", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_the_network_of_an_address(client: str, network: str) -> None:
    assert network_of(client) == network


@pytest.mark.heavy
def test_wrong_tokens_of_an_address_keep_no_right_one_out(portal: Portal) -> None:
    client = portal.browser().client
    right = {"Authorization": f"Bearer {portal.token()}"}
    for _ in range(100):
        answer = client.get("/api/v1/me", headers={"Authorization": "Bearer isr_wrong"})
        assert answer.status_code in {401, 429}
        assert client.get("/api/v1/me", headers=right).status_code == 200
    assert answer.status_code == 429


SECRETS = {"password": "a very secret word", "own_password": "a very secret word", "token": "isr_secretsecret"}


def test_nothing_secret_is_taken_from_an_address_or_told_in_an_error(
    portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    portal.account("ann")
    browser = portal.browser(fails=False)
    browser.client.post(f"/log-in?user=ann&password={password_of('ann')}", data={"form_token": "x"})
    assert browser.open("/").path == "/log-in"
    browser.log_in("ann")
    headers = {"Authorization": f"Bearer {portal.token('ann')}"}
    for name, secret in SECRETS.items():
        for path in ("/api/v1/tokens", "/api/v1/accounts/ann", "/api/v1/orders"):
            for answer in (
                browser.client.post(path, params={name: secret}, json={}, headers=headers),
                browser.client.get(path, params={name: secret}, headers=headers),
                browser.client.post(path, json={name: [secret]}, headers=headers),
                browser.client.post(path, json={"user": "x", name: secret}, headers=headers),
                browser.client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}),
            ):
                assert answer.status_code >= 400 or path == "/api/v1/orders"
                assert secret not in answer.text
    for field in ("own_password", "password", "repeated"):
        browser.open("/account").send("/account/password", None, **{field: SECRETS["password"]})
        assert SECRETS["password"] not in browser.answer.text, "a password is not shown again"
    assert not any(secret in caplog.text for secret in SECRETS.values())


def test_a_database_that_fails_tells_no_values(portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    browser = portal.browser(fails=False).log_in()
    pak = portal.pak()
    with portal.service.database.writing() as records:
        records.connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON licenses BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    browser.open("/register").send("/register", pak=pak, udis="CISCO881-K9:FTX1405YDC7")
    assert browser.status >= 500
    assert pak not in browser.answer.text.replace(f'value="{pak}"', "")
    assert "Traceback" in caplog.text
    assert pak not in caplog.text
