"""A world file: what it builds, and what is wrong with one, told with file and line."""

from pathlib import Path

import pytest

from emulator.kernel.errors import DataFileError
from emulator.runtime.world_file import read_world
from emulator.world.build import new_world

GOOD = """\
name: lab
routers:
  R1:
    powered: true
    rsa_key: 1024
    startup: |
      hostname Edge
      ip domain name lab.example
      end
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "lab.yaml"
    file.write_text(text)
    return file


def test_a_router_boots_what_the_file_says(tmp_path):
    world = new_world(read_world(written(tmp_path, GOOD)))
    world.clock.run_while(lambda: world.lines_of("R1").console.busy)
    router = world.router("R1")
    assert router.hostname == "Edge"
    assert [(key.name, key.bits) for key in router.running.rsa_keys] == [("Edge.lab.example", 1024)]


@pytest.mark.parametrize(
    ("found", "put", "line", "problem"),
    [
        ("name: lab", "name: ../lab", 1, "is not a name for a world"),
        ("name: lab", "name: lab\nstart: yesterday", 2, "is not a date and time"),
        ("    powered: true", "    pid: CISCO881-K8", 4, "Did you mean"),
        ("    powered: true", "    power: true", 4, "Did you mean powered?"),
        ("    rsa_key: 1024", "    rsa_key: 128", 5, "an RSA key has 360 to 4096 bits, not 128"),
        ("      ip domain name lab.example\n", "", 5, "is named after `hostname` and `ip domain name`"),
        ("  R1:", "  R1 and:", 3, "is not a name for a router"),
        ("routers:", "routers: [", None, "is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, found, put, line, problem):
    file = written(tmp_path, GOOD.replace(found, put, 1))
    with pytest.raises(DataFileError) as wrong:
        read_world(file)
    assert problem in str(wrong.value)
    assert wrong.value.path == str(file)
    assert line is None or wrong.value.where == line


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataFileError, match="cannot be read"):
        read_world(tmp_path / "none.yaml")
