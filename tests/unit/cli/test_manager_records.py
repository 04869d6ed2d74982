"""`isrtwin manager`, acts with reports, bundles and lists, as they are typed."""

from pathlib import Path

import msgspec
import pytest

from emulator.cli.main import main
from emulator.cli.manager_record_grammar import REPORTS
from emulator.manager.report_entities import ReportKind

R1, R2 = "CISCO881-K9:FTX1405YDC7", "CISCO881-K9:FTX1405YDC8"


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self.capsys = folder, capsys

    def type(self, act: str, *words: str) -> tuple[int, str, str]:
        status = main(["manager", act, "--manager", str(self._folder), *words])
        return status, *self.capsys.readouterr()


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path / "m", capsys)
    assert shell.type("add", R1)[0] == 0
    return shell


def test_reports_are_made_listed_shown_compared_and_deleted(shell: Shell, tmp_path: Path) -> None:
    assert set(REPORTS) == set(map(str, ReportKind))
    status, told, _ = shell.type("report", "make", "devices")
    assert (status, told.splitlines()[1].split()[0], told.splitlines()[-1]) == (0, "UDI", "1 row(s)")
    shell.type("add", R2)
    _, text, _ = shell.type("report", "make", "devices", "--format", "json")
    assert [row["UDI"] for row in msgspec.json.decode(text)["rows"]] == [R1, R2]
    status, told, _ = shell.type("report", "compare", "2")
    assert (status, told.splitlines()[-1]) == (0, "1 new, 0 gone, 0 changed")
    page = tmp_path / "page.html"
    assert shell.type("report", "show", "2", "--format", "page", "--output", str(page))[0] == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert page.stat().st_mode & 0o77 == 0
    assert shell.type("report", "delete", "1") == (0, "", "")
    _, text, _ = shell.type("report", "list", "--json")
    assert [(each["number"], each["size"]) for each in msgspec.json.decode(text)] == [(2, 2)]


def test_bundles_go_from_one_manager_to_another(shell: Shell, tmp_path: Path) -> None:
    other = Shell(tmp_path / "other", shell.capsys)
    assert other.type("add", R2)[0] == 0
    for of, name, to in ((shell, "inside", other), (other, "outside", shell)):
        key = of.type("pair", "key")[1].split()[0]
        assert to.type("pair", "keep", name, key)[1].startswith(f"paired with '{name}', fingerprint ")
    stick = str(tmp_path / "out.bundle")
    assert shell.type("bundle", "write", "outside", stick)[0] == 0
    assert other.type("bundle", "read", stick, "--dry-run")[1].splitlines()[1:] == [
        "WHAT    NAME                     CHANGE",
        f"device  {R1}  new",
        "1 new and 0 later device(s), 0 new license(s)",
    ]
    assert other.type("bundle", "read", stick)[0] == 0
    assert other.type("bundle", "read", stick)[1].endswith(", was read before; nothing was changed\n")
    assert other.type("pair", "list")[1].splitlines()[1].split()[0] == "inside"
    lost = tmp_path / "no" / "out.bundle"
    status, _, told = shell.type("bundle", "write", "outside", str(lost))
    again = "`manager bundle write outside FILE --again 2` writes it elsewhere"
    assert (status, told) == (2, f"isrtwin: {lost}: cannot be written: No such file or directory; {again}\n")
    assert shell.type("bundle", "write", "outside", stick, "--again", "2")[0] == 0
    assert other.type("bundle", "read", stick)[0] == 0


def test_alerts_go_out_as_a_letter_or_say_where_they_could_go(shell: Shell, tmp_path: Path) -> None:
    words = ("alert", "--to", "noc@example.net")
    assert shell.type(*words)[2] == "isrtwin: say where the letter goes: --smtp HOST:PORT or --folder DIR\n"
    told = "isrtwin: 'noc' is not an address of mail; write for example noc@example.net\n"
    assert shell.type("alert", "--to", "noc", "--folder", "x")[2] == told
    assert shell.type(*words, "--folder", str(tmp_path / "mail"))[1] == "nothing new, 0 alert(s) stand\n"
    assert not (tmp_path / "mail").exists()
    refused = shell.type("netbox", "devices", "--group", "north")
    assert (refused[0], refused[2]) == (2, "isrtwin: unknown group 'north'. None is known.\n")


def test_udis_are_carried_on_paper(shell: Shell, tmp_path: Path) -> None:
    typed = tmp_path / "typed.txt"
    typed.write_text(shell.type("udis", "--print")[1].replace(R1, R2), encoding="utf-8")
    status, told, complaint = shell.type("add", "--typed", str(typed))
    assert (status, told) == (1, "0 of 0 device(s) are new\n")
    assert complaint.startswith(f"{typed}:2: {R2} does not fit its check characters")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", "compare", "1", "--since", "march"),
         "'march' is not a day; write YYYY-MM-DD, for example 2010-03-01"),
        (("report", "show", "1"), "there is no report 1; `manager report list` shows those that are kept"),
        (("report", "make", "devices", "--output", "x"),
         "--output is for csv, json and page; say which by --format"),
    ],
)  # fmt: skip
def test_errors_say_what_would_be_right(shell: Shell, words: tuple[str, ...], told: str) -> None:
    status, _, complaint = shell.type(*words)
    assert (status, complaint) == (2, f"isrtwin: {told}\n")
