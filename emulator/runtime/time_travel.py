"""Going back: snapshots put back, the last input undone, forks, and visits to the past.

A state of the past comes from a snapshot, or from the copy that its stretch began with and the inputs since. What is
put back lies whole in a folder of the world's directory before anything is replaced, so a process that is killed in
the middle goes on with it when the world is next opened.
"""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from emulator import __version__
from emulator.backend.store.copying import copy_database
from emulator.console.line.inputs import (
    ClientConnected,
    ClientGone,
    ClientServed,
    LineAttended,
    LinePrepared,
    LineSized,
    LinesMade,
    ScreenTaken,
)
from emulator.kernel.errors import Refused, printable
from emulator.kernel.time import Instant, clock_line
from emulator.license_agent.inputs import AgentCounted
from emulator.runtime.replay import WorldReplay, read_state, replaying
from emulator.runtime.world_file import NAME
from emulator.runtime.world_paths import world_option
from emulator.snmp.inputs import SnmpCounted, SnmpRefused
from emulator.world.build import open_world
from emulator.world.directory import DATABASE, FILE, WorldDirectory
from emulator.world.history import STATE, History, Label, write_label
from emulator.world.inputs import AddressesGiven, CallsCarried, LettersPosted, Reopened, ReplyReceived, WorldInput
from emulator.world.journal import Entry
from emulator.world.recipe import parse_start
from emulator.world.saved_file import is_older, written
from emulator.world.secret_file import read_secret, write_secret
from emulator.world.state import WorldState
from emulator.world.world import World

ON_A_SERVER = "the records of this world are on a server; such a world can be neither copied nor put back"

ASIDE = (
    Reopened,
    LinesMade,
    LineAttended,
    LinePrepared,
    LineSized,
    ScreenTaken,
    ClientConnected,
    ClientServed,
    ClientGone,
    CallsCarried,
    AddressesGiven,
    LettersPosted,
    ReplyReceived,
    SnmpCounted,
    SnmpRefused,
    AgentCounted,
)
"""Inputs that were not typed: `undo` takes them back with the input before them."""


def is_undone_alone(what: WorldInput) -> bool:
    """Tell whether `undo` takes an input back by itself; reads and untyped inputs go with the one before."""
    return not isinstance(what, ASIDE) and not getattr(what, "look", False)


def undo(directory: WorldDirectory) -> Entry:
    """Put a world that no process has open back to before the last thing that was done, and return that input's entry.

    Raises:
        Refused: nothing was done in this stretch of its history.
    """
    history, state = History(directory), loaded(directory)
    for last in reversed(typed(directory)):
        with replaying(history.origin(state.stretch)) as replay:
            replay.play(entry for entry in history.leading_to(state) if entry.number < last.number)
            replay.reach(last)
            if not replay.refuses(last.input):
                _put_back(history, replay)
                return last
    raise Refused(nothing_done(directory))


def typed(directory: WorldDirectory) -> list[Entry]:
    """The inputs of this stretch of a world's history that were typed or asked and are no mere looks, oldest first."""
    history, state = History(directory), loaded(directory)
    history.origin(state.stretch)
    return [entry for entry in history.leading_to(state) if is_undone_alone(entry.input)]


def nothing_done(directory: WorldDirectory) -> str:
    """Reason why nothing can be taken back."""
    if directory.is_visit:
        return "nothing was done since this visit to the past began"
    show = f"isrtwin world show{world_option(directory.path)}"
    return f"nothing was done since this stretch of the world's history began; see `{show}`"


def restore(directory: WorldDirectory, name: str) -> Label:
    """Put a world that no process has open back to a snapshot; a new stretch of its history begins there.

    Raises:
        UnknownName: there is no such snapshot.
        DataFileError: the snapshot is damaged, or of a newer version; the world is as it was.
        Refused: the records of the world are on a server.
    """
    if directory.server() is not None:
        raise Refused(ON_A_SERVER)
    history = History(directory)
    folder = sound_snapshot(history, name)
    history.place(folder, keeps_journal=False)
    history.finish_placing()
    return history.label(folder)


def sound_snapshot(history: History, name: str) -> Path:
    """The folder of a snapshot, which was read; one of an older format is read when it is upgraded.

    Raises:
        UnknownName: there is no such snapshot.
        DataFileError: it is damaged, or of a newer version.
    """
    folder = history.find(name)
    if not is_older(folder / STATE):
        read_secret(folder, read_state(folder))
    return folder


