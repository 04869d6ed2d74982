"""Networks are written without what their masks leave out.

R: `network 10.1.1.1 0.0.0.255 area 0` is kept as `network 10.1.1.0 …` by OSPF and EIGRP, a network of RIP, EIGRP or an
address pool that has no mask is one of its class, and a pool writes the mask of the class down; BGP leaves the mask of
the class out. I: a network of BGP without a mask is one of its class too.
"""

from collections.abc import Callable
from ipaddress import IPv4Address
from typing import Any

import msgspec

from emulator.console.configuration.rows import Row
from emulator.router.network.addressing import mask_length, natural_length

ALL = 0xFFFFFFFF


def cut(row: Row, spelled: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Reduce a line and its arguments to the form that is kept."""
    if not row.cut or arguments.get("network") is None:
        return spelled, arguments
    return CUTS[row.cut].cut(spelled, arguments)


def _wildcard(spelled: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    network, wildcard = arguments["network"], arguments.get("wildcard")
    kept = _and(network, ~int(IPv4Address(wildcard)) if wildcard else _mask(natural_length(network)))
    return spelled.replace(network, kept, 1), {**arguments, "network": kept}


def _pool(spelled: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    network = arguments["network"]
    mask = arguments.get("mask") or str(IPv4Address(_mask(natural_length(network))))
    return spelled, {**arguments, "network": _and(network, int(IPv4Address(mask))), "mask": mask}


def _natural(spelled: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    network, mask = arguments["network"], arguments["mask"]
    if mask_length(mask) != natural_length(network):
        return spelled, arguments
    return spelled.removesuffix(f" mask {mask}"), arguments


class CutRule(msgspec.Struct, frozen=True):
    """A rule for reducing a network, and the arguments that it looks at."""

    cut: Callable[[str, dict[str, Any]], tuple[str, dict[str, Any]]]
    needs: tuple[str, ...]


CUTS: dict[str, CutRule] = {
    "wildcard": CutRule(_wildcard, ("network",)),
    "pool": CutRule(_pool, ("network",)),
    "natural": CutRule(_natural, ("network", "mask")),
}


def _mask(length: int) -> int:
    return ALL ^ (ALL >> length)


def _and(network: str, mask: int) -> str:
    return str(IPv4Address(int(IPv4Address(network)) & mask & ALL))
