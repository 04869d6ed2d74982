"""The golden screens: one short script for each, and what the console shows while it is played.

`tests/golden/NAME.txt` holds what `NAME` must show, byte for byte. To write the files anew after a change that was
meant, run `python -m tests.screens [NAME ...]` in the top directory, and read the difference before it is committed.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.driver import BenchDriver, ConsoleDriver, world_of

GOLDEN = Path(__file__).parent / "golden"
IMAGE = "c880data-universalk9-mz.150-1.M4.bin"

Script = Callable[[ConsoleDriver, BenchDriver], object]


def typing(*lines: str) -> Script:
    """A script that only types."""
    return lambda console, _: console.type(*lines)


def installing(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.screen = ""
    console.type(f"license install usbflash0:{file}", f"license install usbflash0:{file}", "show license")


def clearing(console: ConsoleDriver, bench: BenchDriver) -> None:
    installing(console, bench)
    console.screen = ""
    console.type("license clear advipservices", "yes", "license clear advipservices", "license clear advsecurity")


def revoking(console: ConsoleDriver, bench: BenchDriver) -> None:
    installing(console, bench)
    bench.do("usb remove R1", "portal permission R1")
    ticket = bench.mail_to("usb")
    bench.do("usb insert R1")
    console.screen = ""
    revoke = f"license revoke usbflash0:{ticket} flash:rehost.xml"
    console.type(revoke, "yes", revoke, "show license detail advipservices")


def reaching_the_server(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("software get c880data-universalk9-mz.154-2.T1.bin tftp")
    console.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    console.screen = ""
    console.type("copy tftp: flash:", "192.0.2.10", "c880data-universalk9-mz.154-2.T1.bin", "", "dir flash:")


def first_boot(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("power R1 off")
    console.screen = ""
    console.boot()


def stopping_in_rommon(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do(f"damage R1 {IMAGE}")
    console.type("reload", "", "dir flash:", "hello")


EVALUATION = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "show license")

SCREENS: dict[str, Script] = {
    "boot": first_boot,
    "copy": reaching_the_server,
    "copy_running_startup": typing("copy running-config startup-config", ""),
    "delete": typing(
        "copy flash:c880data-universalk9-mz.150-1.M4.bin flash:old.bin", "", "delete old.bin", "", "", "dir"
    ),
    "dir": typing("dir", "dir usbflash0:"),
    "exit": typing("exit", ""),
    "help": typing("help", "configure terminal", "help"),
    "license_boot_module": typing(*EVALUATION),
    "license_clear": clearing,
    "license_install": installing,
    "license_revoke": revoking,
    "reload": typing("configure terminal", "hostname Lab", "end", "reload", "yes", "", ""),
    "rommon": stopping_in_rommon,
    "show_clock": typing("show clock"),
    "show_license": typing("show license"),
    "show_license_detail": typing("show license detail", "show license detail advsecurity"),
    "show_license_udi": typing("show license udi"),
    "show_running_config": typing("show running-config"),
    "show_startup_config": typing("show startup-config", "write", "show startup-config"),
    "show_version": typing("show version"),
    "write": typing("write"),
}


def play(name: str) -> str:
    """What the screen `name` shows."""
    world = world_of("R1")
    console, bench = ConsoleDriver(world), BenchDriver(world)
    console.boot()
    console.screen = ""
    SCREENS[name](console, bench)
    return console.screen + console.prompt


def main(names: list[str]) -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name in names or SCREENS:
        (GOLDEN / f"{name}.txt").write_text(play(name), encoding="utf-8")
        print(f"tests/golden/{name}.txt")


if __name__ == "__main__":
    main(sys.argv[1:])
