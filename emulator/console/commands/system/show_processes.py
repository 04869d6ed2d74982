"""`show memory statistics`, `show processes [cpu [sorted | history]]`."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.system.cpu_history import show_cpu_history
from emulator.console.render.system.memory import show_memory, show_processes, show_processes_cpu, show_processes_memory
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

SPANS = {
    "5sec": "Sort based on 5 seconds time interval",
    "1min": "Sort based on 1 minute time interval",
    "5min": "Sort based on 5 minutes time interval",
}
HELP = {
    "show": "Show running system information",
    "show memory": "Memory statistics",
    **{f"show processes cpu sorted {span}": text for span, text in SPANS.items()},
    "show processes memory": "Show memory use per process",
    "show processes memory sorted": "Sort the output by memory held",
    "show memory statistics": "Memory pool statistics",
    "show processes": "Active process statistics",
    "show processes cpu": "Show CPU use per process",
    "show processes cpu history": "Show CPU history in graph format",
    "show processes cpu sorted": "Show sorted output based on percentage of usage",
}


def memory(session: Session) -> Handler:
    yield Say(show_memory(session.router))


def processes(session: Session) -> Handler:
    yield Say(show_processes(session.router))


def cpu(session: Session, *, ranked: bool) -> Handler:
    yield Say(show_processes_cpu(session.router, ranked=ranked))


def history(session: Session) -> Handler:
    yield Say(show_cpu_history(session.router.uptime()))


def memory_of_processes(session: Session, *, ranked: bool) -> Handler:
    yield Say(show_processes_memory(session.router, ranked=ranked))


_SOURCE = "IOS configuration fundamentals command reference, recalled; the figures are ours"
COMMANDS = (
    Command("show processes memory", modes=(EXEC,), run=partial(memory_of_processes, ranked=False), piped=True,
            output="show_processes_memory", source=_SOURCE, basis="R"),
    Command("show processes memory sorted", modes=(EXEC,), run=partial(memory_of_processes, ranked=True), piped=True,
            output="show_processes_memory", source=_SOURCE, basis="R"),
    Command("show memory statistics", modes=(EXEC,), run=memory, piped=True, output="show_memory_statistics",
            source=_SOURCE, basis="R"),
    Command("show processes", modes=(EXEC,), run=processes, piped=True, output="show_processes", source=_SOURCE,
            basis="R"),
    Command("show processes cpu", modes=(EXEC,), run=partial(cpu, ranked=False), piped=True,
            output="show_processes", source=_SOURCE, basis="R"),
    Command("show processes cpu history", modes=(EXEC,), run=history, piped=True,
            output="show_processes_cpu_history", source=_SOURCE, basis="R"),
    Command("show processes cpu sorted [5sec | 1min | 5min]", modes=(EXEC,), run=partial(cpu, ranked=True), piped=True,
            output="show_processes", source=_SOURCE, basis="R"),
    Command("show memory", modes=(EXEC,), run=memory, piped=True, output="show_memory_statistics", source=_SOURCE,
            basis="R"),
)  # fmt: skip
