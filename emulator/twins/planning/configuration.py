"""The configuration of a twin: the captured one, or one made from what the other screens show of it."""

import re
from collections.abc import Sequence

from emulator.captures.facts import ConfigurationFacts
from emulator.router.configuration import SERVICE_URL_KEY, Configuration, boot_level_key
from emulator.router.network.views import SECONDARY
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.interfaces import Seen, interface_lines
from emulator.twins.report import Matter

UNCONFIGURED = ("NVI", "Null", "Virtual-Access")
"""Interfaces that come about by themselves."""


def made_configuration(
    device: CapturedDevice, seen: list[Seen], zone: Sequence[str], module: str, boot_level: str | None
) -> Configuration:
    """Configuration of a device of which none was captured: name, zone, interfaces as seen, boot level."""
    configuration = Configuration()
    name = hostname_of(device)
    if name:
        configuration.lines["hostname"] = f"hostname {name}"
    for line in zone:
        configuration.lines[" ".join(line.split()[:2])] = line
    for each in seen:
        if each.name.startswith(UNCONFIGURED):
            continue
        section = configuration.section(f"interface {each.name}")
        for line in interface_lines(device, each):
            section.lines[_key(line)] = line
    if device.license_status is not None and device.license_status.url is not None:
        configuration.lines[SERVICE_URL_KEY] = f"{SERVICE_URL_KEY} {device.license_status.url}"
    if boot_level is not None:
        key = boot_level_key(module)
        configuration.lines[key] = f"{key} {boot_level}"
        device.twin.tell(Matter.ASSUMED, f"the configuration asks for the level {boot_level}, for that is the next one")
    if device.parts:
        device.twin.tell(
            Matter.ASSUMED,
            "a part of the configuration was captured, not the whole; its lines are typed into one that is made",
            device.parts[0].place("text"),
        )
    else:
        device.twin.tell(Matter.ASSUMED, "no configuration was captured; it is made from what the other screens show")
    return configuration


def _key(line: str) -> str:
    """The words under which a line is kept."""
    if line.endswith(" secondary"):
        return f"{SECONDARY}{line.split()[2]}"
    return re.sub(r"^no ", "", line).split(maxsplit=2)[0] if not line.startswith("ip ") else "ip address"


def hostname_of(device: CapturedDevice) -> str:
    """The name that the router gives itself; its prompt may have cut it."""
    version = device.version
    configuration = next((each for each in device.configurations if each.hostname), None)
    names = [
        (version.hostname, version.place("hostname")) if version is not None and version.hostname else None,
        (configuration.hostname, configuration.place("hostname")) if configuration and configuration.hostname else None,
    ]
    known = [each for each in names if each is not None]
    for name, place in known[1:]:
        if name != known[0][0]:
            device.twin.tell(
                Matter.CONTRADICTION, f"the host name is {name}, but {known[0][0]} at {known[0][1]}", place
            )
    return known[0][0] if known else device.twin.host


def configured(device: CapturedDevice) -> ConfigurationFacts | None:
    """The running configuration; where only the saved one was captured, that."""
    if device.running is None and device.startup is not None and device.startup.text:
        device.twin.tell(Matter.ASSUMED, "only the saved configuration was captured; it is taken for the running one",
                         device.startup.place("hostname"))  # fmt: skip
    facts = device.running or device.startup
    return facts if facts is not None and facts.text else None
