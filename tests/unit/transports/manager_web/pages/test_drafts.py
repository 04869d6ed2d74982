"""Forms and selections that outlive the server: found again after a restart, and gone once they are done."""

from pathlib import Path

from emulator.runtime.draft_files import DraftFiles
from tests.manager_pages import ManagerBrowser, udi
from tests.served_manager import ServedBench
from tests.unit.transports.manager_web.pages.conftest import Served

R1, R2 = str(udi(1)), str(udi(2))


def test_a_form_and_a_selection_outlive_a_restart(bench: Served, tmp_path: Path) -> None:
    def restarted(user: str = "admin") -> ManagerBrowser:
        browser = ManagerBrowser(ServedBench(bench[0]), DraftFiles(tmp_path / "drafts", "records"))
        browser.log_in(user)
        return browser

    before = restarted()
    before.send("/rehost", "/draft", wizard="transfer", act="leave", source=R1, target="")
    before.send("/devices?level=advsecurity", "/devices/ticked", act="poll", all="yes")
    after = restarted()
    left = after.show("/rehost").text
    assert ("This is as you left it." in left, f'value="{R1}"' in left) == (True, True)
    assert "Poll: 120 devices" in after.show("/devices/act").text
    assert "This is as you left it." not in restarted("licensemgr").show("/rehost").text
    assert "Job 1: poll" in after.send("/devices/act", typed="120").text
    assert restarted().show("/devices/act").status_code == 404
