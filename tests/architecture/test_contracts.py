"""Every contract of the dependency rule is seen to be enforced: a copy of the package with violations is linted."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.plants import CONTRACTS, PLANTS, TOP, Plant

LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's source, with the contracts."""
    copy = tmp_path_factory.mktemp("architecture")
    for file in (TOP / "emulator").rglob("*.py"):
        target = copy / file.relative_to(TOP)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    shutil.copyfile(TOP / "pyproject.toml", copy / "pyproject.toml")
    return copy


@pytest.fixture
def planted(copied: Path) -> Iterator["Planter"]:
    planter = Planter(copied)
    yield planter
    planter.weed()


class Planter:
    """Adds files to the copy, lints it, and takes them away again."""

    def __init__(self, copy: Path) -> None:
        self._copy = copy
        self._files: list[Path] = []

    def add(self, file: str, source: str) -> None:
        path = self._copy / file
        assert not path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
        self._files.append(path)

    def weed(self) -> None:
        for file in self._files:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()

    def lint(self) -> tuple[int, str]:
        """The exit status of import-linter, and its report without the breaks and colours of a terminal."""
        environment = {**os.environ, "PYTHONPATH": str(self._copy), "COLUMNS": "10000", "NO_COLOR": "1"}
        command = [str(LINT), "--no-logo", "--no-cache"]
        done = subprocess.run(command, cwd=self._copy, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def test_the_tree_as_it_is_keeps_every_contract(planted: Planter) -> None:
    status, report = planted.lint()
    assert status == 0, report
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in report


@pytest.fixture(scope="module")
def broken(copied: Path) -> dict[str, set[str]]:
    """The lines reported on each contract that is broken, by its name, with every violation of every one planted."""
    planter = Planter(copied)
    plants = {plant.file: plant for contract in CONTRACTS for plant in PLANTS[contract["type"]](contract)}
    for plant in plants.values():
        planter.add(plant.file, plant.source)
    status, report = planter.lint()
    planter.weed()
    assert status == 1, report
    verdicts = set(re.findall(r"^(.+) BROKEN\b", report, re.MULTILINE))
    _, *parts = re.split(r"^(.+)\n-{3,}$", report, flags=re.MULTILINE)
    sections = {
        name: {line.strip() for line in text.splitlines()} for name, text in zip(*[iter(parts)] * 2, strict=True)
    }
    return {name: sections[name] for name in verdicts}


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_every_violation_of_a_contract_is_reported(contract: dict[str, Any], broken: dict[str, set[str]]) -> None:
    plants: list[Plant] = list(PLANTS[contract["type"]](contract))
    assert plants
    lines = broken[contract["name"]]
    missed = [plant for plant in plants if not any(line.startswith(plant.reported) for line in lines)]
    assert missed == []


def test_the_rules_are_pure_by_way_of_another_room_too(planted: Planter) -> None:
    planted.add("emulator/licensing/planted.py", "import emulator.kernel.between\n")
    planted.add("emulator/kernel/between.py", "import simpy\n")
    status, report = planted.lint()
    assert status == 1
    assert "-   emulator.licensing.planted -> emulator.kernel.between (l.1)" in report
    assert "emulator.kernel.between -> simpy (l.1)" in report


def test_a_room_without_a_layer_is_reported(planted: Planter) -> None:
    planted.add("emulator/cellar/__init__.py", "")
    status, report = planted.lint()
    assert status == 1
    assert "cellar" in report
    assert "Rooms import downwards only BROKEN" in report
