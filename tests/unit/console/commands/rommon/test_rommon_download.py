"""`tftpdnld` and `xmodem`: an image for a router that has none it could boot."""

import pytest

from emulator.hardware.board import BoardPhase
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.time import MINUTE, SECOND
from tests.driver import BenchDriver, ConsoleDriver
from tests.unit.console.commands.rommon.test_rommon import IMAGE, rommon
from tests.unit.router.records import restored, saved

NEWER = "c880data-universalk9-mz.154-2.T1.bin"
SIZE = ImageCatalogue().get(NEWER).size
VARIABLES = {
    "IP_ADDRESS": "192.0.2.1",
    "IP_SUBNET_MASK": "255.255.255.0",
    "DEFAULT_GATEWAY": "192.0.2.254",
    "TFTP_SERVER": "192.0.2.10",
    "TFTP_FILE": NEWER,
}
QUESTION = (
    "\nInvoke this command for disaster recovery only.\n"
    "WARNING: all existing data in all partitions on flash: will be lost!\n"
    "Do you wish to continue? y/n:  [n]:  "
)


def ready(**variables: str) -> tuple[ConsoleDriver, BenchDriver]:
    """A router in ROMMON with its variables set, and a newer image on the server."""
    console = rommon()
    bench = BenchDriver(console.world)
    bench.succeeds(f"software get {NEWER} tftp")
    console.router.monitor.environment.variables.update(VARIABLES, **variables)
    return console, bench


def names(console: ConsoleDriver) -> list[tuple[str, int]]:
    flash = console.router.state.flash
    flash.settle(console.world.now)
    return [(file.name, file.size) for file in flash.files]


OLD = [(IMAGE, 28_311_552)]


def test_the_parameters_and_the_reception_are_as_captured() -> None:
    console, _ = ready()
    console.type("tftpdnld -r")
    mac = console.router.state.mac.replace(".", "")
    written = ":".join(mac[place : place + 2] for place in range(0, 12, 2))
    marks = "!" * (SIZE // 161_000)
    assert console.shown.startswith(
        "\n          IP_ADDRESS: 192.0.2.1\n      IP_SUBNET_MASK: 255.255.255.0\n"
        "     DEFAULT_GATEWAY: 192.0.2.254\n         TFTP_SERVER: 192.0.2.10\n"
        f"           TFTP_FILE: {NEWER}\n        TFTP_MACADDR: {written}\n        TFTP_VERBOSE: Progress\n"
        "    TFTP_RETRY_COUNT: 18\n        TFTP_TIMEOUT: 7200\n       TFTP_CHECKSUM: Yes\n"
        "             FE_PORT: 0\n\n"
        f"Receiving {NEWER} from 192.0.2.10 {marks}\nFile reception completed.\nValidating checksum.\n"
        f"\nloading image {NEWER} \nprogram load complete, entry point: 0x80020000, size: 0x{SIZE:x}\n"
    )


def test_with_r_the_image_runs_and_flash_is_untouched() -> None:
    console, _ = ready()
    console.type("tftpdnld -r")
    console.log_in()
    console.type("show version | include image").sees_exactly(f'System image file is "tftp://192.0.2.10/{NEWER}"\n')
    assert names(console) == OLD
    console.type("reload").type("")
    assert console.prompt == "rommon 1 > ", "the register still says so, and the image was in memory alone"


def test_without_r_flash_is_erased_and_written() -> None:
    console, _ = ready()
    console.type("tftpdnld")
    assert console.prompt == QUESTION
    begun = console.world.now
    console.type("y").sees("File reception completed.\nValidating checksum.\n", f"Copying file {NEWER} to flash.\n")
    assert names(console) == [(NEWER, SIZE)]
    assert console.world.now - begun > SIZE // 500 + SIZE // 350
    console.type("boot")
    assert console.router.running.image == NEWER


@pytest.mark.parametrize("answer", ["", "n", "no", "maybe"])
def test_any_other_answer_leaves_flash_alone(answer: str) -> None:
    console, _ = ready()
    console.type("tftpdnld", answer).sees_exactly("")
    assert names(console) == OLD


@pytest.mark.parametrize("name", [*VARIABLES])
def test_a_required_variable_that_is_missing_is_named(name: str) -> None:
    console, _ = ready()
    del console.router.monitor.environment.variables[name]
    console.type("tftpdnld")
    kind = "value" if name == "TFTP_FILE" else "ip address"
    assert console.shown.startswith(f"\nMissing or illegal {kind} for variable {name}\n")
    console.sees("usage: tftpdnld [-hru]")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IP_ADDRESS", "192.0.2"),
        ("TFTP_SERVER", "192.0.2.256"),
        ("TFTP_VERBOSE", "3"),
        ("TFTP_RETRY_COUNT", "-1"),
        ("TFTP_TIMEOUT", "1e9"),
        ("TFTP_CHECKSUM", "yes"),
        ("FE_PORT", "2"),
        ("TFTP_RETRY_COUNT", "9" * 5000),
    ],
)
def test_a_variable_that_makes_no_sense_is_named(name: str, value: str) -> None:
    console, _ = ready(**{name: value})
    console.type("tftpdnld").sees(f"for variable {name}\n")
    assert names(console) == OLD


