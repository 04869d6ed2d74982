"""Finding and reading scenarios."""

from pathlib import Path

from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.resources import data_directory
from emulator.kernel.yamlfile import read_yaml
from emulator.scenarios.model import Scenario
from emulator.scenarios.problems import problems

FILE, TRANSCRIPT = "scenario.yaml", "transcript.txt"


def scenario_names(directory: Path | None = None) -> list[str]:
    """The scenarios that are shipped."""
    return sorted(file.parent.name for file in (directory or data_directory("scenarios")).glob(f"*/{FILE}"))


def find_scenario(name: str) -> Path:
    """The file of a scenario given by name or by path.

    Raises:
        UnknownName: no scenario has that name.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name)
        return path / FILE if path.is_dir() else path
    if name not in scenario_names():
        raise UnknownName("scenario", name, scenario_names())
    return data_directory("scenarios") / name / FILE


def load_scenario(path: Path) -> Scenario:
    """Read and check a scenario file.

    Raises:
        DataFileError: with the line, where there is one.
    """
    file = read_yaml(path, Scenario)
    for where, problem in problems(file.data):
        raise DataFileError(file.name, file.line(where), f"{where}: {problem}")
    return file.data
