"""Memory of interfaces and neighbors while IOS runs: counters, ages, and who answers where.

Nothing of it survives a reload. An interface has a record once there is something to tell of it; one without has
counted nothing. I: of the lab's traffic only the router's own echoes are counted (`network/traffic.py`).
"""

import msgspec

from emulator.kernel.time import Instant


class InterfaceCounters(msgspec.Struct, omit_defaults=True):
    """The counters of `show interfaces`, in packets, bytes, bits a second or packets a second, as their lines say."""

    input_size: int = 0
    input_max: int = 75
    input_drops: int = 0
    input_flushes: int = 0
    output_size: int = 0
    output_max: int = 40
    output_drops: int = 0
    input_bits: int = 0
    input_rate: int = 0
    output_bits: int = 0
    output_rate: int = 0
    packets_input: int = 0
    bytes_input: int = 0
    no_buffer: int = 0
    broadcasts: int = 0
    multicasts: int = 0
    runts: int = 0
    giants: int = 0
    throttles: int = 0
    input_errors: int = 0
    crc: int = 0
    frame: int = 0
    overrun: int = 0
    ignored: int = 0
    abort: int = 0
    watchdog: int = 0
    pause_input: int = 0
    dribble: int = 0
    packets_output: int = 0
    bytes_output: int = 0
    underruns: int = 0
    output_errors: int = 0
    collisions: int = 0
    resets: int = 0
    unknown_drops: int = 0
    babbles: int = 0
    late_collisions: int = 0
    deferred: int = 0
    lost_carrier: int = 0
    no_carrier: int = 0
    pause_output: int = 0
    buffer_failures: int = 0
    buffers_swapped: int = 0
    carrier_transitions: int = 0


class InterfaceRecord(msgspec.Struct, omit_defaults=True):
    """The memory of an interface.

    Attributes:
        reliability, txload, rxload: of 255.
        last_input, last_output, output_hang, cleared: instants; None: never.
        stands: status and line protocol, where they do not follow from cables and configuration.
        stands_for: the states that did follow then; once others do, `stands` is ignored.
        address: an address that no line of its own gives: leased, negotiated.
        method: the origin of its address, as `show ip interface brief` names it; empty: by configuration.
        method_for: the address to which `method` belongs.
    """

    counters: InterfaceCounters = msgspec.field(default_factory=InterfaceCounters)
    reliability: int = 255
    txload: int = 1
    rxload: int = 1
    last_input: Instant | None = None
    last_output: Instant | None = None
    output_hang: Instant | None = None
    cleared: Instant | None = None
    stands: tuple[str, str] | None = None
    stands_for: tuple[str, str] | None = None
    address: str = ""
    method: str = ""
    method_for: str = ""


class Neighbour(msgspec.Struct):
    """An entry of the ARP table; `learned` None: an address of the router itself; `hardware` empty: no answer yet."""

    address: str
    hardware: str
    interface: str
    learned: Instant | None = None
    kind: str = "ARPA"
