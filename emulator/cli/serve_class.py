"""`isrtwin serve --class FILE`: a class with a page for each learner, and one for the teacher."""

import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from emulator.cli.output import say
from emulator.kernel.errors import Refused
from emulator.labs.class_file import read_class
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.serving import ServedClassroom, class_path, copy_of_page
from emulator.runtime.tables_ahead import read_tables_ahead
from emulator.transports.https.hosting import is_loopback

OF_A_WORLD = {
    "recipe": "WORLD.yaml",
    "world": "--world",
    "fresh": "--fresh",
    "at": "--at",
    "router_port_base": "--router-port-base",
    "write_inventory": "--write-inventory",
    "database": "--database",
    "seed": "--seed",
    "smtp": "--smtp",
    "proxy": "--proxy",
    "consoles": "--consoles",
    "gallery": "--gallery",
}
"""Options that mean something for a world alone, by the names of their values."""


def serve_class(options: Namespace, stopping: tuple[signal.Signals, ...]) -> int:
    """Serve until one of these signals stops the process; return the exit status.

    Raises:
        Refused: an option is given that a class does not have.
        EmulatorError: the class is wrong, or cannot be served.
    """
    if wrong := next((shown for name, shown in OF_A_WORLD.items() if getattr(options, name)), None):
        raise Refused(f"{wrong} is for a world; a class has --host and --port-base")
    plan = read_class(options.class_file, copy_of_page)
    read_tables_ahead()
    with ClassDirectory(class_path(plan.name)) as directory:
        served = ServedClassroom(plan, directory, options.host, options.port_base)
        over = Event()
        with _noticed(stopping, over):
            served.start()
            try:
                say(f"Class {plan.title}, {len(plan.learners)} learner(s), {len(plan.labs)} lab(s)")
                for line in served.addresses():
                    say(line)
                if not is_loopback(options.host):
                    say("Warning: other machines can reach this; whoever has a code can use it.")
                say("Ctrl-C stops.")
                sys.stdout.flush()
                over.wait()
            finally:
                served.stop()
    return 0


@contextmanager
def _noticed(stopping: tuple[signal.Signals, ...], over: Event) -> Iterator[None]:
    """Have signals set an event, but for one that is ignored, as `nohup` has it."""
    before = [(number, signal.getsignal(number)) for number in stopping]
    for number, handler in before:
        if handler is not signal.SIG_IGN:
            signal.signal(number, lambda *_: over.set())
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
