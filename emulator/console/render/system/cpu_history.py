"""`show processes cpu history`: the load of the last minute, hour and three days as graphs of characters.

R: the form. The load is that of `show processes cpu`: the router is busy with its boot for a minute, and then idle.
"""

from collections.abc import Sequence

from emulator.console.render.system.memory import cpu_load
from emulator.kernel.time import HOUR, MINUTE, SECOND, Duration

TENS = range(100, 0, -10)
INDENT = " " * 5


def show_cpu_history(uptime: Duration) -> str:
    """Screen of the three graphs; what was before the boot is nothing."""
    seconds = [_at(uptime - number * SECOND) for number in range(60)]
    minutes = [_within(uptime, number, MINUTE) for number in range(60)]
    hours = [_within(uptime, number, HOUR) for number in range(72)]
    shown = (
        _graph([(each, each) for each in seconds], averages=False, last="CPU% per second (last 60 seconds)"),
        _graph(minutes, last="CPU% per minute (last 60 minutes)"),
        _graph(hours, last="CPU% per hour (last 72 hours)"),
    )
    return "\n".join(shown)


def _at(uptime: Duration) -> int:
    return cpu_load(uptime)[0] if uptime >= 0 else 0


def _within(uptime: Duration, number: int, span: Duration) -> tuple[int, int]:
    """Highest and mean load of a span that ended `number` spans ago."""
    end = uptime - number * span
    loads = [_at(end - step * span // 60) for step in range(60)]
    return max(loads), round(sum(loads) / len(loads))


def _graph(loads: Sequence[tuple[int, int]], *, last: str, averages: bool = True) -> str:
    """A graph of the highest loads, the newest at the left, with their figures above."""
    peaks = [f"{peak:3d}" if peak else "   " for peak, _ in loads]
    lines = [f"{INDENT} {''.join(peak[digit] for peak in peaks)}" for digit in range(3)]
    for level in TENS:
        marks = "".join("#" if averages and mean >= level - 5 else "*" if peak >= level - 5 else " "
                        for peak, mean in loads)  # fmt: skip
        lines.append(f"{level:5d} {marks}")
    width = len(loads)
    lines.append(f"{INDENT}{_scale(width)}")
    lines.append(f"{INDENT}{_numbers(width)}")
    lines.append(f"{INDENT}{last:^{width}s}".rstrip())
    if averages:
        lines.append(f"{INDENT}{'* = maximum CPU%   # = average CPU%':^{width}s}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def _scale(width: int) -> str:
    """Row of the upper digits below a graph: a number at each fifth place."""
    return "0" + "".join("." if at % 5 else str(at // 10 or at) for at in range(1, width + 1))


def _numbers(width: int) -> str:
    """Row of the lower digits, from 10 on."""
    return " " + "".join(" " if at % 5 or at < 10 else str(at % 10) for at in range(1, width + 1))
