"""Every verb of the bench: what it does, and the exact words when it is refused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.bench.line import bench_grammar
from emulator.bench.session import TYPES
from emulator.grammar.notation import NotationToken, expand
from emulator.hardware.board import BoardPhase
from emulator.images.digests import published_md5
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.time import DAY, HOUR, SECOND
from emulator.keys.documents import read_credential
from emulator.keys.signing import Verifier
from tests.driver import SERIAL, UDI, BenchDriver, ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
IMAGES = ", ".join(ImageCatalogue().names()[:8]) + ", …"
NO_NAME = "not a name for a router; use a letter, then letters and digits, and not 'bench'"
PORTS = ", ".join(f"FastEthernet{number}" for number in range(5))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        # racks
        ("rack R1 CISCO881-K9", "there is a router R1 already"),
        ("rack 2R CISCO881-K9", f"'2R' is {NO_NAME}"),
        ("rack R-2 CISCO881-K9", f"'R-2' is {NO_NAME}"),
        ("rack bench CISCO881-K9", f"'bench' is {NO_NAME}"),
        ("rack R2 CISCO881-K8", "unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?"),
        ("rack R2 CISCO881-K9 serial 123", "'123' is not a serial number; it has the form FTX1405YDC7"),
        (f"rack R2 CISCO881-K9 serial {SERIAL}", f"{UDI} is racked already"),
        ("rack R2 CISCO881-K9 factory advip", "unknown level 'advip'. Did you mean advipservices?"),
        # cables, stick
        ("cable R1 fa9 in", f"unknown interface 'fa9'. Known: {PORTS}"),
        ("cable R1 FastEthernet5 in", "unknown interface 'FastEthernet5'. Did you mean FastEthernet4?"),
        ("usb remove R1", "there is no USB stick in R1"),
        # time
        ("advance until 2010-13-01", "'2010-13-01' is not a moment; write for example 2010-05-01T00:00"),
        ("advance until 2009-01-01T00:00", "Thu 2009-01-01 00:00:00 UTC is past; it is Mon 2010-03-01 09:00:00 UTC"),
        ("advance 9999999d", "'9999999d' is longer than a hundred years"),
        ("advance next", "nothing is due in this world"),
        ("pace fast", "'fast' is not a pace; write simulated seconds in a real second (1, 60, 3600), warp, or max"),
        ("pace 0", "'0' is not a pace; write simulated seconds in a real second (1, 60, 3600), warp, or max"),
        # mail, files
        ("mail 1", "there is no letter 1"),
        ("mail save 1 usb", "there is no letter 1"),
        ("software get nothing usb", f"unknown image 'nothing'. Known: {IMAGES} (all: isrtwin list images)"),
        ("put usb /nonexistent/file", "/nonexistent/file is not a file of this computer"),
        ("put usb /tmp", "/tmp is not a file of this computer"),
        ("damage R1 file none", "there is no file none on the flash of R1"),
        # ordering, portal
        ("order L-880-AIX=", "SKU L-880-AIX= cannot be ordered. Did you mean L-880-AIS=?"),
        ("order L-880-AIS= quantity 5001", "A PAK is sold for 1 to 5000 licenses, not for 5001."),
        ("portal register NOPAK R1", "PAK NOPAK is mistyped; a PAK has 11 letters and digits, and never 0, 1, I or O."),
        ("portal register NOPAK R9", "unknown router 'R9'. Known: R1"),
        ("portal register NOPAK CISCO881-K9:x", f"'CISCO881-K9:x' is not a UDI; write PID:SN, for example {UDI}"),
        ("portal resend CISCO881-K9:FTX1405YDC9", "No license was ever issued to CISCO881-K9:FTX1405YDC9."),
        ("portal rma R1 R1", f"{UDI} is named both as the old and as the new device."),
        ("portal permission R1", f"{UDI} has no purchased permanent license to transfer."),
        ("portal rehost flash:x R1", "'flash:x' is not usb:NAME or tftp:NAME"),
        ("portal rehost usb:x R1", "there is no file x on usb"),
        ("portal lost-pak 1", "There is no sales order 1."),
        # not understood
        ("power", "the command is incomplete; type ? for what may follow: R1"),
        ("files", "the command is incomplete; type ? for what may follow: tftp, usb"),
        ("p", "'p' is ambiguous: p may be put, pace, power, portal"),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_changes_nothing(bench: BenchDriver, line: str, message: str) -> None:
    before = bench.world.now
    assert bench.is_refused(line) == f"% {message}\n"
    assert list(bench.world.routers) == ["R1"]
    assert bench.world.now == before
    assert bench.world.post.count() == 0
    bench.succeeds("time")


@pytest.mark.parametrize(
    ("line", "column", "word", "hint"),
    [
        ("foo", 2, "foo", "Known: advance, baud, bisect, break, cable, console, damage, diff, …"),
        ("power R9 on", 7, "R9", "Known: R1"),
        ("advance 5y", 8, "5y", "Wanted: a duration, for example 59d12h, or next, or until"),
        ("time now", 5, "now", "Nothing may follow"),
        ("mail last", 5, "last", "Wanted: a number from 0 to 99999, or save"),
    ],
)
def test_the_caret_of_the_bench(bench: BenchDriver, line: str, column: int, word: str, hint: str) -> None:
    expected = f"{' ' * (len('bench>') + column)}^\n% '{word}' is not understood here. {hint}\n"
    assert bench.is_refused(line) == expected


def test_an_empty_line_is_no_failure(bench: BenchDriver) -> None:
    assert bench.succeeds("  ") == ""


def test_rack_and_unrack(bench: BenchDriver) -> None:
    shown = bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8 factory advsecurity,advipservices")
    assert shown == "R2 is racked: CISCO881-K9:FTX1405YDC8, without power\n"
    router = bench.world.routers["R2"]
    assert [stored.line.feature for stored in router.activation.inventory.licenses.primary] == [
        "advsecurity",
        "advipservices",
    ]
    bench.succeeds("power R2 on")
    bench.succeeds("usb insert R2")
    assert bench.succeeds("unrack R2") == ""
    assert list(bench.world.routers) == list(bench.world.state.routers) == ["R1"]
    assert bench.world.state.stick is not None, "the stick comes back to hand"
    bench.succeeds("advance 1h")


def test_a_unit_that_is_racked_again_is_what_it_was_made_as(bench: BenchDriver) -> None:
    bench.succeeds("unrack R1")
    assert bench.is_refused(f"rack R1 CISCO881-K9 serial {SERIAL} factory advipservices") == (
        f"% {UDI} was made with advsecurity; that cannot change.\n"
    )
    assert bench.world.routers == {}
    bench.succeeds(f"rack R1 CISCO881-K9 serial {SERIAL}")


def test_a_new_unit_has_a_serial_number_of_its_own(bench: BenchDriver) -> None:
    for name in ("R2", "R3"):
        bench.succeeds(f"rack {name} CISCO881-K9")
    udis = {router.state.udi for router in bench.world.routers.values()}
    assert len(udis) == 3
    again = BenchDriver(world_of())
    again.succeeds("rack R2 CISCO881-K9")
    assert again.world.routers["R2"].state.udi == bench.world.routers["R2"].state.udi, "the same in every replay"


def test_power(bench: BenchDriver) -> None:
    def phase() -> BoardPhase:
        return bench.world.routers["R1"].state.board.phase

    assert bench.succeeds("power R1 on") == ""
    assert phase() is BoardPhase.BOOTING
    assert bench.succeeds("power R1 on") == "R1 has power already\n"
    bench.succeeds("advance 2m")
    assert phase() is BoardPhase.RUNNING
    before = bench.world.now
    bench.succeeds("power R1 cycle")
    assert bench.world.now - before == 5 * SECOND
    assert phase() is BoardPhase.BOOTING
    bench.succeeds("power R1 off")
    assert phase() is BoardPhase.OFF
    assert bench.succeeds("power R1 off") == ""
    bench.succeeds("power R1 cycle")
    assert phase() is BoardPhase.BOOTING


def test_a_cable_is_seen_by_the_router(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("cable R1 fastethernet0 out")
    console.shown = ""
    console.pass_time(10 * SECOND)
    console.sees(
        "%LINK-3-UPDOWN: Interface FastEthernet0, changed state to down\n",
        "%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0, changed state to down\n",
        "%LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan1, changed state to down\n",
    )
    bench.succeeds("cable R1 FastEthernet1 in")
    console.pass_time(10 * SECOND)
    console.sees("%LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan1, changed state to up\n")


def test_a_cable_in_and_out_again_before_anybody_looks_is_not_told(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.shown = ""
    bench.succeeds("cable R1 FastEthernet1 in")
    bench.succeeds("cable R1 FastEthernet1 out")
    console.pass_time(10 * SECOND)
    console.sees_exactly("")


def test_internet(bench: BenchDriver) -> None:
    bench.succeeds("internet R1 off")
    assert bench.is_refused("portal resend R1") == (
        "% the site of R1 has no Internet; the portal cannot be reached from there\n"
    )
    assert bench.succeeds(f"portal resend {UDI}") == f"mail 1: License file for {UDI}\n"
    bench.succeeds("internet R1 on")
    assert bench.succeeds("portal resend R1") == f"mail 2: License file for {UDI}\n"


def test_the_stick_is_in_one_place(bench: BenchDriver) -> None:
    bench.succeeds("rack R2 CISCO881-K9")
    bench.succeeds("usb insert R1")
    assert bench.is_refused("usb insert R2") == "% the USB stick is in R1; remove it first\n"
    assert bench.is_refused("usb insert R1") == "% the USB stick is in R1; remove it first\n"
    assert bench.is_refused("files usb") == "% the USB stick is in R1; remove it first\n"
    bench.succeeds("usb remove R1")
    assert bench.succeeds("files usb") == ""


def test_console_and_pace_are_wishes_for_whoever_runs_the_bench(bench: BenchDriver) -> None:
    bench.succeeds("console R1")
    assert bench.line.bench.console == "R1"
    bench.succeeds("pace 60")
    assert bench.line.bench.pace is not None
    assert bench.line.bench.pace.shown == "60x"


def test_time_and_advance(bench: BenchDriver) -> None:
    assert bench.succeeds("time") == "It is Mon 2010-03-01 09:00:00 UTC\n"
    assert bench.succeeds("advance 59d12h") == "It is Thu 2010-04-29 21:00:00 UTC\n"
    assert bench.world.now == 59 * DAY + 12 * HOUR
    assert bench.succeeds("advance until 2010-05-01T00:00") == "It is Sat 2010-05-01 00:00:00 UTC\n"
    assert bench.succeeds("advance until 2010-05-01T00:00") == "It is Sat 2010-05-01 00:00:00 UTC\n"
    assert bench.succeeds("advance 0s") == "It is Sat 2010-05-01 00:00:00 UTC\n"
    assert bench.succeeds("advance until 2010-05-01T03:00+02:00") == "It is Sat 2010-05-01 01:00:00 UTC\n"


def test_advance_next_goes_to_the_next_letter(bench: BenchDriver) -> None:
    assert bench.succeeds("order SL-880-AIS=").startswith(
        "sales order 447311870301: 1 x SL-880-AIS=\na letter will come in "
    )
    due = 5 * DAY
    assert bench.succeeds("mail") == "no mail\n"
    bench.succeeds("advance next")
    assert bench.world.now == due
    assert "Product authorization key, sales order 447311870301" in bench.succeeds("mail")
    bench.is_refused("advance next")


def test_order_register_mail_install(console: ConsoleDriver, bench: BenchDriver) -> None:
    assert bench.succeeds("order L-880-AIS= quantity 2") == (
        "sales order 447311870301: 2 x L-880-AIS=\nmail 1: Product authorization key, sales order 447311870301\n"
    )
    pak = bench.succeeds("portal lost-pak 447311870301").removeprefix("PAK ").strip()
    assert pak in bench.succeeds("mail 1")
    assert bench.succeeds(f"portal register {pak} R1 CISCO881-K9:FTX1405YDC9") == (
        f"mail 2: License file for {UDI}\nmail 3: License file for CISCO881-K9:FTX1405YDC9\n"
    )
    assert bench.is_refused("mail save 1 usb") == "% letter 1 has no attachment\n"
    name = bench.succeeds("mail save 2 usb").removesuffix(" saved to usb\n")
    assert name in bench.succeeds("mail 2")
    assert name in bench.succeeds("files usb")
    bench.succeeds("usb insert R1")
    console.type(f"license install usbflash0:{name}")
    console.sees("1/1 licenses were successfully installed")


def test_the_whole_way_of_a_rehost(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8")
    file = bench.license_on_stick()
    console.type(f"license install usbflash0:{file}").reload()
    bench.succeeds("usb remove R1")
    bench.succeeds("portal permission R1")
    ticket = bench.mail_to("usb")
    bench.succeeds("usb insert R1")
    console.type(f"license revoke usbflash0:{ticket} usbflash0:rehost.xml", "yes")
    console.sees("Rehost ticket saved ..!\n")
    bench.succeeds("usb remove R1")
    assert (
        bench.is_refused("portal rehost usb:rehost.xml R1")
        == f"% {UDI} is named both as the old and as the new device.\n"
    )
    bench.succeeds("portal rehost usb:rehost.xml R2")
    file = bench.mail_to("usb")
    bench.succeeds("usb insert R2")
    second = ConsoleDriver(bench.world, "R2").boot()
    second.type(f"license install usbflash0:{file}").reload()
    assert second.router.running.level == "advipservices"
    assert console.router.running.level == "advipservices", "in its grace period"


def test_an_rma(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.license_on_stick()
    bench.succeeds("usb remove R1")
    bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8")
    bench.succeeds("internet R1 off")
    bench.succeeds("portal rma R1 R2")
    assert bench.is_refused(f"portal resend {UDI}") == (
        f"% {UDI} was replaced by CISCO881-K9:FTX1405YDC8 and is no longer served.\n"
    )


def test_software_put_files(bench: BenchDriver, tmp_path: Path) -> None:
    md5 = published_md5(bench.world.images.get(IMAGE))
    assert bench.succeeds(f"software get {IMAGE} tftp") == f"{IMAGE} downloaded to tftp\nMD5 {md5}\n"
    file = tmp_path / "notes.txt"
    file.write_bytes(b"hello")
    assert bench.succeeds(f"put tftp {file}") == "notes.txt (5 bytes) put on tftp\n"
    assert bench.succeeds("files tftp") == f"    28311552  {IMAGE}\n           5  notes.txt\n"


@pytest.fixture
def lab_file(bench: BenchDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BenchDriver:
    """`Notes.TXT` on the stick, and another directory to stand in."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    bench.world.store("usb", "Notes.TXT", b"hello", 5)
    return bench


