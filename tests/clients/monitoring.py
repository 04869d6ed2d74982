"""Monitoring tools at a served router: the commands of `docs/monitoring.md` as they stand there, and pysnmp.

Run as `python -m tests.clients.monitoring [PYTHON]`, with the Python of an environment that has pysnmp; it needs the
Debian packages prometheus-snmp-exporter, monitoring-plugins-standard and curl.
"""

import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from emulator.transports.connections.free_ports import free_ports
from tests.clients.net_snmp import PATIENCE, PORTS
from tests.served import row_of, serving

PAGE = Path(__file__).parents[2] / "docs" / "monitoring.md"
MANAGER = Path(__file__).with_name("pysnmp_manager.py")
SHOWN_AGENT, SHOWN_EXPORTER = "127.1.0.1:161", "127.0.0.1:9116"

WORLD = """\
name: monitored
seed: 7
routers:
  R1:
    pid: CISCO881-K9
    powered: true
    startup: |
      hostname R1
      snmp-server community public RO
      snmp-server group g v3 priv write v1default
      snmp-server user anna g v3 auth sha authentic priv aes 128 encrypted
      snmp-server user inga g v3 auth md5 authentic priv 3des encrypted
      end
"""


def commands(agent: tuple[str, str], exporter: str) -> list[list[str]]:
    """The commands of the page, at this router and exporter."""
    address, port = agent
    found = []
    for line in re.findall(r"^```sh\n(.*?)\n```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        here = line.replace(SHOWN_AGENT, f"{address}:{port}").replace("127.1.0.1 -p 161", f"{address} -p {port}")
        found.append(shlex.split(here.replace(SHOWN_EXPORTER, exporter)))
    return found


def output(command: list[str], wanted: str) -> str:
    """Output of a command, which is repeated until it says what is wanted: a router boots, an exporter starts."""
    limit, said = time.monotonic() + PATIENCE, ""
    while time.monotonic() < limit:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        said = done.stdout + done.stderr
        if wanted in said:
            return said
        time.sleep(0.1)
    raise AssertionError(f"{shlex.join(command)}: {said}")


def tools(agent: tuple[str, str], scratch: Path) -> None:
    """Run the commands of the page: an exporter and what is asked of it, then those that end."""
    exporter = f"127.0.0.1:{free_ports(1)}"
    settings = re.search(r"<!-- snmp.yml -->\n```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert settings is not None
    (scratch / "snmp.yml").write_text(settings[1])
    start, *asked = commands(agent, exporter)
    process = subprocess.Popen(start, cwd=scratch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wanted = {"curl": 'feature="advsecurity"', "sysName": 'SNMP OK - "R1"', "left": "SNMP OK - 5184000"}
    try:
        for (name, text), command in zip(wanted.items(), asked, strict=True):
            output(command, text)
            print(f"monitoring: {name} as the page says")
    finally:
        process.terminate()
        process.wait(PATIENCE)


def pysnmp(python: str, agent: tuple[str, str]) -> None:
    """Have pysnmp walk, set and start an action."""
    said = output([python, str(MANAGER), *agent], "\naction ")
    rows = dict(line.split(" ", 1) for line in said.splitlines() if not line.startswith("walk"))
    assert rows["public"].startswith("noAccess"), said
    assert rows["anna"].startswith("noError"), said
    assert rows["place"] == rows["inga"] == "noError Attic", said
    assert rows["action"].startswith("noError"), said
    assert "FastEthernet4" in said, said
    assert "advipservices" in said, said
    print("pysnmp: walks, a SET by version 3 with AES, a GET with triple DES, and a license action")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "world.yaml").write_text(WORLD)
        process, told = serving(
            str(scratch / "world.yaml"), "--world", str(scratch / "world"), "--pace", "20", *PORTS
        )  # fmt: skip
        try:
            row = row_of(told)
            agent = row["Address"], row["SNMP"]
            tools(agent, scratch)
            if sys.argv[1:]:
                pysnmp(sys.argv[1], agent)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE)


if __name__ == "__main__":
    main()