@pytest.mark.parametrize("typed", ["tftpdnld -h", "tftpdnld -x", "tftpdnld r", "tftpdnld -"])
def test_other_options_show_the_usage(typed: str) -> None:
    console, _ = ready()
    console.type(typed)
    assert console.shown.startswith("  usage: tftpdnld [-hru]\n")


def test_a_server_that_does_not_answer_is_tried_as_often_as_asked() -> None:
    console, bench = ready(TFTP_RETRY_COUNT="3")
    bench.succeeds("cable R1 FastEthernet4 out")
    begun = console.world.now
    console.type("tftpdnld", "y").sees("from 192.0.2.10 ...\nTFTP: Operation terminated. No answer from 192.0.2.10\n")
    assert console.world.now - begun == 12 * SECOND
    assert names(console) == OLD


def test_another_port_takes_another_cable() -> None:
    console, bench = ready(TFTP_RETRY_COUNT="1", FE_PORT="1")
    bench.succeeds("cable R1 FastEthernet4 out")
    console.type("tftpdnld", "y")
    assert names(console) == [(NEWER, SIZE)]


def test_a_router_without_a_routed_port_uses_its_switch() -> None:
    console = rommon(pid="CISCO887VA-K9")
    console.router.monitor.environment.variables.update(VARIABLES)
    BenchDriver(console.world).succeeds(f"software get {NEWER} tftp")
    console.type("tftpdnld -r")
    assert console.router.running.image == NEWER


def test_a_file_that_is_not_on_the_server_is_told() -> None:
    console, _ = ready(TFTP_FILE="nope.bin")
    console.type("tftpdnld", "y").sees("TFTP error 1 received (File not found)\n")
    assert names(console) == OLD


def test_a_damaged_file_is_found_before_anything_is_erased() -> None:
    console, _ = ready()
    [image] = console.world.state.server.files
    image.content = image.content[:-2] + b"x\n"
    console.type("tftpdnld", "y").sees("Validating checksum.\nChecksum test failed")
    assert names(console) == OLD
    console.type("TFTP_CHECKSUM=0", "tftpdnld", "y").sees_nothing_of("Validating")
    assert names(console) == [(NEWER, SIZE)]
    console.type("boot").sees("uncompressed image checksum is incorrect")
    assert console.prompt.startswith("rommon ")


def test_a_transfer_that_takes_too_long_ends() -> None:
    console, _ = ready(TFTP_TIMEOUT="20")
    console.type("tftpdnld", "y").sees("TFTP: Operation terminated. Timeout of 20 seconds\n")
    assert names(console) == OLD


