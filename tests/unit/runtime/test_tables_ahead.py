"""A served world reads its tables before it serves: nothing that happens later needs a file handle for one."""

import subprocess
import sys

import pytest

LIFE = """
import io
from pathlib import Path

from emulator.runtime.tables_ahead import read_tables_ahead

read_tables_ahead()
from tests.driver import ConsoleDriver, world_of

world = world_of()
read = []
Path.read_bytes = Path.read_text = io.open = lambda path, *_, **__: read.append(str(path)) or 1 / 0
console = ConsoleDriver(world).boot()
console.type("configure terminal", "interface Vlan1", "ip address 10.0.0.1 255.255.255.0", "end", "write")
assert not [path for path in read if path.endswith(".toml")], read
print(console.router.hostname)
"""


@pytest.mark.heavy
def test_no_table_is_read_while_a_router_boots_and_is_configured() -> None:
    done = subprocess.run([sys.executable, "-c", LIFE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Router\n", "")
