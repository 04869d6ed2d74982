"""`isrtwin manager` as it is typed: what is printed, the exit status, and the exact words for what is wrong."""

import csv
import io
from pathlib import Path

import msgspec
import pytest

from emulator.cli.main import main
from emulator.cli.manager_grammar import ROLES
from emulator.cli.manager_tables import age, devices_csv, plan_lines
from emulator.licensing.udi import parse_udi
from emulator.manager.deployment import DeploymentPlan, DeploymentRow, DeploymentStep
from emulator.manager.entities import (
    DeviceAddress,
    DeviceFault,
    DeviceReading,
    InstalledLicense,
    KnownPak,
    ManagedDevice,
)
from emulator.manager.roles import ManagerRole

R1, R2 = "CISCO881-K9:FTX1405YDC7", "CISCO881-K9:FTX1405YDC8"


class Terminal:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._capsys, self._monkeypatch = folder, capsys, monkeypatch

    def type(self, *words: str, asked: str = "") -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(asked))
        at = 2 if words[0] in {"group", "credentials", "user", "pak"} else 1
        own = ["--manager", str(self._folder)]
        status = main(["manager", words[0], *own, *words[1:]] if at == 2 else ["manager", *words, *own])
        return status, *self._capsys.readouterr()


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal(tmp_path / "m", capsys, monkeypatch)
    assert terminal.type("user", "keep", "first", "ReportMgr")[0] == 0
    return terminal


def test_what_needs_a_manager_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f"isrtwin: there is no license manager in {tmp_path / 'm'}; `isrtwin manager credentials keep` begins one\n"
    assert Terminal(tmp_path / "m", capsys, monkeypatch).type("devices") == (2, "", told)
    assert not (tmp_path / "m").exists()