def test_a_file_larger_than_flash_is_not_written() -> None:
    console, _ = ready()
    console.router.state.flash.capacity = SIZE - 1
    console.type("tftpdnld", "y").sees("nothing was erased")
    assert names(console) == OLD


def test_the_lab_has_no_image_of_rommon() -> None:
    console, _ = ready()
    console.type("tftpdnld -u").sees("is not a ROMMON image; nothing was changed\n")
    assert names(console) == OLD


def test_quiet_shows_no_marks() -> None:
    console, _ = ready(TFTP_VERBOSE="0")
    console.type("tftpdnld", "y").sees("from 192.0.2.10 \nFile reception completed.")


def begun(console: ConsoleDriver, lasted: int) -> None:
    """A download to flash that has been going on for so long."""
    console.type("tftpdnld")
    console.line.terminal.submit("y")
    console.world.clock.run_to(console.world.now + lasted)


RECEIVING, WRITING = 10 * SECOND, 130 * SECOND


@pytest.mark.parametrize("way", ["ctrl-c", "break"])
def test_until_flash_is_erased_it_can_be_broken_off(way: str) -> None:
    console, bench = ready()
    begun(console, RECEIVING)
    if way == "break":
        bench.succeeds("break R1")
    else:
        console.line.terminal.interrupt()
    assert console.screen.endswith('\nmonitor: command "tftpdnld" aborted due to user interrupt\n')
    assert console.prompt == "rommon 2 > "
    console.pass_time(10 * MINUTE)
    assert names(console) == OLD


def test_once_flash_is_being_written_it_cannot() -> None:
    console, bench = ready()
    begun(console, WRITING)
    assert names(console)[0][1] < SIZE
    console.line.terminal.interrupt()
    bench.succeeds("break R1")
    console.wait()
    assert names(console) == [(NEWER, SIZE)]
    assert not console.line.runner.guarded


def test_a_power_cut_while_flash_is_written_leaves_a_truncated_file() -> None:
    console, bench = ready()
    begun(console, WRITING)
    bench.succeeds("power R1 cycle")
    console.wait()
    [(name, size)] = names(console)
    assert name == NEWER
    assert 0 < size < SIZE
    assert console.prompt == "rommon 1 > "
    console.type("boot").sees("uncompressed image checksum is incorrect")
    assert not console.line.runner.guarded


def test_a_world_saved_while_flash_is_written_ends_as_on_a_dropped_line() -> None:
    console, _ = ready()
    begun(console, WRITING)
    copy = ConsoleDriver(restored(saved(console.world)))
    copy.pass_time(10 * MINUTE)
    [(name, size)] = names(copy)
    assert name == NEWER
    assert 0 < size < SIZE
    assert copy.router.state.board.phase is BoardPhase.ROMMON
    copy.type("set").sees(f"TFTP_FILE={NEWER}\n")


def test_a_world_saved_while_it_is_received_has_its_old_flash() -> None:
    console, _ = ready()
    begun(console, RECEIVING)
    copy = ConsoleDriver(restored(saved(console.world)))
    copy.pass_time(10 * MINUTE)
    assert names(copy) == OLD


@pytest.mark.parametrize("typed", ["xmodem", "xmodem -c", "xmodem -z a.bin", "xmodem a.bin -c"])
def test_xmodem_shows_its_usage(typed: str) -> None:
    rommon().type(typed).sees("usage: xmodem [-cyrxu] [destination filename]\n")


def test_xmodem_waits_for_somebody_to_send() -> None:
    console = rommon()
    console.type("xmodem -c a.bin", "n").sees_exactly("")
    begun_at = console.world.now
    console.type("xmodem -c a.bin", "y").sees("Ready to receive file a.bin ...", "no data received, transfer aborted\n")
    assert console.world.now - begun_at == MINUTE
    console.type("xmodem -cr a.bin").sees("Ready to receive file a.bin ...")
    assert names(console) == OLD
