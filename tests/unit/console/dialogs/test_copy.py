"""`copy` between flash, the stick, NVRAM, the running configuration and the lab's TFTP server."""

import pytest

from emulator.kernel.time import SECOND
from emulator.router.files.transfers import RETRY
from tests.driver import BenchDriver, ConsoleDriver

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
NEWER = "c880data-universalk9-mz.154-2.T1.bin"
SIZE, NEWER_SIZE = 28_311_552, 42_628_912
SERVER = "192.0.2.10"
OVERWRITE = "%Warning:There is a file already existing with this name \nDo you want to over write? [confirm]"


@pytest.fixture
def online(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with an address on its LAN, so that the lab's server can be reached."""
    console.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    return console


def names(console: ConsoleDriver) -> list[str]:
    return [file.name for file in console.router.state.flash.files]


def text_on_stick(bench: BenchDriver, name: str, content: bytes) -> None:
    bench.world.store("usb", name, content, len(content))
    bench.succeeds("usb insert R1")


# --- between devices ----------------------------------------------------------------------------------------------


def test_from_the_stick(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} usb")
    bench.succeeds("usb insert R1")
    console.type(f"copy usbflash0:{NEWER} flash:")
    assert console.prompt == f"Destination filename [{NEWER}]? "
    before = console.world.now
    console.type("")
    assert console.world.now - before == 500 + NEWER_SIZE // 350
    marks = "C" * -(-NEWER_SIZE // 65536)
    console.sees_exactly(f"Copy in progress...{marks}\n{NEWER_SIZE} bytes copied in 122.296 secs (348572 bytes/sec)\n")
    console.type("dir")
    console.sees("    2  -rw-    42628912   Mar 1 2002 00:02:", NEWER)


def test_of_a_small_file(console: ConsoleDriver, bench: BenchDriver) -> None:
    text_on_stick(bench, "a.txt", b"hello\n")
    console.type("copy usbflash0:a.txt flash:b.txt", "")
    console.sees_exactly("Copy in progress...C\n6 bytes copied in 0.500 secs (12 bytes/sec)\n")
    console.type("more flash:b.txt")
    console.sees_exactly("hello\n")


def test_of_an_empty_file(console: ConsoleDriver, bench: BenchDriver) -> None:
    text_on_stick(bench, "empty", b"")
    console.type("copy usbflash0:empty flash:", "")
    console.sees("0 bytes copied in 0.500 secs (0 bytes/sec)\n")
    assert "empty" in names(console)


@pytest.mark.parametrize(("command", "answer"), [
    ("copy usbflash0:a.txt flash:", "new/b.txt"),
    ("copy usbflash0:a.txt flash:new/b.txt", ""),
    ("copy usbflash0:a.txt flash:", "flash:/new/b.txt"),
    ("copy usb:a.txt fl", "new//b.txt"),
    ("copy usbflash0: fl", "a.txt"),
])  # fmt: skip
def test_the_ways_to_name_a_file(console: ConsoleDriver, bench: BenchDriver, command: str, answer: str) -> None:
    text_on_stick(bench, "a.txt", b"hello\n")
    console.type("mkdir flash:new", "")
    if command.startswith("copy usb:"):
        console.type(command)
        console.sees("% Invalid input detected")
        return
    console.type(command, answer)
    if console.prompt == "Destination filename [a.txt]? ":
        console.type("new/b.txt")
    assert "new/b.txt" in names(console)


@pytest.mark.parametrize("target", ["flash:new", "flash:new/", "flash:/NEW/"])
def test_into_a_directory_the_name_is_proposed(console: ConsoleDriver, bench: BenchDriver, target: str) -> None:
    text_on_stick(bench, "a.txt", b"hello\n")
    console.type("mkdir flash:new", "", f"copy usbflash0:a.txt {target}")
    assert console.prompt.lower() == "destination filename [new/a.txt]? "
    console.type("")
    console.sees("6 bytes copied")


def test_a_file_that_is_there_is_asked_about(console: ConsoleDriver) -> None:
    console.type(f"copy flash:{IMAGE} flash:copy.bin", "", f"copy flash:{IMAGE} flash:COPY.BIN", "")
    assert console.prompt == OVERWRITE
    console.type("n")
    console.sees_exactly("")
    console.type(f"copy flash:{IMAGE} flash:COPY.BIN", "", "y")
    console.sees(f"{SIZE} bytes copied")
    assert names(console) == [IMAGE, "COPY.BIN"]


def test_onto_a_full_flash(console: ConsoleDriver) -> None:
    for number in range(3):
        console.type(f"copy flash:{IMAGE} flash:copy{number}.bin", "")
    before = console.world.now
    console.type(f"copy flash:{IMAGE} flash:one-more.bin", "")
    console.sees_exactly(f"%Error copying flash:/{IMAGE} (Not enough space on device)\n")
    assert console.world.now == before
    assert len(names(console)) == 4


def test_a_file_onto_itself_stays(console: ConsoleDriver) -> None:
    console.type(f"copy flash:{IMAGE} flash:", f"./{IMAGE.upper()}")
    console.sees_exactly("%Error parsing filename (Source and destination are the same file)\n")
    assert console.router.state.flash.files[0].size == SIZE


@pytest.mark.parametrize(
    ("command", "answers", "shown"),
    [
        ("copy flash:none flash:", [""], "%Error opening flash:/none (No such file or directory)\n"),
        (f"copy flash:{IMAGE} usbflash0:", [""], f"%Error opening usbflash0:/{IMAGE} (No such device)\n"),
        (f"copy flash:{IMAGE} flash:", ["none/x"], "%Error opening flash:/none/x (No such file or directory)\n"),
        (f"copy flash:{IMAGE} flash:", ["a:b"], "%Error opening flash:/a:b (Invalid argument)\n"),
        (f"copy flash:{IMAGE} flash:", ["a?b"], "%Error opening flash:/a?b (Invalid argument)\n"),
        (f"copy flash:{IMAGE} flash:", ["x" * 256], f"%Error opening flash:/{'x' * 256} (Invalid argument)\n"),
        (f"copy flash:{IMAGE} nvram:", ["x"], f"%Error copying flash:/{IMAGE} (Permission denied)\n"),
        (f"copy flash:{IMAGE} nvram:startup-config", [""],
         f"%Error copying flash:/{IMAGE} (Not enough space on device)\n"),
        ("copy tftp: flash:", ["", "x", ""], "%Error parsing filename (Invalid argument)\n"),
        ("copy flash: flash:", ["", ""], "%Error parsing filename (Invalid argument)\n"),
        ("copy nvram:x flash:", ["y"], "%Error opening nvram:/x (No such file or directory)\n"),
        ("copy system:x flash:", ["y"], "%Error opening system:/x (No such file or directory)\n"),
        ("copy startup-config flash:", ["y"], "%Error opening nvram:/startup-config (No such file or directory)\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_copied(console: ConsoleDriver, command: str, answers: list[str], shown: str) -> None:
    console.type(command, *answers)
    console.sees_exactly(shown)
    assert names(console) == [IMAGE]


def test_to_nowhere(console: ConsoleDriver) -> None:
    console.type(f"copy flash:{IMAGE} null:", "")
    console.sees(f"{SIZE} bytes copied in 81.390 secs")


# --- configurations -----------------------------------------------------------------------------------------------


def test_the_running_configuration_to_a_file(console: ConsoleDriver) -> None:
    console.type("copy running-config flash:")
    assert console.prompt == "Destination filename [running-config]? "
    console.type("run.cfg")
    console.sees(" bytes copied in 0.50")
    console.type("more flash:run.cfg")
    shown = console.shown
    console.type("more system:running-config")
    assert console.shown == shown
    console.sees("hostname Router\n", "\nend\n")


def test_the_saved_configuration_to_a_file_and_back(console: ConsoleDriver) -> None:
    console.type("write", "copy startup-config flash:")
    assert console.prompt == "Destination filename [startup-config]? "
    console.type("")
    saved = console.router.state.startup
    assert saved is not None
    console.type("write erase", "")
    assert console.router.state.startup is None
    console.type("copy flash:startup-config startup-config")
    assert console.prompt == "Destination filename [startup-config]? "
    console.type("")
    console.sees("[OK]\n", " bytes copied in ")
    assert console.router.state.startup is not None
    assert console.router.state.startup.text == saved.text


@pytest.mark.parametrize("target", ["startup-config", "nvram:startup-config"])
def test_a_text_from_another_system_becomes_the_saved_configuration(
    console: ConsoleDriver, bench: BenchDriver, target: str
) -> None:
    text_on_stick(bench, "a.cfg", b"hostname Branch\r\nend\r\n")
    console.type(f"copy usbflash0:a.cfg {target}", "startup-config")
    assert console.router.state.startup is not None
    assert console.router.state.startup.text == "hostname Branch\nend\n"


def test_the_running_configuration_as_the_saved_one_is_saved(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname Branch", "end")
    assert console.router.running.changed
    console.type("copy system:running-config nvram:startup-config", "")
    assert not console.router.running.changed
    assert console.router.state.startup is not None
    assert "hostname Branch\n" in console.router.state.startup.text


# --- over the network ---------------------------------------------------------------------------------------------


def test_from_a_server(online: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    online.type("copy tftp: flash:")
    assert online.prompt == "Address or name of remote host []? "
    online.type(SERVER)
    assert online.prompt == "Source filename []? "
    online.type(NEWER)
    assert online.prompt == f"Destination filename [{NEWER}]? "
    online.type("")
    marks = "!" * -(-NEWER_SIZE // 5120)
    online.sees_exactly(
        f"Accessing tftp://{SERVER}/{NEWER}...\n"
        f"Loading {NEWER} from {SERVER} (via Vlan1): {marks}\n[OK - {NEWER_SIZE} bytes]\n\n"
        f"{NEWER_SIZE} bytes copied in 122.296 secs (348572 bytes/sec)\n"
    )


def test_the_lines_of_the_capture(online: ConsoleDriver) -> None:
    """license-install.c2951.flash0-with-tftp-copy.txt: 1149 bytes are one mark; a path is asked for with its slash."""
    server = online.world.state.server
    server.make_directory("tftpboot", 0)
    server.write("tftpboot/a.lic", b"x" * 1149, 0)
    online.type(f"copy tftp://{SERVER}//tftpboot/a.lic flash:", "")
    online.sees_exactly(
        f"Accessing tftp://{SERVER}//tftpboot/a.lic...\n"
        f"Loading /tftpboot/a.lic from {SERVER} (via Vlan1): !\n[OK - 1149 bytes]\n\n"
        "1149 bytes copied in 0.503 secs (2284 bytes/sec)\n"
    )


@pytest.mark.parametrize("command", ["copy running-config tftp:", "copy startup-config tftp:"])
def test_a_configuration_to_a_server(online: ConsoleDriver, bench: BenchDriver, command: str) -> None:
    online.type("configure terminal", "hostname Branch", "end", "write", command, SERVER)
    assert online.prompt == "Destination filename [branch-confg]? "
    online.type("")
    online.sees("!\n", " bytes copied in 0.50")
    assert "branch-confg" in bench.do("files tftp")


def test_a_name_on_the_server_is_overwritten_without_asking(online: ConsoleDriver) -> None:
    for _ in range(2):
        online.type(f"copy running-config tftp://{SERVER}/x", "")
        online.sees(" bytes copied in ")


def test_from_a_server_that_no_way_leads_to(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    before = console.world.now
    console.type(f"copy tftp://{SERVER}/{NEWER} flash:", "")
    console.sees_exactly(f"Accessing tftp://{SERVER}/{NEWER}...\n%Error opening tftp://{SERVER}/{NEWER} (Timed out)\n")
    assert console.world.now - before == 18 * SECOND


def test_to_a_server_that_no_way_leads_to(console: ConsoleDriver) -> None:
    before = console.world.now
    console.type(f"copy flash:{IMAGE} tftp://{SERVER}", "")
    console.sees_exactly(f"......\n%Error opening tftp://{SERVER}/{IMAGE} (Timed out)\n")
    assert console.world.now - before == 6 * RETRY


def test_what_the_server_does_not_have(online: ConsoleDriver) -> None:
    online.type(f"copy tftp://{SERVER}/none flash:", "")
    online.sees("%Error opening tftp://192.0.2.10/none (No such file or directory)\n")


def test_a_copy_is_not_stopped_by_the_length_of_the_screen(online: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    online.type("terminal length 5", f"copy tftp://{SERVER}/{NEWER} flash:", "")
    assert online.prompt == "Router#"


@pytest.mark.parametrize("pid", ["CISCO881-K9", "CISCO861-K9"])
def test_help_names_the_devices_that_there_are(pid: str) -> None:
    from tests.driver import world_of

    console = ConsoleDriver(world_of("R1", pid=pid)).boot()
    shown = console.session.help("copy ")
    for word in ("flash:", "nvram:", "running-config", "startup-config", "tftp:"):
        assert f"  {word} " in shown
    assert ("usbflash0:" in shown) == (pid == "CISCO881-K9")


# --- a command is no name -----------------------------------------------------------------------------------------

DIALOGS = {
    "copy running-config flash:": "Destination filename [running-config]? ",
    "copy running-config startup-config": "Destination filename [startup-config]? ",
    "copy startup-config running-config": "Destination filename [running-config]? ",
    "copy tftp: flash:": "Address or name of remote host []? ",
    "copy flash: tftp:": "Source filename []? ",
    "copy scp: flash:": "Address or name of remote host []? ",
    "copy flash: running-config": "Source filename []? ",
    "delete flash:a.txt": "Delete filename [a.txt]? ",
    "rename flash:a.txt flash:b.txt": "Destination filename [b.txt]? ",
    "mkdir flash:lessons": "Create directory filename [lessons]? ",
    "rmdir flash:lessons": "Remove directory filename [lessons]? ",
}


@pytest.mark.parametrize("line", DIALOGS)
def test_a_command_is_not_taken_for_a_name(console: ConsoleDriver, line: str) -> None:
    before = names(console)
    console.type(line)
    assert console.prompt == DIALOGS[line]
    for pasted in ("configure terminal", " license boot module c880-data level advipservices", "show  version"):
        console.type(pasted)
        console.sees_exactly("%Error parsing filename (Invalid argument)\n")
        assert console.prompt == DIALOGS[line], "it is asked again"
    console.line.terminal.interrupt()
    assert names(console) == before
