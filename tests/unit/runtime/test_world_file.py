"""A world file: what it builds, and what is wrong with one, told with file and line."""

from pathlib import Path

import pytest

from emulator.kernel.errors import DataFileError, EmulatorError
from emulator.runtime.world_file import read_world
from emulator.scenarios.loader import Mistakes
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
    with pytest.raises(EmulatorError) as wrong:
        read_world(file)
    (told,) = str(wrong.value).splitlines()[:1] if line is None else str(wrong.value).splitlines()
    assert problem in told
    assert told.startswith(f"{file}:{line or ''}")


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    text = "name: 7\nstart: 2012-02-30\nrouters:\n  R1: {pid: CISCO881-K8, powered: yes}\n"
    file = written(tmp_path, f"{text}  R2: {{pid: CISCO861-K9, serail: FTX1405YDC7}}\n  2R: {{}}\n")
    with pytest.raises(Mistakes) as wrong:
        read_world(file)
    assert str(wrong.value).replace(f"{file}:", "").splitlines() == [
        '1: name: expected text, got a whole number; in quotes it is text: "7"',
        "2: start: '2012-02-30' is not a date and time; write for example 2010-03-01T09:00:00Z",
        "4: routers.R1.powered: expected true or false, got text; write true",
        "4: routers.R1.pid: unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?",
        "5: routers.R2.serail: unknown key 'serail'. Did you mean serial?",
        "6: routers.2R: '2R' is not a name for a router; use a letter, then letters and digits, and not 'bench'",
    ]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataFileError, match="cannot be read"):
        read_world(tmp_path / "none.yaml")
