"""Groups, credential sets, discovery, schedules, users and the portal on their pages: what is kept, refused, unseen."""

import re

from emulator.manager import passwords
from emulator.manager.jobs import control
from tests.manager_pages import ManagerBrowser
from tests.unit.transports.manager_web.pages.conftest import Served


def test_a_group_tries_its_credential_sets_in_their_order(bench: Served, browser: ManagerBrowser) -> None:
    for name in ("lab", "branch"):
        browser.send("/credentials", name=name, user="admin", password="s3cret of the lab", enable="")
    kept = browser.send("/groups", act="", name="south", credentials="lab\nbranch")
    assert "Group south added." in kept.text
    assert "lab, branch" in kept.text
    wrong = browser.send("/groups", act="", name="south", credentials="labs")
    assert wrong.status_code == 422
    assert re.search(r'id="credentials-problem">Unknown credential set .labs.', wrong.text.replace("&#39;", "'"))
    assert "Delete south" in browser.show("/groups").text
    assert "Group south deleted" in browser.send("/groups", act="delete", name="south").text


def test_no_page_shows_a_password(browser: ManagerBrowser) -> None:
    refused = browser.send("/credentials", name="", user="admin", password="s3cret of the lab", enable="another s3cret")
    assert (refused.status_code, "s3cret" in refused.text) == (422, False)
    browser.send("/credentials", name="lab", user="admin", password="s3cret of the lab", enable="another s3cret")
    pages = [browser.show(path).text for path in ("/credentials", "/credentials?name=lab", "/groups", "/trail")]
    assert "s3cret" not in "".join(pages)
    token = "t0ken-of-the-portal"
    assert "is chosen" in browser.send("/portal", url="https://127.0.0.1:8443/", token=token, authority="").text
    assert token not in browser.show("/portal").text + browser.show("/trail").text
    wrong = browser.send("/portal", url="https://127.0.0.1:8443/", token=token, authority="-----BEGIN")
    assert 'id="authority-problem">This is no certificate in PEM' in wrong.text


def test_discovery_names_what_is_wrong_and_where(bench: Served, browser: ManagerBrowser) -> None:
    for field, text, told in (
        ("ranges", "", "Type an address, a network or a range"),
        ("ranges", "192.0.2.300", "192.0.2.300"),
        ("seed", "address,group\n192.0.2.1,north\n192.0.2.999,north\n", "Row 3: "),
        ("credentials", "none", "Unknown credential set"),
    ):
        given = {"ranges": "192.0.2.1" if field == "credentials" else "", "seed": "", "credentials": "", "group": ""}
        refused = browser.send("/discovery", **(given | {field: text}))
        assert (refused.status_code, f'id="{field}-problem">' in refused.text, told in refused.text) == (
            422,
            True,
            True,
        )
    led = browser.send("/discovery", ranges="192.0.2.1-192.0.2.3", seed="", credentials="", group="north")
    assert "Job 1: discover" in led.text
    assert '"ranges":["192.0.2.1-192.0.2.3"]' in control.show_job(bench[0].context(), 1).arguments


def test_a_schedule_is_kept_and_deleted(bench: Served, browser: ManagerBrowser) -> None:
    wrong = browser.send("/schedules", name="nightly", kind="poll", group="north", every="often")
    assert (wrong.status_code, 'id="every-problem"' in wrong.text) == (422, True)
    assert (
        'data-label="Every">1d<'
        in browser.send("/schedules", name="nightly", kind="poll", group="north", every="1d").text
    )
    kept = control.list_schedules(bench[0].context())
    assert [(each.name, each.by, '"group":"north"' in each.arguments) for each in kept] == [("nightly", "admin", True)]
    assert "No schedules yet." in browser.send("/schedules", act="delete", name="nightly").text


def test_a_user_is_added_given_a_token_and_deleted(bench: Served, browser: ManagerBrowser) -> None:
    added = browser.send("/users", name="ann", role="LicenseMgr")
    assert "<h1>ann</h1>" in added.text
    assert 'id="name-problem">ann is a user already' in browser.send("/users", name="ann", role="Admin").text
    shown = browser.send("/users/ann", act="token", token="nightly").text
    secret = re.search(r'<span class="code">([^<]{20,})</span>', shown)
    assert secret is not None
    assert secret[1] not in browser.show("/users/ann").text
    assert "Revoke nightly" in browser.show("/users/ann").text
    assert "No tokens." in browser.send("/users/ann", act="revoke", token="nightly").text
    mistyped = browser.send("/users/ann", act="password", password="correct horse", repeated="correct hose")
    assert 'id="repeated-problem"' in mistyped.text
    assert "ann is ReportMgr now." in browser.send("/users/ann", act="role", role="ReportMgr").text
    assert "ann deleted." in browser.send("/users/ann", act="delete").text
    assert "You cannot delete yourself" in browser.send("/users/admin", act="delete").text


def test_a_password_that_is_changed_elsewhere_ends_the_sessions_of_its_user(bench: Served) -> None:
    made, browser = bench
    browser.log_in()
    assert "<h1>Your account</h1>" in browser.show("/account").text
    passwords.keep_password(made.context(), "admin", "another-password")
    assert "<h1>Log in</h1>" in browser.show("/account").text
    browser.log_in(password="another-password")
    assert "<h1>Your account</h1>" in browser.show("/account").text
