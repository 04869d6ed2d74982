"""Finding and reading scenarios: includes, variables and the matrix, and every mistake at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError, EmulatorError, Refused, UnknownName, printable
from emulator.kernel.host_paths import below
from emulator.kernel.resources import data_directory
from emulator.kernel.yamlfile import YamlTree, read_tree, value_at
from emulator.scenarios.model import OTHER_KEYS, SLOT, Scenario, Step
from emulator.scenarios.problems import problems
from emulator.scenarios.salvage import UnreadStep, salvaged, unread_step
from emulator.scenarios.value_source import ValueSource, source_of
from emulator.scenarios.variables import TooMany, Values, combinations, filled

FILE, TRANSCRIPT = "scenario.yaml", "transcript.txt"

MOST_STEPS = 2000
"""Steps of a scenario, with those of included files; an `include` is one."""


class Mistakes(EmulatorError):
    """Everything that is wrong with a file, in the order of its lines."""

    def __init__(self, found: tuple[DataFileError, ...]) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.found)


class Place(msgspec.Struct, frozen=True):
    """File and line of a step.

    Attributes:
        checks: the lines of its predicates, where it has a list of them.
    """

    file: str
    line: int | None
    checks: tuple[int | None, ...] = ()

    def of_check(self, number: int | None) -> "Place":
        """Place of one predicate of a list, counted from 0; of the step for None or where there is no list."""
        return Place(self.file, self.checks[number]) if number is not None and self.checks else self


class Variant(msgspec.Struct, frozen=True):
    """A scenario with one combination of its matrix; `values` are those that tell it from the others."""

    name: str
    values: dict[str, str]
    scenario: Scenario


class LoadedScenario(msgspec.Struct, frozen=True):
    """A file that was read: its variants, and where each step stands."""

    name: str
    path: Path
    places: tuple[Place, ...]
    variants: tuple[Variant, ...]


def scenario_names(directory: Path | None = None) -> list[str]:
    """The scenarios that are shipped."""
    return sorted(file.parent.name for file in (directory or data_directory("scenarios")).glob(f"*/{FILE}"))


def find_scenario(name: str) -> Path:
    """The file of a scenario given by name or by path.

    Raises:
        UnknownName: no scenario has that name.
        Refused: a file has it, which needs its ending.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name)
        return path / FILE if path.is_dir() else path
    if name not in scenario_names():
        beside = next((each for each in (f"{name}.yaml", f"{name}.yml") if Path(each).is_file()), None)
        if beside is not None:
            raise Refused(
                f"there is no scenario '{printable(name)}', but a file; a file is named with its ending: {beside}"
            )
        raise UnknownName("scenario", name, scenario_names())
    return data_directory("scenarios") / name / FILE


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file; of one with a matrix the first combination.

    Raises:
        Mistakes: it is wrong.
        DataFileError: it is no YAML file.
    """
    return load(path.parent.name, path).variants[0].scenario


def load(name: str, path: Path, given: Values | None = None) -> LoadedScenario:
    """Read and check a scenario file, in all combinations of its matrix.

    Raises:
        Mistakes: it is wrong; all that is.
        DataFileError: it, or what it includes, is no YAML file.
        UnknownName: a variable is given that it does not have.
    """
    return _Reading(path, given or {}).result(name)


class _PlacedStep(msgspec.Struct, frozen=True):
    """The data of a step, with the file that it is from and its path there."""

    data: Any
    file: YamlTree
    path: str


def _place(step: _PlacedStep) -> Place:
    checks = step.data.get("check")
    count = len(checks) if isinstance(checks, list) else 0
    lines = tuple(step.file.line(f"{step.path}.check[{number}]") for number in range(count))
    return Place(step.file.name, step.file.line(step.path), lines)


class _Reading:
    """One file being read."""

    def __init__(self, path: Path, given: Values) -> None:
        self._path, self._given = path, given
        self._matrix: dict[str, tuple[str, ...]] = {}
        self._file = read_tree(path)
        self._steps: list[_PlacedStep] = []
        self._seen = 0
        self._complete = True
        """Every step was found, those of included files too."""
        self._included: dict[tuple[Path, str], YamlTree | DataFileError] = {}
        self._found: dict[tuple[str, int, str], DataFileError] = {}
        self._traced: set[ValueSource] = set()

    def result(self, called: str) -> LoadedScenario:
        """Scenario that was read."""
        data = self._file.data
        if not isinstance(data, dict):
            self._tell_all(mistakes(data, Scenario))
            raise self._mistakes()
        if set(data) == {"steps"}:
            raise DataFileError(self._file.name, None, "has `steps` alone, as a file to include has; it is no scenario")
        self._take_in(self._file, (self._path.resolve(),))
        self._complete = self._complete and (bool(self._steps) or not self._found)
        header = {key: value for key, value in data.items() if key != "steps"}
        self._tell_all(mistakes({**header, "steps": []} if "steps" in data else header, Scenario))
        sound, lost = salvaged({**header, "steps": []})
        for key, texts in data["matrix"].items() if isinstance(data.get("matrix"), dict) else ():
            if texts == []:
                self._tell(self._file, f"matrix.{key}", "is a list without values")
        self._matrix = {key: tuple(map(str, texts)) for key, texts in (sound.get("matrix") or {}).items() if texts}
        if len(self._matrix) < len(sound.get("matrix") or {}):
            lost |= {"matrix"}
        if not self._complete:
            lost |= {"steps"}
        variants = []
        for values in self._combinations(_texts(sound.get("variables"))):
            chosen = {key: values[key] for key in self._matrix}
            scenario = self._filled(sound, values, lost)
            if scenario is not None:
                label = ",".join(f"{key}={value}" for key, value in chosen.items())
                variants.append(Variant(f"{called}[{label}]" if label else called, chosen, scenario))
        if self._found:
            raise self._mistakes()
        return LoadedScenario(called, self._path, tuple(map(_place, self._steps)), tuple(variants))

    def _combinations(self, variables: Values) -> list[Values]:
        """The combinations of the matrix; of too many the first."""
        try:
            return combinations(variables, self._matrix, self._given)
        except TooMany as error:
            self._tell(self._file, "matrix", str(error))
            return combinations(variables, {name: texts[:1] for name, texts in self._matrix.items()}, self._given)

    def _filled(self, header: Mapping[str, Any], values: Values, lost: frozenset[str]) -> Scenario | None:
        """The scenario with these values; None where it is wrong."""
        before = len(self._found)
        steps, unread = self._well_typed([filled(step.data, values) for step in self._steps])
        scenario = msgspec.convert({**filled(header, values), "steps": steps}, Scenario)
        for number, where, problem in problems(scenario, lost, unread, self._path.parent):
            step = None if number is None else self._steps[number]
            file, path = (self._file, where) if step is None else (step.file, _joined(step.path, where))
            self._tell_where_set(file, path, problem, values)
        return scenario if len(self._found) == before else None

    def _well_typed(self, steps: list[Any]) -> tuple[list[Any], dict[int, UnreadStep]]:
        """The steps, with a note in the place of each that is none, and what is known of these."""
        typed: list[Any] = []
        unread: dict[int, UnreadStep] = {}
        for number, (step, data) in enumerate(zip(self._steps, steps, strict=True)):
            found = list(mistakes(data, Step))
            for where, problem in found:
                other = OTHER_KEYS.get(where)
                told = f"unknown key '{where}'. {other}" if other is not None else problem
                self._tell(step.file, _joined(step.path, where), told)
            typed.append({"note": ""} if found else data)
            if found:
                unread[number] = unread_step(data)
        return typed, unread

    def _take_in(self, file: YamlTree, through: tuple[Path, ...]) -> None:
        """Gather the steps of a file and of those that it includes."""
        steps = file.data.get("steps") if isinstance(file.data, dict) else None
        if not isinstance(steps, list):
            if len(through) > 1 or (steps is not None and isinstance(file.data, dict)):
                self._lose(file, "steps", "a list of steps is wanted here")
            return
        for number, step in enumerate(steps):
            path = f"steps[{number}]"
            self._seen += 1  # an `include` too, since files that hold nothing else could be included for ever
            if not (isinstance(step, dict) and "include" in step):
                self._steps.append(_PlacedStep(step, file, path))
            elif set(step) - {"include", "note"} or not isinstance(step["include"], str):
                self._lose(file, path, "`include` names a file and stands alone, or with a note")
            else:
                self._include(file, path, step["include"], through)
            if self._seen > MOST_STEPS:
                self._lose(file, path, f"there are more than {MOST_STEPS} steps, with all that is included")
                return

    def _include(self, file: YamlTree, path: str, name: str, through: tuple[Path, ...]) -> None:
        if SLOT.search(name):
            self._lose(file, f"{path}.include", f"{name}: values are not filled into the name of a file")
            return
        try:
            included = below(self._path.parent, name, through[-1].parent)
        except Refused as error:
            self._lose(file, f"{path}.include", str(error))
            return
        if included in through:
            chain = " -> ".join(each.name for each in (*through[through.index(included) :], included))
            self._tell(file, f"{path}.include", f"includes itself: {chain}")
            return
        tree = self._read(included, str(Path(file.name).parent / name))
        if isinstance(tree, DataFileError):
            self._lose(file, f"{path}.include", str(tree))
            return
        if isinstance(tree.data, dict):
            for key in sorted(set(tree.data) - {"steps"}):
                self._tell(tree, key, "what is included has `steps` alone")
        self._take_in(tree, (*through, included))

    def _read(self, path: Path, name: str) -> YamlTree | DataFileError:
        """A file that is included, or why it cannot be; it is read once, however often it is included."""
        if (path, name) not in self._included:
            try:
                self._included[path, name] = read_tree(path, name)
            except DataFileError as error:
                self._included[path, name] = error
        return self._included[path, name]

    # --- mistakes ----------------------------------------------------------------------------------------------

    def _tell_all(self, found: Iterator[tuple[str, str]]) -> None:
        for where, problem in found:
            self._tell(self._file, where, problem)

    def _lose(self, file: YamlTree, where: str, problem: str) -> None:
        """Tell a mistake that hides steps."""
        self._complete = False
        self._tell(file, where, problem)

    def _tell_where_set(self, file: YamlTree, where: str, problem: str, values: Values) -> None:
        """Tell a mistake where the value is set that makes it, and where it is used; or else in its place."""
        source = source_of(value_at(file.data, where), problem, values, self._given, self._matrix)
        if source is None:
            self._tell(file, where, problem)
            return
        if source in self._traced:
            return
        self._traced.add(source)
        line = file.line(where)
        place = f"line {line}" if file is self._file and not source.setting else f"{file.name}:{line}"
        used = f"{problem} (used in {shown_path(where)}, {place})"
        if source.setting:
            self._found[source.setting, 0, used] = DataFileError(source.setting, None, used)
        else:
            self._tell(self._file, source.path, used)

    def _tell(self, file: YamlTree, where: str, problem: str) -> None:
        line = file.line(where)
        text = f"{shown_path(where)}: {problem}" if where else problem
        self._found.setdefault((file.name, line or 0, text), DataFileError(file.name, line, text))

    def _mistakes(self) -> Mistakes:
        order = {file.name: number for number, file in enumerate([self._file, *(step.file for step in self._steps)])}
        ordered = sorted(self._found, key=lambda key: (order.get(key[0], len(order)), key[1]))
        return Mistakes(tuple(self._found[key] for key in ordered))


def _joined(path: str, where: str) -> str:
    return f"{path}{where}" if not where or where.startswith(("[", ".")) else f"{path}.{where}"


def _texts(data: Any) -> dict[str, str]:
    return {key: str(value) for key, value in (data or {}).items()}
