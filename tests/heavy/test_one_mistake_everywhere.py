"""A misspelt key, or a value of another type, anywhere in a scenario with every key is told in one line, its own."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.errors.planted import DATA, KEYS, VALUES, parent_of, told, told_of_misspelt

pytestmark = pytest.mark.heavy


@pytest.mark.parametrize("path", KEYS)
def test_a_misspelt_key_is_told_once_at_its_line(path: str, tmp_path: Path) -> None:
    found, line = told_of_misspelt(path, tmp_path)
    assert [each.where for each in found] == [line]
    assert found[0].problem.endswith(f"Did you mean {path.rpartition('.')[2]}?")


@pytest.mark.parametrize("wrong", [7, "zq0", [[]], {"zq0": {"zq0": 1}}, True], ids=str)
def test_a_value_of_another_type_is_told_once(wrong: Any, tmp_path: Path) -> None:
    many = {}
    for path in VALUES:
        data = deepcopy(DATA)
        node, key = parent_of(data, path)
        if isinstance(wrong, dict) and isinstance(node[key], dict):
            continue  # its keys are missing as well, and that is several mistakes
        node[key] = deepcopy(wrong)
        found, _ = told(data, tmp_path)
        if len(found) > 1 or any(each.where is None for each in found):
            many[path] = list(map(str, found))
    assert many == {}
