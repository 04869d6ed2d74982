"""Raw logs of terminals: whose the screens are, and what the way has done to them."""

import pytest

from emulator.captures.reading.commands import Kind, command_of
from emulator.captures.reading.screens import screens_of
from emulator.captures.reading.terminal import lines_of
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, imported, log_of, printed, told, twin_of

VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
OTHER = (CAPTURES / "show-version.c881.advipservices.power-on.15.4-2-T1.txt").read_text(encoding="utf-8")
BRIEF = (CAPTURES / "session.c881.netmiko.show-ip-interface-brief.txt").read_text(encoding="utf-8")
MORE = " --More-- " + "\b" * 9 + " " * 8 + "\b" * 9


def clean(text: bytes | str) -> list[str]:
    return [line.text for line in lines_of(text.encode() if isinstance(text, str) else text)]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\r\r\nb", ["a", "b"]),
        ("a\rb\r", ["a", "b"]),
        ("\x1b[1;32mR1#\x1b[0mshow clock\n", ["R1#show clock"]),
        (f"{MORE}States and local\n", ["States and local"]),
        (" --More--           \r                    \rUse of\n", ["Use of"]),
        ("shoq\bw ver\n", ["show ver"]),
        ("old\rnew line\n", ["new line"]),
        ("a\x00\x07b\n", ["ab"]),
        ("  Device#\t  PID \n", ["  Device#\t  PID "]),
        (b"\xff\xe9t\xe9\n", ["ÿété"]),
        ("\ufeffR1#\n", ["R1#"]),
        ("", []),
    ],
)
def test_what_a_terminal_showed(raw: bytes | str, shown: list[str]) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("show version", Kind.VERSION),
        ("sh ver", Kind.VERSION),
        ("do sh ver", Kind.VERSION),
        ("SHOW VERSION", Kind.VERSION),
        ("sh ip int br", Kind.IP_INTERFACE_BRIEF),
        ("sh ip int b", Kind.IP_INTERFACE_BRIEF),
        ("sh int fa4", Kind.INTERFACES),
        ("sh int", Kind.INTERFACES),
        ("show interfaces FastEthernet 4", Kind.INTERFACES),
        ("sh run", Kind.RUNNING_CONFIG),
        ("write terminal", Kind.RUNNING_CONFIG),
        ("sh start", Kind.STARTUP_CONFIG),
        ("sh lic", Kind.LICENSE),
        ("sh lic det", Kind.LICENSE_DETAIL),
        ("sh lic detail advipservices", Kind.LICENSE_DETAIL),
        ("sh lic udi", Kind.LICENSE_UDI),
        ("sh inv", Kind.INVENTORY),
        ("sh arp", Kind.ARP),
        ("sh ip arp", Kind.ARP),
        ("dir", Kind.DIR),
        ("dir flash:", Kind.DIR),
        ("sh clock", Kind.CLOCK),
        ("show ip route", None),
        ("wr", None),
        ("show ?", None),
        ("", None),
    ],
)
def test_commands_are_known_however_short(typed: str, kind: Kind | None) -> None:
    assert command_of(typed) == (kind, None)


def test_filtered_output_is_passed_over_and_told() -> None:
    screens, leftovers = screens_of("x", lines_of(b"R1#show inventory | include PID\nPID: X, VID: V01, SN: Y\nR1#\n"))
    assert not screens
    assert [each.what for each in leftovers] == [
        "'show inventory | include PID' was passed over: its output was filtered"
    ]


def test_a_whole_session_with_everything_that_happens_to_one() -> None:
    """Log-in, pager, colours, line ends, a message between lines and one within a line, a doubled echo."""
    body = VERSION.replace("States and local", f"{MORE}States and local")
    body = body.replace(
        "use. Delivery", "*Jul  7 12:00:00.123: %LINK-3-UPDOWN: Interface Fa0, changed state to up\nuse. Delivery"
    )
    body = body.replace(
        "Importers, exporters",
        "Importers, *Jul  7 12:00:01.123 PDT: %SYS-5-CONFIG_I: Configured from console by vty0\nexporters",
    )
    log = f"=~= log 2017 =~=\n\x1b[0mpynet-rtr2>en\nPassword: \npynet-rtr2#sh ver\nsh ver\n{body}pynet-rtr2#exit\n"
    world, twin = twin_of(log.replace("\n", "\r\n"))
    assert [(each.command, each.differing) for each in twin.printed] == [("show version", 0)]
    assert printed(world, "show version") == VERSION


def test_a_log_with_several_devices_makes_several_routers() -> None:
    log = f"pynet-rtr2#show version\n{VERSION}pynet-rtr2#ssh 10.0.0.1\n"
    log += f"pynet-rtr1#show version\n{OTHER}\npynet-rtr1#exit\n"
    world, report = imported(log, names=("HQ", "Branch"))
    assert [(twin.host, twin.router) for twin in report.twins] == [("pynet-rtr2", "HQ"), ("pynet-rtr1", "Branch")]
    assert "CISCO881-SEC-K9" in printed(world, "show version", "Branch")


def test_one_file_a_command_makes_one_router() -> None:
    log = log_of(ConsoleDriver(world_of("R1")).boot())
    parts = [f"Router#{part}" for part in log.split("Router#") if part]
    outputs = [part.partition("\n")[2] for part in parts]
    world, twin = twin_of(*[output for output in outputs if output])
    assert not [str(note) for note in twin.notes if note.matter in {"printed otherwise", "contradicts"}]
    assert twin.udi == "CISCO881-K9:FTX1405YDC7"
    assert world.router("R1").hostname == "Router"


def test_a_name_that_was_changed_in_the_session_is_still_the_same_device() -> None:
    clock = "10:00:00.123 UTC Mon Jun 17 2013\n"
    log = f"Router#show version\n{VERSION}Router#conf t\nRouter(config)#hostname HQ\nHQ(config)#end\n"
    log += f"HQ#show clock\n{clock}HQ#\n"
    _, report = imported(log.replace("pynet-rtr2 uptime", "Router uptime"))
    assert len(report.twins) == 1
    assert [each.command for each in report.twins[0].printed] == ["show version", "show clock"]


def test_blanks_that_were_lost_are_told_and_do_not_count() -> None:
    squeezed = "\n".join(" ".join(line.split()) for line in VERSION.splitlines() if line.strip())
    _, twin = twin_of(squeezed)
    assert [each.differing for each in twin.printed] == [0]
    assert any("has lost blanks" in note.text for note in twin.notes)


def test_a_capture_without_a_name_belongs_to_the_only_device() -> None:
    _, report = imported(VERSION, BRIEF.replace("cisco1", "pynet-rtr2"), "17:18:53.000 PDT Sat Feb 4 2017\n")
    assert [each.command for each in report.twins[0].printed] == [
        "show version",
        "show ip interface brief",
        "show clock",
    ]


def test_a_capture_without_a_name_belongs_to_nobody_where_there_are_two() -> None:
    _, report = imported(VERSION, OTHER, "17:18:53.000 PDT Sat Feb 4 2017\n")
    assert "capture3.txt:1: not read: nothing tells which of the devices 'show clock' is from" in told(report)
