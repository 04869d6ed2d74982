"""Every act of the license manager, found in its grammar: it asks for a permission before it does anything.

Who has which permission is in `unit/manager/test_roles`. An act that asks for none fails here; one that is refused says
the same of what is there as of what is not, and leaves nothing but a line in the audit trail.
"""

import argparse
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.cli.manager_grammar import add_manager_acts
from emulator.manager.context import ManagerContext
from emulator.manager.errors import NotAllowed
from emulator.manager.roles import ManagerAction, ManagerRole, actions_of

R1, R2 = "CISCO881-K9:FTX1405YDC7", "CISCO881-K9:FTX1405YDC8"

PRESENT = {
    "udi": R1,
    "udis": R1,
    "name": "first",
    "pak": "D4Y22SMARGQ",
    "feature": "advipservices",
    "level": "advipservices",
    "url": "https://127.0.0.1:1/",
    "ranges": "127.0.0.1",
    "to": "noc@example.net",
}
ABSENT = PRESENT | {"udi": R2, "udis": R2, "name": "none", "pak": "D4Y22SMARGZ"}
OTHER = "1"
"""Word for all other arguments."""

ALSO: dict[tuple[str, ...], tuple[str, ...]] = {("alert",): ("--smtp", "127.0.0.1:1")}
"""Options that an act needs though its grammar does not say so."""

SERVING = {"serve"}
"""Acts that let others come in, who are asked one by one."""


def _leaves(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], list[argparse.Action]]]:
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not below:
        yield path, [each for each in parser._actions if each.required or not each.option_strings]
    for each in below:
        for name, command in each.choices.items():
            yield from _leaves(command, (*path, name))


def _acts() -> dict[tuple[str, ...], list[argparse.Action]]:
    parser = argparse.ArgumentParser()
    add_manager_acts(parser)
    return {path: needed for path, needed in _leaves(parser) if path[0] not in SERVING}


ACTS = _acts()


class Manager:
    """A manager with a device, a group and a user of each role."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder / "m", folder / "file"
        self.file.write_text("x", encoding="utf-8")
        for role in ManagerRole:
            self.run(("user", "keep"), (f"as-{role}", role))
        self.run(("portal",), ("https://127.0.0.1:1/",))
        self.run(("add",), (R1,))
        for kind in ("group", "user"):
            self.run((kind, "keep"), ("first", *(["ReportMgr"] if kind == "user" else ())))

    def run(self, path: tuple[str, ...], words: Sequence[str], user: str = "local") -> int:
        own = ("--manager", str(self.folder), "--as", user)
        return main(["manager", path[0], *own, *path[1:], *words])

    def words(self, needed: list[argparse.Action], known: dict[str, str]) -> tuple[list[str], list[str]]:
        """Required options and positional words of an act."""
        options, words = list[str](), list[str]()
        for each in needed:
            word = (
                str(self.file) if each.type is Path else str(next(iter(each.choices or [known.get(each.dest, OTHER)])))
            )
            (options.extend((each.option_strings[0], word)) if each.option_strings else words.append(word))
        return options, words

    def act(self, path: tuple[str, ...], known: dict[str, str], user: str = "local") -> int:
        options, words = self.words(ACTS[path], known)
        return self.run((*path, *options, *ALSO.get(path, ())), words, user)

    @property
    def records(self) -> bytes:
        return (self.folder / "manager.db").read_bytes()


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> Manager:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO("token\n"))
        return Manager(tmp_path_factory.mktemp("manager"))


@pytest.mark.parametrize("path", ACTS, ids=" ".join)
def test_an_act_asks_before_it_does_anything(
    manager: Manager, path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[ManagerAction] = []

    def refuse(context: ManagerContext, action: ManagerAction) -> None:
        asked.append(action)
        raise NotAllowed(context.user, ManagerRole.REPORT, action)

    monkeypatch.setattr("sys.stdin", io.StringIO("x\n" * 9))
    before = manager.records
    with monkeypatch.context() as patch:
        patch.setattr(ManagerContext, "require", refuse)
        assert manager.act(path, PRESENT) == 2, capsys.readouterr()
    assert len(asked) == 1, capsys.readouterr()
    assert manager.records == before
    least = [role for role in ManagerRole if asked[0] not in actions_of(role)][-1:]
    capsys.readouterr()
    for role in least:
        told = set()
        for known in (PRESENT, ABSENT):
            assert manager.act(path, known, f"as-{role}") == 2
            out, err = capsys.readouterr()
            assert out == ""
            told.add(err)
        assert len(told) == 1
        assert told.pop().endswith(f" 'as-{role}' may not {asked[0]}: the role is {role}\n")