def test_get_writes_into_the_current_directory(lab_file: BenchDriver, tmp_path: Path) -> None:
    assert lab_file.succeeds("get notes.txt usb") == "Notes.TXT (5 bytes) written to Notes.TXT\n"
    assert (tmp_path / "here" / "Notes.TXT").read_bytes() == b"hello"


@pytest.mark.parametrize(
    ("path", "lands"),
    [("copy.txt", "here/copy.txt"), ("..", "Notes.TXT"), ("../a b.txt", "a b.txt"), (".", "here/Notes.TXT")],
)
def test_get_writes_where_it_is_told(lab_file: BenchDriver, tmp_path: Path, path: str, lands: str) -> None:
    lab_file.succeeds(f"get Notes.TXT usb to {path}")
    assert (tmp_path / lands).read_bytes() == b"hello"


def test_get_knows_the_home_directory(lab_file: BenchDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert lab_file.succeeds("get Notes.TXT usb to ~/n") == f"Notes.TXT (5 bytes) written to {tmp_path}/n\n"


def test_get_never_writes_over_a_file_unless_it_is_told(lab_file: BenchDriver, tmp_path: Path) -> None:
    mine = tmp_path / "here" / "Notes.TXT"
    mine.write_text("mine")
    assert lab_file.is_refused("get Notes.TXT usb") == (
        "% Notes.TXT is there already; say replace before to, or give another name\n"
    )
    assert mine.read_text() == "mine"
    lab_file.succeeds("get Notes.TXT usb replace")
    assert mine.read_text() == "hello"
    mine.write_text("mine")
    lab_file.succeeds("get Notes.TXT usb replace to Notes.TXT")
    assert [file.name for file in (tmp_path / "here").iterdir()] == ["Notes.TXT"]
    assert mine.read_text() == "hello"


def test_get_and_put_are_each_other_s_way_back(lab_file: BenchDriver, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4
    (tmp_path / "here" / "a.bin").write_bytes(content)
    lab_file.succeeds("put tftp a.bin")
    lab_file.succeeds("get a.bin tftp to b.bin")
    assert (tmp_path / "here" / "b.bin").read_bytes() == content


def test_get_writes_a_file_whole_or_not_at_all(
    lab_file: BenchDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    (tmp_path / "here" / "Notes.TXT").write_text("mine")
    really = Path.open

    def full(path: Path, mode: str = "r", *rest: object) -> object:
        return really(Path("/dev/full") if mode in {"wb", "xb"} else path, "wb", *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    for line in ("get Notes.TXT usb replace", "get Notes.TXT usb to new"):
        assert "cannot be written: No space left on device" in lab_file.is_refused(line)
    monkeypatch.undo()
    assert (tmp_path / "here" / "Notes.TXT").read_text() == "mine"
    assert [file.name for file in (tmp_path / "here").iterdir()] == ["Notes.TXT"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("get nothing usb", "there is no file nothing on usb"),
        ("get Notes.TXT tftp", "there is no file Notes.TXT on tftp"),
        ("get Notes.TXT usb to /nonexistent/x", "/nonexistent/x cannot be written: No such file or directory"),
        ("get Notes.TXT usb to Notes.TXT/x", "Notes.TXT/x cannot be written: No such file or directory"),
        ("get Notes.TXT usb replace to /dev/null", "/dev/null is not a file"),
        (f"get Notes.TXT usb to {'x' * 300}", f"{'x' * 300} cannot be written: File name too long"),
    ],
)
def test_get_is_refused(lab_file: BenchDriver, line: str, message: str) -> None:
    assert lab_file.is_refused(line) == f"% {message}\n"


def test_get_of_what_is_kept_by_its_size_alone(bench: BenchDriver, tmp_path: Path) -> None:
    bench.succeeds(f"software get {IMAGE} tftp")
    assert bench.is_refused(f"get {IMAGE} tftp to {tmp_path}") == (
        f"% of {IMAGE} on tftp only the size is kept here, 28311552 bytes; it cannot be copied out\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_get_of_a_directory_and_of_a_file_in_one(lab_file: BenchDriver, tmp_path: Path) -> None:
    stick = lab_file.world.state.stick
    assert stick is not None
    stick.make_directory("papers", 0)
    stick.write("papers/rt.xml", b"ticket", 0)
    assert lab_file.is_refused("get papers usb") == "% papers on usb is a directory; get its files one by one\n"
    lab_file.succeeds("get papers/rt.xml usb")
    assert (tmp_path / "here" / "rt.xml").read_bytes() == b"ticket"


def test_get_needs_the_stick_at_hand(lab_file: BenchDriver) -> None:
    lab_file.succeeds("usb insert R1")
    assert lab_file.is_refused("get Notes.TXT usb") == "% the USB stick is in R1; remove it first\n"


def test_a_rehost_ticket_reaches_this_computer_as_the_router_wrote_it(bench: BenchDriver, tmp_path: Path) -> None:
    bench.succeeds("usb insert R1")
    console = ConsoleDriver(bench.world).boot()
    console.type("license save credential usbflash0:me.xml")
    bench.succeeds("usb remove R1")
    bench.succeeds(f"get me.xml usb to {tmp_path}")
    written = (tmp_path / "me.xml").read_bytes()
    verifier = Verifier(bench.world.device_key(console.router.state.udi).public)
    assert read_credential(written, lambda _: verifier).udi == console.router.state.udi


def test_what_does_not_fit_is_refused(bench: BenchDriver) -> None:
    stick = bench.world.state.stick
    assert stick is not None
    stick.write("ballast", b"", 0, stick.free - 4096)
    assert bench.is_refused(f"software get {IMAGE} usb") == f"% {IMAGE} needs 28311552 bytes, but usb has 4096 left\n"


def test_a_truncated_file(bench: BenchDriver) -> None:
    assert bench.succeeds(f"damage R1 file {IMAGE} truncated") == f"{IMAGE} on R1 ends after 14155776 bytes now\n"
    [file] = bench.world.routers["R1"].state.flash.files
    assert file.size == 14155776


def test_damage(bench: BenchDriver) -> None:
    assert bench.succeeds(f"damage R1 file {IMAGE}") == f"one byte of {IMAGE} on R1 has changed\n"


def test_status(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8")
    bench.succeeds("internet R2 off")
    assert bench.succeeds("status") == (
        f"R1  {UDI}  running\n    {IMAGE}: level advsecurity\n"
        "    advipservices  Evaluation  Active, Not in Use, EULA not accepted, 60d of use left\n"
        "    advsecurity  Permanent  Active, In Use\n"
        "R2  CISCO881-K9:FTX1405YDC8  off, no Internet\n"
        "    advsecurity  Permanent  Active, Not in Use\n"
        "the lab's TFTP server  tftp://192.0.2.10/  0 files\n"
    )
    bench.succeeds(f"software get {IMAGE} tftp")
    assert bench.succeeds("status").endswith("the lab's TFTP server  tftp://192.0.2.10/  1 file\n")
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes")
    assert "level advsecurity; a reload now brings advipservices\n" in bench.succeeds("status R1")


def test_an_empty_rack(bench: BenchDriver) -> None:
    bench.succeeds("unrack R1")
    assert bench.succeeds("status").splitlines()[0] == "the rack is empty"


def test_what_can_be_racked_and_fetched_is_told_where_it_is_typed(bench: BenchDriver) -> None:
    line = bench.line
    pids = [(word, text) for word, text in entries(line.help("rack R2 ")) if word != "WORD"]
    platforms = bench.world.platforms
    assert pids == [(pid, f"Family {platforms.get(pid).family}, {platforms.get(pid).wan}") for pid in platforms.pids()]
    bench.succeeds("rack R2 CISCO861-K9")
    told = dict(entries(line.help("software get ")))
    for name in bench.world.images.names():
        families = bench.world.images.get(name).families
        here = [router for router, family in (("R1", "880"), ("R2", "860")) if family in families]
        told_of = (
            f"for {', '.join(here)}" if here else f"for family {' and '.join(families)}, of which no router is racked"
        )
        assert told[name] == told_of
    assert dict(entries(line.help(f"software get {IMAGE} ")))["tftp"].endswith("tftp://192.0.2.10/")


def test_an_image_that_no_router_boots_is_told_with_the_reason(bench: BenchDriver) -> None:
    bench.succeeds("unrack R1")
    bench.succeeds("rack R1 CISCO887VA-K9")
    told = dict(entries(bench.line.help("software get ")))
    assert told["c880data-universalk9-mz.124-24.T4.bin"] == "too old for R1, which boots 15.1(2) and later"
    assert told["c880data-universalk9-mz.154-2.T1.bin"] == "for R1"


@pytest.mark.parametrize(
    ("pid", "image", "boots"),
    [
        ("C881-K9", "c880data-universalk9-mz.150-1.M4.bin", False),
        ("CISCO887VA-K9", "c880data-universalk9-mz.124-24.T4.bin", False),
        ("CISCO887VA-K9", "c880data-universalk9-mz.154-2.T1.bin", True),
    ],
)
def test_an_image_that_a_product_does_not_boot_is_told_when_it_is_racked(
    bench: BenchDriver, pid: str, image: str, boots: bool
) -> None:
    shown = bench.succeeds(f"rack R2 {pid} image {image}")
    assert (f"{image} does not boot on it, so it ends in ROMMON; images for it: c8" in shown) is not boots
    bench.succeeds("power R2 on")
    bench.succeeds("advance 10m")
    assert (bench.world.routers["R2"].state.running is not None) is boots


def entries(help_text: str) -> list[tuple[str, str]]:
    """Words of a help page, with their text."""
    return [(word, text) for word, _, text in (row.strip().partition("  ") for row in help_text.splitlines()) if text
            for text in [text.strip()]]  # fmt: skip


@pytest.mark.parametrize("facts", ["", " serial FTX1405YDC9", " factory advsecurity,advipservices"])
def test_a_router_is_racked_with_another_image(bench: BenchDriver, facts: str) -> None:
    other = "c880data-universalk9-mz.154-2.T1.bin"
    bench.succeeds(f"rack R2 CISCO881-K9 image {other}{facts}")
    assert [file.name for file in bench.world.router("R2").state.flash.files] == [other]
    assert "Did you mean c880data-universalk9-mz.155-3.M8.bin?" in bench.is_refused(
        "rack R3 CISCO881-K9 image c880data-universalk9-mz.155-3.M9.bin"
    )


def test_the_terminal_has_the_speed_that_it_was_given(bench: BenchDriver) -> None:
    assert bench.succeeds("baud R1 19200") == ""
    assert "the console of R1 has 9600 baud, and its terminal 19200; baud R1 sets it" in bench.succeeds("status R1")
    for wrong in ("baud R1 299", "baud R1 fast", "baud R9 9600", "baud"):
        bench.is_refused(wrong)


def test_an_error_names_the_likeliest_first(bench: BenchDriver) -> None:
    assert "cisco881 may be CISCO881-K9, CISCO881G-K9, " in bench.is_refused("rack R2 cisco881")
    assert "Did you mean CISCO881-K9?" in bench.is_refused("rack R2 cisco-881-k9")
    assert "Known: IAD881B-K9, IAD881F-K9, " in bench.is_refused("rack R2 iad880-something-long")
    assert "c860 may be c860-universalk9-mz" in bench.is_refused("software get c860 usb")


FILLED_IN = "…"
"""Stands in a text for what is put into it when the test runs."""


def texts(file: Path) -> Iterator[str]:
    """Every text of a test file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else FILLED_IN for part in node.values)


def form(word: NotationToken) -> str:
    """Pattern of what a test may type for a word of a verb's line."""
    if word.type is not None:
        return r"\S.*"
    return f"(?:{re.escape(word.label)}|{FILLED_IN})" if word.name else re.escape(word.label)


def test_every_verb_is_tried_in_this_room() -> None:
    typed = {text for file in Path(__file__).parent.glob("test_*.py") for text in texts(file)}
    untried = []
    for command in bench_grammar().commands:
        forms = [" ".join(map(form, flat)) for flat in expand(command.line, TYPES)]
        if not any(re.fullmatch(each, text) for each in forms for text in typed):
            untried.append(command.line)
    assert untried == [], "no test in tests/unit/bench types a line of these verbs"


@pytest.mark.parametrize("line", ["exit", "quit"])
def test_one_leaves_the_bench_as_a_console(bench: BenchDriver, line: str) -> None:
    assert not bench.line.bench.left
    assert bench.succeeds(line) == ""
    assert bench.line.bench.left


def test_users_of_a_counted_feature_need_licenses(bench: BenchDriver) -> None:
    assert bench.do("users R1 SSL_VPN in 1") == "% R1 is not running\n"
    ConsoleDriver(bench.world).boot()
    none = "% c880data-universalk9-mz.150-1.M4.bin, which R1 runs, has no counted feature\n"
    assert bench.do("users R1 SSL_VPN in 2") == bench.do("users R1 advipservices out 1") == none


def test_damage_licenses_is_mended_or_told_at_the_next_boot(bench: BenchDriver) -> None:
    console = ConsoleDriver(bench.world).boot()
    console.type("write")
    bench.succeeds("damage R1 licenses first")
    console.type("reload", "")
    console.sees("%LICENSE-2-LIC_STORAGE: Storage validation failed -- first copy")
    bench.succeeds("damage R1 licenses second")
    console.type("", "enable", "reload", "")
    console.sees("%LICENSE-2-LIC_STORAGE: Storage validation failed -- second copy")
    bench.succeeds("damage R1 licenses both")
    console.type("", "enable", "reload", "")
    console.sees("%LICENSE-2-UNRECOVERABLE: The IOS license storage on this device was not recovered.")


def test_a_fuse_cuts_the_power_in_the_middle_of_a_change(bench: BenchDriver) -> None:
    console = ConsoleDriver(bench.world).boot()
    console.type("configure terminal", "license boot module c880-data level advipservices")
    bench.succeeds("fuse R1 2")
    console.type("yes")
    assert bench.world.routers["R1"].state.board.phase == "off"


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("storage", "%LICENSE-2-VLS_ERROR: License storage service failed"),
        ("ipc", "%LICENSE-2-IPC_ERROR: License IPC communication failed"),
        ("license", "%LICENSE-2-INVALID_LIC: A stored license failed its check"),
        ("agent-memory", "%LIC_AGENT-3-MEMORY: Out of memory"),
        ("agent-event", "%LIC_AGENT-3-UNKNOWN_EVENT: An unknown event type 99 received"),
    ],
)
def test_a_fault_inside_is_told(bench: BenchDriver, kind: str, message: str) -> None:
    assert bench.is_refused(f"fault R1 {kind}") == "% R1 is not running\n"
    console = ConsoleDriver(bench.world).boot()
    bench.succeeds(f"fault R1 {kind}")
    console.sees(message)


def test_sftp_is_allowed_and_forbidden_by_the_router(bench: BenchDriver) -> None:
    router = bench.world.router("R1")
    assert not router.state.sftp
    bench.succeeds("sftp R1 on")
    assert router.state.sftp
    bench.succeeds("sftp R1 off")
    assert not router.state.sftp
    assert "R2" in bench.is_refused("sftp R2 on")


def test_a_pak_registered_for_a_wrong_device_is_corrected(bench: BenchDriver) -> None:
    placed = bench.succeeds("order L-880-AIS=")
    pak = re.search(r"PAK\): (\S+)", placed + bench.succeeds("mail 1"))
    assert pak is not None
    bench.succeeds(f"portal register {pak[1]} CISCO881-K9:FTX1405YDX7")
    bench.succeeds(f"portal correct {pak[1]} CISCO881-K9:FTX1405YDX7 R1 why two digits were swapped")
    assert "correction of CISCO881-K9:FTX1405YDX7, L-880-AIS=" in bench.succeeds("portal lookup R1")
    assert "(two digits were swapped)" in bench.succeeds("portal history R1")
