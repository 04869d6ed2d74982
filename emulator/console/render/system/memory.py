"""`show memory statistics`, `show processes`, `show processes cpu`: what a router that does little uses.

R: forms and the names of the processes. I: the figures, which follow from the product, the image, the configuration and
the time since the boot, so that they are the same in every replay and move as those of an idle router do.
"""

import msgspec

from emulator.images.memory import expanded_bytes
from emulator.kernel.time import HOUR, MINUTE, SECOND, Duration
from emulator.router.device import Router

KIB = 1024
PROCESSOR_HEAD, IO_HEAD = 0x82E0E4C0, 0x0E000000
TAKEN_BY_IOS = 28_400_000
"""Bytes of the heap that IOS has taken once it is up."""


class Process(msgspec.Struct, frozen=True):
    """A process: the milliseconds that it runs in an hour, and its invocations in a minute."""

    name: str
    hourly: int
    calls: int
    queue: str = "Mwe"


PROCESSES = (
    Process("Chunk Manager", 0, 0, "Cwe"),
    Process("Load Meter", 60, 12, "Csp"),
    Process("Crypto IKMP", 0, 0),
    Process("Check heaps", 5400, 8, "Lst"),
    Process("Pool Manager", 0, 0, "Cwe"),
    Process("Timers", 0, 0, "Mst"),
    Process("License Client N", 20, 1),
    Process("Licensing Auto U", 4, 1),
    Process("IPC Periodic Tim", 30, 60),
    Process("ARP Input", 40, 6),
    Process("Net Background", 25, 60),
    Process("Logger", 1, 1),
    Process("TTY Background", 12, 60),
    Process("Per-Second Jobs", 240, 60, "Msp"),
    Process("Per-minute Jobs", 180, 1),
    Process("Net Input", 15, 12),
    Process("IP Input", 60, 6),
    Process("CDP Protocol", 90, 12),
    Process("Compute load avgs", 70, 12),
    Process("VLAN Manager", 6, 1),
    Process("SNMP Timers", 5, 2),
    Process("Exec", 100, 30),
    Process("Syslog Traps", 1, 1),
)


class Pool(msgspec.Struct, frozen=True):
    """A pool of memory, in bytes."""

    name: str
    head: int
    total: int
    used: int

    @property
    def free(self) -> int:
        """Bytes that are free."""
        return self.total - self.used

    @property
    def lowest(self) -> int:
        """Fewest bytes that were free since the boot."""
        return self.free - self.free // 50

    @property
    def largest(self) -> int:
        """Bytes of the largest block that is free."""
        return self.free - self.free // 40


def pools(router: Router) -> tuple[Pool, Pool]:
    """Processor and I/O memory."""
    platform, manifest = router.platform, router.manifest
    total = max(platform.main_kib * KIB - expanded_bytes(manifest.size), TAKEN_BY_IOS * 5 // 4)
    kept = sum(len(line) for block in router.configuration.walk() for line in block.lines.values())
    buffered = router.running.log.size
    iomem = platform.iomem_kib * KIB
    return (
        Pool("Processor", PROCESSOR_HEAD, total, TAKEN_BY_IOS + 8 * kept + buffered),
        Pool("I/O", IO_HEAD, iomem, iomem * 9 // 20),
    )


def show_memory(router: Router) -> str:
    """Screen of `show memory`: the pools."""
    head = "                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)\n"
    return head + "".join(
        f"{pool.name:>9s}{pool.head:11X}{pool.total:12d}{pool.used:12d}{pool.free:12d}"
        f"{pool.lowest:12d}{pool.largest:12d}\n"
        for pool in pools(router)
    )


def show_processes_cpu(router: Router, *, ranked: bool = False) -> str:
    """Screen of the processor time of each process; ranked: the busiest first."""
    uptime = router.uptime()
    rows = list(enumerate(PROCESSES, start=1))
    if ranked:
        rows.sort(key=lambda row: (-row[1].hourly, row[0]))
    head = " PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process \n"
    return _load(uptime) + head + "".join(_cpu_row(number, process, uptime) for number, process in rows)


PROCESS_BYTES, STACK_BYTES = 232, 7_000
"""Bytes that a process allocates at its start, and its stack with what belongs to it."""


def show_processes_memory(router: Router, *, ranked: bool = False) -> str:
    """Screen of the memory of each process, or by how much each holds; what IOS took at its start is of *Init*."""
    processor, io = pools(router)
    head = "".join(
        f"{name:>9s} Pool Total: {pool.total:10d} Used: {pool.used:10d} Free: {pool.free:10d}\n"
        for name, pool in (("Processor", processor), ("I/O", io))
    )
    kept = STACK_BYTES * len(PROCESSES)
    rows = [_memory_row(0, processor.used - kept, 0, processor.used - kept, "*Init*")]
    rows += [
        _memory_row(number, PROCESS_BYTES, PROCESS_BYTES, STACK_BYTES, process.name)
        for number, process in enumerate(PROCESSES, start=1)
    ]
    if ranked:
        rows.sort(key=lambda row: -int(row.split()[4]))
    titles = "\n PID TTY  Allocated      Freed    Holding    Getbufs    Retbufs Process\n"
    return f"{head}{titles}{''.join(rows)}{processor.used:40d} Total\n"


def _memory_row(number: int, allocated: int, freed: int, holding: int, name: str) -> str:
    return f"{number:4d}   0 {allocated:10d} {freed:10d} {holding:10d} {0:10d} {0:10d} {name:<16s}\n"


def show_processes(router: Router) -> str:
    """Every process with its stack."""
    uptime = router.uptime()
    head = " PID QTy       PC Runtime (ms)    Invoked   uSecs    Stacks TTY Process\n"
    rows = []
    for number, process in enumerate(PROCESSES, start=1):
        runtime, calls, each = _work(process, uptime)
        address = 0x80200000 + number * 0x1B40
        figures = f"{runtime:12d} {calls:10d} {each:7d}"
        rows.append(f"{number:4d} {process.queue} {address:08X} {figures}  5100/6000    0 {process.name:<16s}\n")
    return _load(uptime) + head + "".join(rows)


def cpu_load(uptime: Duration) -> tuple[int, int]:
    """Load in percent over five seconds and over the last minutes; a router that has just booted is busy with it."""
    return 24 if uptime < MINUTE else 1, 9 if uptime < 5 * MINUTE else 1


def _load(uptime: Duration) -> str:
    now, recent = cpu_load(uptime)
    return f"CPU utilization for five seconds: {now}%/0%; one minute: {recent}%; five minutes: {recent}%\n"


def _work(process: Process, uptime: Duration) -> tuple[int, int, int]:
    """Milliseconds that it ran, how often, and microseconds each time."""
    runtime = process.hourly * uptime // HOUR
    calls = process.calls * uptime // MINUTE + 1
    return runtime, calls, runtime * SECOND // calls


def _cpu_row(number: int, process: Process, uptime: Duration) -> str:
    runtime, calls, each = _work(process, uptime)
    share = process.hourly * 100 / HOUR
    shares = f"{share:5.2f}% {share:5.2f}% {share:5.2f}%"
    return f"{number:4d} {runtime:11d} {calls:11d} {each:10d} {shares}   0 {process.name:<16s}\n"