def visit(directory: WorldDirectory, moment: datetime, target: Path) -> WorldState:
    """Write the world as it was at a moment of its calendar into another directory.

    Raises:
        Refused: the moment is not in the present stretch of its history.
    """
    history, state = History(directory), loaded(directory)
    folder = history.origin(state.stretch)
    start = parse_start(state.start)
    first, at = read_state(folder).now, (moment - start) // timedelta(milliseconds=1)
    if not first <= at <= state.now:
        began, ended = (clock_line(start + timedelta(milliseconds=each)) for each in (first, state.now))
        raise Refused(f"the history that is kept goes from {began} to {ended}; {clock_line(moment)} is not in it")
    with replaying(folder) as replay:
        replay.play(entry for entry in history.leading_to(state) if entry.at <= at)
        return copy_out(replay, target, at)


def loaded(directory: WorldDirectory) -> WorldState:
    state = directory.load()
    if state is None:
        raise Refused(f"there is no world in {directory.path}")
    if state.database is not None:
        raise Refused(ON_A_SERVER)
    return state


def _put_back(history: History, replay: WorldReplay) -> None:
    """Have the state of a replay take the place of the world it was played from."""
    with TemporaryDirectory(prefix="isrtwin-") as name:
        folder, state = Path(name), replay.state()
        write_secret(folder, replay.world.secret)
        (folder / STATE).write_bytes(written(state))
        write_label(folder, Label(__version__, state.now, state.stretch, state.inputs))
        replay.world.close()
        if replay.database.is_file():
            copy_database(replay.database, folder / DATABASE)
        history.place(folder, keeps_journal=True)
    history.finish_placing()


def fork_target(name: str, beside: Path) -> Path:
    """Find the directory of a fork: beside a world or, for a name with a slash, where that leads.

    Raises:
        Refused: it cannot be the name of a world.
    """
    if "\0" in name or not NAME.fullmatch(name.rstrip("/").rpartition("/")[2]):
        raise Refused(f"'{printable(name)}' is not a name for a world; use letters, digits, '.', '_' and '-'")
    return Path(name) if "/" in name else beside / name


def fork(directory: WorldDirectory, target: Path, snapshot: str | None = None) -> None:
    """Make a world of its own out of the saved state, or out of a snapshot.

    Raises:
        Refused: there is something in the target directory already.
        UnknownName: there is no such snapshot.
    """
    state, source = loaded(directory), directory.path
    if snapshot is not None:
        source = History(directory).find(snapshot)
        state = read_state(source)
    fork_state(state, source, target)


def fork_state(state: WorldState, source: Path, target: Path) -> None:
    """Make a world of its own out of a state.

    Args:
        state: as it is in memory.
        source: the folder with its secret and the records of its back end.
        target: the directory of the new world, which is called after it.

    Raises:
        Refused: there is something in the target directory already.
    """
    if target.exists() and any(target.iterdir()):
        raise Refused(f"there is something in {target} already")
    secret = read_secret(source, state)
    with WorldDirectory(target) as made:
        if (source / DATABASE).is_file():
            copy_database(source / DATABASE, made.database)
        made.keep_secret(secret)
        made.save(replace(state, name=target.name, stretch=0, inputs=0))


NOW, START = "now", "start"


def opened_copy(directory: WorldDirectory, name: str, folder: Path) -> World:
    """A copy of a state, brought to life to be looked at.

    Args:
        directory: of the world.
        name: `now`, `start` of the present stretch, a snapshot, or another world: beside this one, or a path.
        folder: a new folder for the copy of the records.

    Raises:
        UnknownName: there is no such state.
        Refused: the other world is held by another process, or its records are on a server.
    """
    history, state = History(directory), loaded(directory)
    if name == NOW:
        return _opened(state, directory.path, folder)
    if name != START and name not in history.snapshots():
        other = directory.home.parent / name
        if _has_world(other):
            with WorldDirectory(other) as held:
                return _opened(loaded(held), other, folder)
    source = history.origin(state.stretch) if name == START else history.find(name)
    return _opened(read_state(source), source, folder)


def _has_world(folder: Path) -> bool:
    """Tell whether a world lies in a folder; one whose name cannot be that of a file has none."""
    try:
        return (folder / FILE).is_file()
    except (OSError, ValueError):
        return False


def _opened(state: WorldState, source: Path, folder: Path) -> World:
    """Open a state over a copy of the records in its folder."""
    folder.mkdir(mode=0o700)
    if (source / DATABASE).is_file():
        copy_database(source / DATABASE, folder / DATABASE)
    return open_world(state, folder / DATABASE, secret=read_secret(source, state))


def copy_out(replay: WorldReplay, target: Path, at: Instant | None = None) -> WorldState:
    """Write a replayed world into a directory of its own."""
    state = replay.state(at)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with WorldDirectory(target) as made:
        replay.world.close()
        if replay.database.is_file():
            copy_database(replay.database, made.database)
        state.stretch = state.inputs = 0
        made.keep_secret(replay.world.secret)
        made.save(state)
    return state
