"""`show running-config`: the configuration in the order of IOS, with its byte count.

C: the frame, the order of its parts (captures of 881s), and that the count runs from the first `!` line through
`end`, one character a line end, plus 2. Lines that the twin does not model are not invented, so a configuration is
shorter than the real router's.
"""

from collections.abc import Iterable

from emulator.router.clocks import moment
from emulator.router.configuration import Section
from emulator.router.device import Router

COUNT_SURPLUS = 2

SERVICES = (
    "no service pad",
    "service timestamps debug datetime msec",
    "service timestamps log datetime msec",
    "no service password-encryption",
)
BOOT_MARKERS = ("boot-start-marker", "boot-end-marker")
FORWARDING = ("ip forward-protocol nd", "!")
TAIL = ("!", "control-plane", "!", "!", "line con 0", " no modem enable", "line aux 0",
        "line vty 0 4", " login", "!", "end")  # fmt: skip

FIXED_LINES = frozenset(
    line.strip()
    for line in (
        *SERVICES,
        *BOOT_MARKERS,
        *FORWARDING,
        *TAIL,
        "no aaa new-model",
        "multilink bundle-name authenticated",
    )
)
"""Lines that every configuration of the twin has, whatever was typed; reading them back changes nothing."""


def show_running_config(router: Router) -> str:
    """The screen of `show running-config`."""
    text = configuration_text(router)
    return f"Building configuration...\n\nCurrent configuration : {len(text) + COUNT_SURPLUS} bytes\n{text}\n"


def configuration_text(router: Router) -> str:
    """The configuration as it is shown, and as `write memory` saves it: from the first `!` through `end`."""
    return "".join(f"{line}\n" for line in _lines(router))


def _lines(router: Router) -> Iterable[str]:
    configuration = router.configuration
    lines = configuration.lines
    yield "!"
    if router.running.configured_at is not None:
        yield f"! Last configuration change at {moment(router.running.configured_at)}"
        yield "!"
    yield f"version {router.manifest.release}"
    yield from (*SERVICES, "!", f"hostname {configuration.hostname}", "!", *BOOT_MARKERS, "!", "!")
    if "enable secret" in lines:
        yield from (lines["enable secret"], "!")
    yield from ("no aaa new-model", f"memory-size iomem {router.platform.iomem_percent}", "!", "!")
    for header, section in configuration.sections.items():
        if header.startswith("ip vrf "):
            yield from _section(section)
    yield from _present(lines, "no ip domain lookup", "ip cef", "ip multicast-routing", "ipv6 unicast-routing")
    yield from ("!", "!", "multilink bundle-name authenticated")
    udi = router.state.udi
    if router.manifest.dialect.license_udi_line:
        yield f"license udi pid {udi.pid} sn {udi.serial}"
    yield from _license_lines(lines)
    yield from ("!", "!")
    for interface in router.platform.interfaces:
        header = f"interface {interface.name}"
        yield header
        yield from _interface_body(configuration.sections.get(header), shut=interface.rule.shut)
        yield "!"
    for header, section in sorted(configuration.sections.items()):
        if header.startswith("router "):
            yield from _section(section)
    yield from FORWARDING
    yield from (line for key, line in lines.items() if key.startswith("snmp-server "))
    yield from TAIL


LICENSE_ORDER = ("license accept", "license boot", "license expand", "license agent default",
                 "license agent listener", "license agent max-sessions", "license agent notify",
                 "license call-home")  # fmt: skip
"""The order of the licensing lines (R for the first two, I for the others)."""


def _license_lines(lines: dict[str, str]) -> Iterable[str]:
    for topic in LICENSE_ORDER:
        yield from (lines[key] for key in sorted(lines) if key.startswith(topic))


def _present(lines: dict[str, str], *keys: str) -> Iterable[str]:
    return (lines[key] for key in keys if key in lines)


def _section(section: Section) -> Iterable[str]:
    yield section.header
    yield from (f" {line}" for line in section.lines.values())
    yield "!"


def _interface_body(section: Section | None, *, shut: bool) -> Iterable[str]:
    lines = section.lines if section else {}
    yield from (f" {lines[key]}" for key in ("description",) if key in lines)
    yield f" {lines.get('ip address', 'no ip address')}"
    if lines.get("shutdown", "shutdown" if shut else "") == "shutdown":
        yield " shutdown"
