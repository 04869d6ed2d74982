"""A file that a client stored on a router is in the journal, and a replay has it too."""

from pathlib import Path

from emulator.console.line.inputs import FileStored
from emulator.runtime.held_world import hold
from emulator.runtime.replay import replaying, same_state
from emulator.runtime.scripted_console import Script
from emulator.storage.urls import FileUrl
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.recipe import RouterRecipe


def test_a_replay_has_the_file(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path / "world") as directory:
        held = hold(directory, fresh=False, first=RouterRecipe(serial="FTX1405YDC7", powered=True))
        Script(held, "R1", lambda _: None).run(["show clock"])
        lines = held.world.lines_of("R1")
        assert lines.store_file(FileUrl("flash", "a.lic"), b"x", 10) is None
        assert lines.store_file(FileUrl("flash", "none/a.lic"), b"x", 1) is not None
        held.save()
        held.world.close()
        state = directory.load()
        assert state is not None
        history = History(directory)
        kept = [entry.input for entry in history.entries(state.stretch) if isinstance(entry.input, FileStored)]
        assert [(each.url, each.content, each.size) for each in kept] == [
            ("flash:/a.lic", b"x", 10),
            ("flash:/none/a.lic", b"x", 1),
        ]
        with replaying(history.origin(state.stretch)) as replay:
            replay.play(history.entries(state.stretch))
            assert same_state(replay.state(state.now), state)
            assert replay.world.router("R1").state.flash.find("a.lic") is not None
