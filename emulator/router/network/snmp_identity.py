"""What an SNMP agent says of itself by its configuration: chassis number, engine ID, largest packet (R: defaults)."""

from emulator.router.network.host import Host

ENGINE_PREFIX = "800000090300"
"""Beginning of an engine ID: Cisco's number, and that a MAC address follows (RFC 3411)."""

USUAL_PACKET = "1500"
"""Octets of the largest packet unless `snmp-server packetsize` says otherwise."""


def chassis(router: Host) -> str:
    """Chassis number: what the configuration says, or the serial number."""
    return router.configuration.word("snmp-server chassis-id") or router.state.udi.serial


def engine_id(router: Host) -> str:
    """Local engine ID in hexadecimal: what the configuration says, or one that is made of the MAC address."""
    configured = router.configuration.word("snmp-server engineID local")
    return configured or ENGINE_PREFIX + router.state.mac.replace(".", "").upper()


def largest_packet(router: Host) -> int:
    """Octets of the largest packet that the agent takes and sends."""
    return int(router.configuration.word("snmp-server packetsize", USUAL_PACKET))
