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
NEWER = "c880data-universalk9-mz.154-2.T1.bin"

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
    bench.do(f"damage R1 file {IMAGE}")
    console.type("reload", "", "dir flash:", "hello")


LOG_IN = ("lab", "lab")
TARGET = "CISCO881-K9:FTX1405YDC8"


def calling_home(*scripts: tuple[str, ...]) -> Script:
    """A script that calls home with a PAK for two licenses, which stands for `PAK`."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        bench.do("order L-880-AIS= quantity 2")
        pak = next(reversed(console.world.state.backend.paks))
        console.screen = ""
        for command, *answers in scripts:
            console.type(command.replace("PAK", pak), *LOG_IN, *answers)

    return script


FETCH = ("license call-home install pak PAK", "yes")
COUNTERS = ("license comment add advsecurity x", "license save flash:a.lic", "license clear advsecurity",
            "license install flash:a.lic")  # fmt: skip
FORMS = ("", " all", " detail", " feature", " file", " evaluation", " expiring", " in-use", " permanent",
         " image levels", " handle", " udi", " status", " statistics")  # fmt: skip
"""Every form of `show license` but those of the agent and of call home."""

ACCEPT = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
RELOAD = ("reload", "", "", "enable", "terminal length 0")


def in_state(*acts: str) -> Script:
    """Every form of `show license` in a state that the acts lead to; an act that begins with a bar is the bench's."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        for act in acts:
            if act.startswith("|"):
                bench.succeeds(act[1:])
            else:
                console.type(act)
        console.screen = ""
        console.type(*(f"show license{form}" for form in FORMS))

    return script


def upgraded(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    in_state("write", f"license install usbflash0:{file}", *RELOAD)(console, bench)


def used_to_its_limit(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do(f"software get {NEWER} usb", "order FL-WEBVPN-10-K9=")
    pak = next(reversed(console.world.state.backend.paks))
    bench.do(f"portal register {pak} R1")
    file = bench.mail_to("usb")
    bench.do("usb insert R1")
    console.type("write", f"delete flash:{IMAGE}", "", "", f"copy usbflash0:{NEWER} flash:", "")
    in_state(*RELOAD, f"license install usbflash0:{file}", "|users R1 SSL_VPN in 10")(console, bench)


EVALUATION = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "show license")

SCREENS: dict[str, Script] = {
    "boot": first_boot,
    "clock_set": typing("clock set 10:00:00 1 february 2011", "clock set 10:00:01 feb 30 2011", "show clock"),
    "copy": reaching_the_server,
    "copy_running_startup": typing("copy running-config startup-config", ""),
    "debug_license": typing(
        "debug license events",
        "debug license core errors",
        "show debugging",
        "license modify priority advipservices high",
        "no debug license events",
        "show debugging",
        "undebug all",
        "show debugging",
    ),
    "delete": typing(
        "copy flash:c880data-universalk9-mz.150-1.M4.bin flash:old.bin", "", "delete old.bin", "", "", "dir"
    ),
    "dir": typing("dir", "dir usbflash0:"),
    "erase": typing("write", "erase startup-config", "n", "write erase", "", "show startup-config", "reload", "", "no"),
    "exit": typing("exit", ""),
    "format": typing("format usbflash0:", "format flash:", "", "", "dir flash:", "show license in-use", "reload", ""),
    "help": typing("help", "configure terminal", "help"),
    "license_accept": typing(
        "configure terminal",
        "license accept end user agreement",
        "yes",
        "license boot module c880-data level advipservices",
        "do show running-config | include ^license",
        "no license accept end user agreement",
        "end",
        "show license",
    ),
    "license_boot_module": typing(*EVALUATION),
    "license_call_home_install": calling_home(FETCH, FETCH),
    "license_call_home_resend": calling_home(
        FETCH,
        ("license call-home resend", "flash:resend.lic"),
        ("license call-home resend flash:again.lic",),
        ("license call-home resend", ""),
    ),
    "license_call_home_revoke": calling_home(
        FETCH,
        (f"license call-home revoke udi {TARGET}", "1", "yes", "yes", "flash:target.lic"),
        (f"license call-home revoke udi {TARGET}",),
    ),
    "license_clear": clearing,
    "license_comment": typing(
        'license comment add advsecurity "spare unit"',
        "license comment add advipservices x",
        "show license file | include Comment",
        "license comment delete advsecurity",
        "yes",
        "license comment delete advsecurity",
    ),
    "license_install": installing,
    "license_modify_priority": typing(
        "license modify priority advsecurity high",
        "license modify priority foo low",
        "license modify priority advipservices high",
        "license modify priority advipservices low",
    ),
    "license_revoke": revoking,
    "license_save": typing(
        "license save flash:all.lic",
        "license save usbflash0:all.lic",
        "license install flash:all.lic",
        "more flash:all.lic",
    ),
    "license_save_credential": typing(
        "license save credential flash:credential.xml",
        "more flash:credential.xml",
        f"more flash:{IMAGE}",
    ),
    "license_state_pending": in_state(),
    "license_state_accepted": in_state(*ACCEPT),
    "license_state_evaluating": in_state(*ACCEPT, *RELOAD, "|advance 5d"),
    "license_state_expired_in_use": in_state(*ACCEPT, *RELOAD, "|advance 61d"),
    "license_state_expired_not_in_use": in_state(*ACCEPT, *RELOAD, "|advance 61d", *RELOAD),
    "license_state_permanent": upgraded,
    "license_state_consumed": used_to_its_limit,
    "reload": typing("configure terminal", "hostname Lab", "end", "reload", "yes", "", ""),
    "rommon": stopping_in_rommon,
    "show_clock": typing("show clock"),
    "show_inventory": typing("show inventory"),
    "show_license": typing("show license"),
    "show_license_agent": typing(
        "show license agent counters",
        "configure terminal",
        "license agent max-sessions 3",
        "end",
        "show license agent sessions",
    ),
    "show_license_all": typing("show license all"),
    "show_license_call_home_pak": calling_home(("show license call-home pak PAK",)),
    "show_license_detail": typing("show license detail", "show license detail advsecurity"),
    "show_license_evaluation": typing("show license evaluation"),
    "show_license_expiring": typing("show license expiring", *EVALUATION[:-1], "show license expiring"),
    "show_license_feature": typing("show license feature"),
    "show_license_file": typing("show license file"),
    "show_license_handle": typing("show license handle"),
    "show_license_image_levels": typing("show license image levels", *EVALUATION[:-1], "show license image levels"),
    "show_license_in_use": typing("show license in-use"),
    "show_license_permanent": typing("show license permanent"),
    "show_license_statistics": typing("show license statistics", *COUNTERS, "show license statistics"),
    "show_license_status": typing("show license status"),
    "show_license_udi": typing("show license udi"),
    "show_running_config": typing("show running-config"),
    "show_startup_config": typing("show startup-config", "write", "show startup-config"),
    "show_subsys_license": typing("show subsys license"),
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
