"""net-snmp at a served router: walks, SETs, version 3, a level changed and booted by SNMP alone, informs and traps.

Run as `python -m tests.clients.net_snmp`; it needs the Debian packages snmp and snmptrapd.
"""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.transports.connections.free_ports import free_ports
from tests.served import row_of, serving

WORLD = """\
name: managers
seed: 7
routers:
  R1:
    pid: CISCO881-K9
    powered: true
    startup: |
      hostname R1
      snmp-server community public RO
      snmp-server community private RW
      snmp-server system-shutdown
      snmp-server engineID local {engine}
      snmp-server engineID remote 127.0.0.1 {daemon}
      snmp-server group g v3 priv write v1default
      snmp-server user anna g v3 auth sha authentic priv aes 128 encrypted
      snmp-server user otto g v3 auth md5 authentic priv des encrypted
      snmp-server user inga g remote 127.0.0.1 v3 auth sha authentic priv aes 128 encrypted
      snmp-server enable traps license
      snmp-server host 127.0.0.1 informs version 2c public udp-port {port}
      snmp-server host 127.0.0.1 informs version 3 priv inga udp-port {port}
      snmp-server host 127.0.0.1 traps version 3 priv anna udp-port {port}
      end
"""

ENGINE, DAEMON_ENGINE = "800000090300000000000001", "800000000102030405060708"
DAEMON = f"""\
exactEngineID 0x{DAEMON_ENGINE}
createUser inga SHA authentic AES encrypted
createUser -e 0x{ENGINE} anna SHA authentic AES encrypted
authUser log inga priv
authUser log anna priv
authCommunity log public
"""
"""Configuration of snmptrapd; of an inform its own engine is in command, of a trap that of the router."""

USERS = {"anna": ("SHA", "AES"), "otto": ("MD5", "DES")}

ACTIONS, EXPORTS = "1.3.6.1.4.1.9.9.543.1.1.2.1", "1.3.6.1.4.1.9.9.543.1.3.2.1"
LEVELS = "1.3.6.1.4.1.9.9.640.1.1.1"
AGREED, SAVED, RESTARTED = "1.3.6.1.4.1.9.9.640.1.3.0", "1.3.6.1.4.1.9.2.1.54.0", "1.3.6.1.4.1.9.2.9.9.0"
INSTANCE = r"^(\.[\d.]+) = (?!No more)"
"""Line of an instance; the last line of a walk by version 2c says that nothing is left."""

PORTS = ("--port-base", "0", "--router-port-base", "0")
PATIENCE = 60