def test_devices_come_by_udi_and_by_xml_and_leave_as_xml(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.type("group", "keep", "fenced") == (0, "", "")
    assert terminal.type("add", R1, "--group", "fenced") == (0, "1 of 1 device(s) are new\n", "")
    _, xml, _ = terminal.type("udis")
    assert xml.count("<UDI>") == 1
    listed = tmp_path / "udis.xml"
    wrong = "<UDI><PID>CISCO881-K9</PID><SN>FTX1405YDC</SN></UDI>\n</UDI_LIST>"
    listed.write_text(xml.replace("YDC7", "YDC8").replace("</UDI_LIST>", wrong), encoding="utf-8")
    told = f"{listed}:7: 'CISCO881-K9:FTX1405YDC' is not a UDI: its serial number has 10 characters; one has 11\n"
    dry = terminal.type("add", "--xml", str(listed), "--dry-run")
    assert (dry[0], dry[1]) == (1, f"would be added: {R2}\n")
    assert dry[2] == told
    assert terminal.type("add", "--xml", str(listed))[:2] == (1, "1 of 1 device(s) are new\n")
    table = [
        "UDI                      ADDRESS  NAME  LEVEL  NEXT  SEEN   FAULT",
        f"{R1}  -                           never",
        f"{R2}  -                           never",
    ]
    assert terminal.type("devices")[1].splitlines() == table
    _, text, _ = terminal.type("device", R1, "--json")
    shown = msgspec.json.decode(text)
    assert (shown["udi"], shown["groups"], shown["reading"]) == (R1, ["fenced"], None)
    assert terminal.type("delete", R1, R2, "CISCO881-K9:FTX1405YDC9") == (1, "2 device(s) deleted\n", "")


def test_passwords_are_asked_for_and_never_shown(terminal: Terminal) -> None:
    kept = terminal.type("credentials", "keep", "core", "--user", "admin", "--enable", asked="s3cret\n3nable\n")
    assert kept == (0, "", "")
    assert terminal.type("credentials", "list") == (0, "CREDENTIALS  USER\ncore         admin\n", "")
    assert "s3cret" not in terminal.type("trail", "--json")[1]


def test_a_role_that_tries_what_it_may_not(terminal: Terminal) -> None:
    terminal.type("user", "keep", "ida", "ReportMgr")
    assert terminal.type("devices", "--as", "ida") == (0, "", "")
    refused = (2, "", "isrtwin: 'ida' may not poll devices: the role is ReportMgr\n")
    assert terminal.type("poll", "--as", "ida") == refused
    assert "ida    poll devices" in terminal.type("trail")[1]
    assert terminal.type("poll", "--as", "ido") == (2, "", "isrtwin: unknown user 'ido'. Did you mean ida?\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("discover", "name a range of addresses or --seed-file"),
        ("discover R1", "'R1' is no range of addresses; write 192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.20"),
        ("discover 127.0.0.1 --credentials lab", "unknown credential set 'lab'. None is known."),
        ("discover 127.0.0.1 --group north", "unknown group 'north'. None is known."),
        ("add", "name a device, --xml or --typed"),
        ("add R1", "'R1' is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7"),
        ("device CISCO881-K9:FTX1405YDC7", "unknown device 'CISCO881-K9:FTX1405YDC7'. None is known."),
        ("devices --group north", "unknown group 'north'. None is known."),
        ("pak add D4Y22SMARGQ", "no license portal was chosen yet; `isrtwin manager portal URL` does it"),
        ("deploy D4Y22SMARGQ", "no license portal was chosen yet; `isrtwin manager portal URL` does it"),
        ("expiring --within soon", "'soon' is not a duration; write for example 59d12h, 90m or 30s"),
        ("install CISCO881-K9:FTX1405YDC7 /missing/a.lic", "/missing/a.lic: cannot be read: No such file or directory"),
        ("install CISCO881-K9:FTX1405YDC7 /dev/zero", "/dev/zero: cannot be read: it has more than 1048576 bytes"),
        ("add --xml /dev/zero", "/dev/zero: cannot be read: it has more than 16777216 bytes"),
        ("discover --seed-file /dev/zero", "/dev/zero: cannot be read: it has more than 16777216 bytes"),
        ("portal https://x --ca /dev/zero", "/dev/zero: cannot be read: it has more than 65536 bytes"),
        ("pak delete D4Y22SMARGQ", "unknown PAK 'D4Y22SMARGQ'. None is known."),
        ("portal http://x", "'http://x' is not the URL of a portal; write https://host:port/"),
        ("devices --manager-database mysql://x/y",
         "databases of the kind 'mysql' are not used; write postgresql://…"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(terminal: Terminal, line: str, told: str) -> None:
    assert terminal.type(*line.split()) == (2, "", f"isrtwin: {told}\n")


@pytest.mark.parametrize("line", ["devices --offset", "devices --limit", "trail --limit"])
@pytest.mark.parametrize("number", ["-1", "9" * 20, "x", "\uff11"])
def test_what_is_no_number_of_rows(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], line: str, number: str
) -> None:
    act, option = line.split()
    with pytest.raises(SystemExit) as ended:
        terminal.type(act, f"{option}={number}")
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.endswith(f"argument {option}: '{number}' is not a number of rows; write 0 to 999999999\n")


def test_a_seed_file(terminal: Terminal, tmp_path: Path) -> None:
    seed = tmp_path / "seed.csv"
    terminal.type("group", "keep", "north")
    seed.write_text(f"udi,group\n{R1},north\nFTX,north\n", encoding="utf-8")
    status, shown, told = terminal.type("discover", "--seed-file", str(seed))
    assert (status, shown) == (1, "1 device(s) added by UDI alone\n")
    assert told.startswith(f"{seed}: row 3: 'FTX' is not a UDI")
    seed.write_text("udis\n", encoding="utf-8")
    status, _, told = terminal.type("discover", "--seed-file", str(seed))
    assert (status, told) == (2, f"isrtwin: {seed}: the seed file has an unknown column 'udis'. Did you mean udi?\n")
    seed.write_bytes(b"\xff\xfe\xff")
    status, _, told = terminal.type("discover", "--seed-file", str(seed))
    assert (status, told) == (2, f"isrtwin: {seed}: is not text in UTF-8\n")


def test_a_portal_is_chosen_with_its_authority(terminal: Terminal, tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("nothing", encoding="utf-8")
    chosen = terminal.type("portal", "https://x/", "--ca", str(authority), asked="t0ken\n")
    assert chosen == (2, "", f"isrtwin: {authority}: has no certificate in PEM that can be read\n")
    authority.write_text("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", encoding="utf-8")
    chosen = terminal.type("portal", "https://x/", "--ca", str(authority), asked="t0ken\n")
    assert chosen == (2, "", f"isrtwin: {authority}: has no certificate in PEM that can be read\n")
    assert terminal.type("portal", "https://x/", asked="t0ken\n") == (0, "", "")
    assert "t0ken" not in terminal.type("trail", "--json")[1]
    assert terminal.type("undeployed") == (0, "", "")
    assert terminal.type("pak", "list") == (0, "", "")


def test_devices_as_csv_that_no_spreadsheet_computes() -> None:
    reading = DeviceReading(parse_udi(R1), "=cmd", "15.0(1)M4", "", "advsecurity", "Permanent", "advipservices",
                            (InstalledLicense("advsecurity", "Permanent", "Active, In Use", ""),))  # fmt: skip
    devices = [
        ManagedDevice(parse_udi(R1), 0, DeviceAddress("192.0.2.1"), seen=1_000, reading=reading),
        ManagedDevice(parse_udi(R2), 0, fault=DeviceFault.UNREACHABLE),
    ]
    heading, one, other = csv.reader(io.StringIO(devices_csv(devices)))
    assert dict(zip(heading, one, strict=True)) == {
        "udi": R1, "address": "192.0.2.1", "hostname": "'=cmd", "release": "15.0(1)M4", "level": "advsecurity",
        "next_level": "advipservices", "licenses": "advsecurity, Permanent", "seen": "1970-01-01T00:00:01Z",
        "fault": "", "successor": "", "replaced_by": "",
    }  # fmt: skip
    assert other == [R2, *[""] * 7, "unreachable", "", ""]


def test_a_plan_in_words() -> None:
    pak = KnownPak("D4Y22SMARGQ", "L-880-AIS=", "advipservices", 5, 4, 0)
    plan = DeploymentPlan(
        pak,
        (
            DeploymentRow(
                parse_udi(R1), DeploymentStep.INSTALL, debit=True, reload=True, vanishing=("no ip http server",)
            ),
            DeploymentRow(parse_udi(R2), DeploymentStep.LICENSED),
        ),
    )
    end = [
        f"  {R2}  licensed already",
        "1 install, 1 licensed already",
        "A failure half way leaves licenses here or on their devices; the same command completes it, at no new debit.",
    ]
    assert list(plan_lines(plan, save=False)) == [
        "PAK D4Y22SMARGQ: L-880-AIS=, advipservices; 1 debit(s), 4 left before and 3 after",
        f"  {R1}  install advipservices, 1 debit, reload",
        "    unsaved and lost by the reload, unless --save is given: 1 line(s)",
        "      no ip http server",
        *end,
    ]
    assert list(plan_lines(plan, save=True))[1:] == [f"  {R1}  install advipservices, 1 debit, reload", *end]


def test_the_grammar_has_the_roles_of_the_manager() -> None:
    assert list(ROLES) == [str(role) for role in ManagerRole]


@pytest.mark.parametrize(
    ("seen", "told"),
    [(None, "never"), (0, "2d ago"), (172_800_000 - 59_999, "now"), (172_800_000 - 60_000, "1m ago"),
     (172_800_000 - 7_200_000, "2h ago"), (999_999_999, "now")],
)  # fmt: skip
def test_ages(seen: int | None, told: str) -> None:
    assert age(seen, 172_800_000) == told
