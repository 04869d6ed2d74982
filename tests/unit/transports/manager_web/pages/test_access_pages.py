"""Pages of folders and access lists: their forms do what they say, and refusals stand beside the field."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.manager import access, passwords
from emulator.manager.access_entities import Listed, PakFolder, UserAccessList
from tests.manager_pages import PAK, ManagerBrowser, furnish, udi
from tests.served_manager import ServedBench, served_bench


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServedBench]:
    monkeypatch.setitem(passwords._COST, "n", 2)
    with served_bench(tmp_path) as served:
        furnish(served.bench, 3)
        yield served


@pytest.fixture
def browser(served: ServedBench) -> ManagerBrowser:
    browser = ManagerBrowser(served)
    browser.log_in("admin")
    return browser


def test_folders_are_kept_renamed_and_deleted(served: ServedBench, browser: ManagerBrowser) -> None:
    assert f"Folder spare saved, with {PAK} in it." in browser.send("/folders", act="keep", name="spare", paks=PAK).text
    assert "Unknown PAK" in browser.send("/folders", act="keep", name="spare", paks="D4Y22NONE00").text
    assert "Folder spare is store now." in browser.send("/folders", act="rename", name="spare", new="store").text
    assert access.list_folders(served.bench.context()) == [PakFolder("store", (PAK,))]
    assert PAK in browser.show("/paks?folder=store").text
    assert f"{PAK} taken out of store." in browser.send("/folders", act="take", name="store", paks=PAK).text
    assert PAK not in browser.show("/paks?folder=store").text
    assert "Folder store deleted" in browser.send("/folders", act="delete", name="store").text
    assert "Type a name for the folder." in browser.send("/folders", act="keep", name="").text


def test_access_lists_are_kept_and_deleted(served: ServedBench, browser: ManagerBrowser) -> None:
    told = browser.send("/access", about="group", subject="north", users="inventorymgr\npakmgr").text
    assert "north is seen by inventorymgr, pakmgr and by Admins." in told
    assert (
        "There is no user &#39;eve&#39;." in browser.send("/access", about="group", subject="north", users="eve").text
    )
    assert "Unknown group &#39;west&#39;." in browser.send("/access", about="group", subject="west").text
    lists = access.list_access(served.bench.context())
    assert lists == [UserAccessList(Listed.GROUP, "north", ("inventorymgr", "pakmgr"))]
    other = ManagerBrowser(served)
    other.log_in("licensemgr")
    assert other.show(f"/devices/{udi(0)}").status_code == 404
    assert other.show(f"/devices/{udi(1)}").status_code == 200
    gone = browser.send("/access", act="delete", about="group", subject="north").text
    assert "north has no access list any more; every user sees it." in gone
    assert other.show(f"/devices/{udi(0)}").status_code == 200


def test_a_pak_manager_changes_lists_of_paks_alone(browser: ManagerBrowser) -> None:
    browser.log_in("pakmgr")
    assert '<option value="device"' not in browser.show("/access").text
    assert browser.send("/access", about="group", subject="north", users="pakmgr").status_code == 403
    assert f"{PAK} is seen by nobody and by Admins." in browser.send("/access", about="pak", subject=PAK).text
    assert PAK not in browser.show("/paks").text
