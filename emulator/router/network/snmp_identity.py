"""Identity of an SNMP agent, by its configuration: chassis number, engine ID, largest packet (R: defaults).

R: the ID of an engine has 24 digits, and those that are missing at its end are zeros; that of a manager that
acknowledges informs is configured, as the keys of its users depend on it.
"""

import re

from emulator.router.network.host import Host

ENGINE_PREFIX = "800000090300"
"""Beginning of an engine ID: Cisco's number, and that a MAC address follows (RFC 3411)."""

_ENGINE = re.compile(r"[0-9A-F]{24}")

USUAL_PACKET = "1500"
"""Octets of the largest packet unless `snmp-server packetsize` says otherwise."""


def chassis(router: Host) -> str:
    """Chassis number: what the configuration says, or the serial number."""
    return router.configuration.word("snmp-server chassis-id") or router.state.udi.serial


def engine_id(router: Host) -> str:
    """Local engine ID in hexadecimal: what the configuration says, or one that is made of the MAC address."""
    configured = router.configuration.word("snmp-server engineID local")
    return configured if _ENGINE.fullmatch(configured) else ENGINE_PREFIX + router.state.mac.replace(".", "").upper()


def remote_engine(router: Host, address: str) -> str | None:
    """Engine ID in hexadecimal of a manager, by its address; None: it is not configured."""
    configured = router.configuration.word(f"snmp-server engineID remote {address}").rpartition(" ")[2]
    return configured if _ENGINE.fullmatch(configured) else None


def largest_packet(router: Host) -> int:
    """Octets of the largest packet that the agent takes and sends."""
    return int(router.configuration.word("snmp-server packetsize", USUAL_PACKET))
