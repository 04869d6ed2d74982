"""`show ip eigrp interfaces`, and that of IPv6, of a router that hears no other (R: forms, by release)."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_interface

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import text_file, wording
from emulator.kernel.time import SECOND, Duration
from emulator.router.configuration import Block
from emulator.router.network.views import InterfaceView

PEER_QUEUE_SINCE = (15, 2)
NAMED_SO_SINCE = (15, 0)
SLOW_KBIT = 1544


def show_eigrp_interfaces(
    family: str, number: str, views: Iterable[InterfaceView], release: tuple[int, ...], details: Mapping[str, str]
) -> str:
    """Table of the interfaces of a process; `details` stand below an interface, by its name."""
    if release < NAMED_SO_SINCE:
        text = f"{'IP' if family == 'IPv4' else 'IPv6'}-EIGRP interfaces for process {number}\n\n"
    else:
        text = f"EIGRP-{family} Interfaces for AS({number})\n"
    queued = release >= PEER_QUEUE_SINCE
    text += wording("eigrp.interfaces_queued" if queued else "eigrp.interfaces")
    for view in views:
        name = short_name(view.name)
        if queued:
            text += f"{name:<25s}0        0/0       0/0           0       0/0            0           0\n"
        else:
            text += f"{name:<19s}0        0/0         0       0/1            0           0\n"
        text += details.get(view.name, "")
    return text


def details_of(family: str, number: str, block: Block, bandwidth: int, uptime: Duration) -> str:
    """Lines below an interface: its timers and what was sent on it."""
    ip = "ip" if family == "IPv4" else "ipv6"
    slow = bandwidth <= SLOW_KBIT
    hello = int(block.word(f"{ip} hello-interval eigrp {number}", "60" if slow else "5"))
    split = block.lines.get(f"{ip} split-horizon eigrp {number}", "").startswith("no ")
    secret = block.word(f"{ip} authentication mode eigrp {number}")
    chain = block.word(f"{ip} authentication key-chain eigrp {number}")
    return text_file(
        "eigrp_interface",
        hello=hello,
        hold=block.word(f"{ip} hold-time eigrp {number}", "180" if slow else "15"),
        split="disabled" if split else "enabled",
        hellos=uptime // (hello * SECOND),
        authentication=f'{secret},  key-chain is "{chain or "<not set>"}"' if secret else "not set",
    )


FULL_SCALE, SCALE, TENS = 10_000_000, 256, 10
TOPOLOGY_CODES = """Codes: P - Passive, A - Active, U - Update, Q - Query, R - Reply,
       r - reply Status, s - sia Status

"""


def metric(bandwidth: int, delay: int) -> int:
    """Composite metric of a network behind one interface: of its Kbit/s and microseconds, with the usual weights."""
    return SCALE * (FULL_SCALE // bandwidth + delay // TENS)


def show_eigrp_topology(
    number: str, own: str, networks: Iterable[tuple[InterfaceView, int]], release: tuple[int, ...]
) -> str:
    """Table of the networks of a process, each connected (R: form; that of 12.x in a capture)."""
    title = "EIGRP-IPv4" if release >= NAMED_SO_SINCE else "IP-EIGRP"
    text = f"{title} Topology Table for AS({number})/ID({own})\n\n{TOPOLOGY_CODES}"
    for view, distance in networks:
        network = ip_interface(f"{view.address}/{view.prefix}").network
        text += f"P {network}, 1 successors, FD is {distance}\n        via Connected, {view.name}\n"
    return text + "\n"