class Tools:
    """The command line tools, at one agent."""

    def __init__(self, agent: str) -> None:
        self.agent = agent

    def run(self, tool: str, *words: str, community: str = "private", version: str = "2c") -> str:
        """Output of a tool, which must succeed."""
        done = self._done(tool, *words, community=community, version=version)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def refused(self, tool: str, *words: str, community: str = "private") -> str:
        """Complaint of a tool, which must fail."""
        done = self._done(tool, *words, community=community, version="2c")
        assert done.returncode != 0, done.stdout
        return done.stderr

    def _done(self, tool: str, *words: str, community: str, version: str) -> "subprocess.CompletedProcess[str]":
        command = [tool, f"-v{version}", "-c", community, "-On", "-r", "3", "-t", "5", self.agent, *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

    def secured(self, user: str, tool: str, *words: str, level: str = "authPriv", password: str = "authentic") -> str:
        """All that a tool says that asks by version 3."""
        digest, cipher = USERS[user]
        command = [tool, "-v3", "-l", level, "-u", user, "-a", digest, "-A", password, "-x", cipher, "-X", "encrypted"]
        done = subprocess.run(
            [*command, "-On", "-r", "1", "-t", "5", self.agent, *words],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr

    def value(self, oid: str) -> str:
        """A value as its text alone."""
        return self.run("snmpget", "-Oqv", oid).strip().strip('"')

    def until(self, oid: str, wanted: set[str]) -> str:
        """Ask until a value is one of those that are wanted; an agent that restarts does not answer for a while."""
        limit, value = time.monotonic() + PATIENCE, ""
        while time.monotonic() < limit:
            done = self._done("snmpget", "-Oqv", oid, community="private", version="2c")
            value = done.stdout.strip().strip('"')
            if value in wanted:
                return value
            time.sleep(0.1)
        raise AssertionError(f"{oid} stays {value!r}")


@contextmanager
def trap_daemon(port: int, log: Path) -> Iterator[None]:
    """snmptrapd, which acknowledges informs and writes down what it gets."""
    configuration = log.with_name("snmptrapd.conf")
    configuration.write_text(DAEMON)
    own = {**os.environ, "SNMP_PERSISTENT_DIR": str(log.with_name("persistent"))}
    command = [
        "snmptrapd",
        "-f",
        "-C",
        "-c",
        str(configuration),
        "-n",
        "-On",
        "-Lf",
        str(log),
        f"udp:127.0.0.1:{port}",
    ]
    process = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def walks(tools: Tools) -> None:
    """Walk the whole tree in each way: every way finds the same instances, and the tables can be read."""
    names = {
        tool: re.findall(INSTANCE, tools.run(tool, ".1", community="public"), re.MULTILINE)
        for tool in ("snmpwalk", "snmpbulkwalk")
    }
    assert names["snmpwalk"] == names["snmpbulkwalk"]
    assert len(names["snmpwalk"]) > 300
    first = re.findall(INSTANCE, tools.run("snmpwalk", ".1", community="public", version="1"), re.MULTILINE)
    wide = re.compile(r"\.1\.3\.6\.1\.2\.1\.31\.1\.1\.1\.(6|7|8|9|1[0-3])\.")
    missing = set(names["snmpwalk"]) - set(first)
    assert all(wide.match(name) for name in missing), sorted(missing)[:5]
    assert missing, "version 1 has no counters of 64 bits"
    rest = [name for name in names["snmpwalk"] if not wide.match(name)]
    assert first == rest, sorted(set(first) ^ set(rest))[:5]
    assert "advipservices" in tools.run("snmpwalk", "1.3.6.1.4.1.9.9.543.1.2.4.1.2")
    print(f"walks: {len(names['snmpwalk'])} instances, alike by GETNEXT, GETBULK and version 1")


def version_3(tools: Tools) -> None:
    """Walk and set with authentication and encryption, and see what comes of less."""
    walked = {
        user: re.findall(INSTANCE, tools.secured(user, "snmpbulkwalk", "1.3.6.1.2.1.2"), re.MULTILINE) for user in USERS
    }
    assert (
        walked["anna"] == walked["otto"] == re.findall(INSTANCE, tools.run("snmpwalk", "1.3.6.1.2.1.2"), re.MULTILINE)
    )
    assert '"Cellar"' in tools.secured("anna", "snmpset", "1.3.6.1.2.1.1.6.0", "s", "Cellar")
    assert "authorizationError" in tools.secured("anna", "snmpget", "1.3.6.1.2.1.1.6.0", level="authNoPriv")
    assert "Authentication failure" in tools.secured("anna", "snmpget", "1.3.6.1.2.1.1.6.0", password="a wrong guess")
    print(f"version 3: {len(walked['anna'])} instances with SHA and AES as with MD5 and DES")


def actions(tools: Tools) -> None:
    """Start license actions, see them end, and have wrong ones refused."""
    assert "noAccess" in tools.refused("snmpset", f"{ACTIONS}.20.1", "i", "5", community="public")
    assert "inconsistentValue" in tools.refused("snmpset", f"{ACTIONS}.20.1", "i", "4", f"{ACTIONS}.15.1", "i", "2")
    install = (f"{ACTIONS}.20.1", "i", "4", f"{ACTIONS}.15.1", "i", "2", f"{ACTIONS}.8.1", "s", "flash:none.lic")
    tools.run("snmpset", *install)
    assert tools.until(f"{ACTIONS}.16.1", {"4", "5", "6"}) == "6"
    assert tools.value(f"{ACTIONS}.18.1") == "6"
    tools.run("snmpset", f"{ACTIONS}.20.1", "i", "6")
    tools.run("snmpset", f"{EXPORTS}.13.1", "i", "4", f"{EXPORTS}.9.1", "i", "2", f"{EXPORTS}.8.1", "s", "flash:me.xml")
    assert tools.until(f"{EXPORTS}.10.1", {"4", "5", "6"}) == "4"
    print("actions: refused, failed with their causes, and done")


def upgrade(tools: Tools) -> None:
    """Bring the router from `advsecurity` to `advipservices` with nothing but SNMP."""
    (module,) = re.findall(rf"\.{re.escape(LEVELS)}\.2\.([\d.]+) =", tools.run("snmpwalk", f"{LEVELS}.2"))
    assert tools.value(f"{LEVELS}.2.{module}") == "advsecurity"
    tools.run("snmpset", AGREED, "i", "1")
    tools.run("snmpset", f"{LEVELS}.3.{module}", "s", "advipservices")
    tools.run("snmpset", SAVED, "i", "1")
    tools.run("snmpset", RESTARTED, "i", "2")
    tools.until(f"{LEVELS}.2.{module}", {"advipservices"})
    print("upgrade: advipservices runs after the restart")


def main() -> None:
    """Serve a router and do all of it."""
    with tempfile.TemporaryDirectory() as name:
        scratch, port = Path(name), free_ports(1)
        (scratch / "world.yaml").write_text(WORLD.format(port=port, engine=ENGINE, daemon=DAEMON_ENGINE))
        log = scratch / "traps.log"
        with trap_daemon(port, log):
            process, told = serving(
                str(scratch / "world.yaml"), "--world", str(scratch / "world"), "--pace", "20", *PORTS
            )
            try:
                row = row_of(told)
                tools = Tools(f"udp:{row['Address']}:{row['SNMP']}")
                tools.until("1.3.6.1.2.1.1.5.0", {"R1"})
                walks(tools)
                version_3(tools)
                actions(tools)
                upgrade(tools)
            finally:
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=PATIENCE)
        heard = log.read_text()
    times = heard.count(".1.3.6.1.6.3.1.1.4.1.0 = OID: .1.3.6.1.4.1.9.9.543.0.8")
    assert times == len(("inform 2c", "inform 3", "trap 3")), heard
    print("notifications: snmptrapd has heard by inform, inform of version 3 and trap of version 3 of the agreement")


if __name__ == "__main__":
    main()
