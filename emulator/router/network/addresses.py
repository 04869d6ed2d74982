"""Addresses by their range alone."""

from ipaddress import IPv4Address


def is_loopback(address: str) -> bool:
    """Tell whether an address is one of the loopback interface, in version 4: the network of a served world."""
    try:
        return IPv4Address(address).is_loopback
    except ValueError:
        return False
