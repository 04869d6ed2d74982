"""Managers at the license agent of a served router: curl, and a client of a few lines of the standard library.

Run as `python -m tests.clients.license_agent`; it needs the Debian package curl. A router comes from `advsecurity` to
`advipservices` by its license agent alone: a license file of the portal is installed, and a reload brings the level.
"""

import base64
import http.client
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

from tests.clients.net_snmp import PATIENCE, PORTS
from tests.served import row_of, serving

WORLD = """\
name: agents
seed: 7
routers:
  R1:
    pid: CISCO881-K9
    serial: FTX1405YDC7
    powered: true
    startup: |
      hostname R1
      username anna privilege 15 password 0 lab
      ip http server
      ip http secure-server
      ip http authentication local
      license agent listener http plaintext /lic-agent
      license agent listener http secure /lic-agent
      license agent notify http://127.0.0.1:{port}/licenses
      end
"""
LOG_IN, XML = "anna:lab", "Content-Type: application/xml"
PATH = "/lic-agent"


class Listener(BaseHTTPRequestHandler):
    """Hears notifications, of which it does not acknowledge the first time they come."""

    heard: list[tuple[str, str, str]]
    """Number, event and sender of each copy."""

    def do_POST(self) -> None:
        """Take a notification."""
        document = ElementTree.fromstring(self.rfile.read(int(self.headers["Content-Length"])))
        number, event = (document.findtext(f"NOTIFICATION/{name}", "") for name in ("NUMBER", "EVENT"))
        known = number in [each for each, _, _ in self.heard]
        self.heard.append((number, event, self.client_address[0]))
        self.send_response(204 if known else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Write no log."""


class Agent:
    """The license agent of one router."""

    def __init__(self, address: str, http: str, https: str, ca: Path) -> None:
        self.address, self.http, self.https, self.ca = address, http, https, ca

    def curl(self, *options: str, scheme: str = "https", path: str = PATH) -> tuple[int, str]:
        """Status and body that curl gets; status 0 without an answer."""
        port = self.http if scheme == "http" else self.https
        command = ["curl", "-s", "--cacert", str(self.ca), "-w", "\n%{http_code}", *options]
        done = subprocess.run(
            [*command, f"{scheme}://{self.address}:{port}{path}"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        body, _, status = done.stdout.rpartition("\n")
        return int(status), body

    def wait(self) -> None:
        """Wait until the router has booted."""
        limit = time.monotonic() + PATIENCE
        while self.curl("-u", LOG_IN)[0] != 200:
            assert time.monotonic() < limit, "the agent does not answer"
            time.sleep(0.1)

    def ask(self, *operations: str) -> list[ElementTree.Element]:
        """Results of operations, by a client of the standard library."""
        content = "".join(operations)
        body = f'<LICENSE_AGENT_REQUEST version="1.0"><REQUEST_ID>7</REQUEST_ID>{content}</LICENSE_AGENT_REQUEST>'
        context = ssl.create_default_context(cafile=str(self.ca))
        connection = http.client.HTTPSConnection(self.address, int(self.https), timeout=PATIENCE, context=context)
        log_in = base64.b64encode(LOG_IN.encode()).decode()
        headers = {"Content-Type": "application/xml", "Authorization": f"Basic {log_in}"}
        connection.request("POST", PATH, body, headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        assert response.status == 200, data
        answer = ElementTree.fromstring(data)
        assert answer.findtext("REQUEST_ID") == "7"
        return list(answer)[1:]


def refusals(agent: Agent, scratch: Path) -> None:
    """See what curl is refused, and what it gets."""
    good = scratch / "good.xml"
    good.write_text('<LICENSE_AGENT_REQUEST version="1.0"><REQUEST_ID>1</REQUEST_ID><GET_UDI/></LICENSE_AGENT_REQUEST>')
    laughs = scratch / "laughs.xml"
    laughs.write_text('<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>')
    large = scratch / "large.xml"
    large.write_bytes(b"<a>" * 400_000)
    send = ("-H", XML, "--data-binary")
    for options, path, wanted in (
        (("-u", LOG_IN, *send, f"@{good}"), PATH, 200),
        ((*send, f"@{good}"), PATH, 401),
        (("-u", "anna:guess", *send, f"@{good}"), PATH, 401),
        (("-u", LOG_IN, *send, f"@{good}"), "/", 404),
        (("-u", LOG_IN, "-X", "DELETE"), PATH, 405),
        (("-u", LOG_IN, "-d", f"@{good}"), PATH, 415),
        (("-u", LOG_IN, *send, f"@{laughs}"), PATH, 400),
        (("-u", LOG_IN, *send, f"@{large}"), PATH, 413),
    ):
        for scheme in ("http", "https"):
            status, body = agent.curl(*options, scheme=scheme, path=path)
            assert status == wanted, (status, wanted, options, body)
    status, schema = agent.curl("-u", LOG_IN)
    assert (status, "<xs:schema" in schema) == (200, True)
    print("curl: answered and refused as the page says, by HTTP and HTTPS")


def upgrade(agent: Agent, license_file: bytes) -> None:
    """Bring the router from `advsecurity` to `advipservices` with nothing but its license agent."""
    levels, udi = agent.ask("<GET_LEVELS/>", "<GET_UDI/>")
    assert (levels.findtext("RUNNING"), udi.findtext("SN")) == ("advsecurity", "FTX1405YDC7")
    encoded = base64.b64encode(license_file).decode()
    agreement, installed, again = agent.ask(
        f"<GET_AGREEMENT><FILE>{encoded}</FILE></GET_AGREEMENT>",
        f"<INSTALL><FILE>{encoded}</FILE><ACCEPT_AGREEMENT>true</ACCEPT_AGREEMENT></INSTALL>",
        f"<INSTALL><FILE>{encoded}</FILE></INSTALL>",
    )
    assert agreement.tag == "AGREEMENT"
    assert [each.text for each in installed.iter("END")] == ["installed"]
    assert [each.text for each in again.iter("CAUSE")] == ["already-exists"]
    (licenses,) = agent.ask("<LIST_LICENSES/>")
    number = {
        each.findtext("FEATURE"): each.findtext("NUMBER") for each in licenses if each.findtext("TYPE") == "Permanent"
    }
    noted, saved, credential, levels = agent.ask(
        f"<ANNOTATE><LICENSE>{number['advipservices']}</LICENSE><COMMENT>of the agent</COMMENT></ANNOTATE>",
        "<SAVE_LICENSES/>",
        "<GET_CREDENTIAL/>",
        "<GET_LEVELS/>",
    )
    assert noted.tag == "DONE"
    assert b"of the agent" in base64.b64decode(saved.findtext("CONTENT", ""))
    assert b"DEVICE_CREDENTIAL" in base64.b64decode(credential.findtext("CONTENT", ""))
    assert levels.findtext("NEXT") == "advipservices"
    assert [each.tag for each in agent.ask("<SAVE_CONFIGURATION/>", "<RELOAD/>")] == ["DONE", "DONE"]
    limit = time.monotonic() + PATIENCE
    while True:
        assert time.monotonic() < limit, "the level does not come up"
        try:
            (levels,) = agent.ask("<GET_LEVELS/>")
        except (OSError, AssertionError, http.client.HTTPException):
            time.sleep(0.2)
            continue
        if levels.findtext("RUNNING") == "advipservices":
            break
        time.sleep(0.1)
    (cleared,) = agent.ask(f"<CLEAR><LICENSE>{number['advipservices']}</LICENSE></CLEAR>")
    assert cleared.findtext("CAUSE") == "in-use"
    print("upgrade: advipservices runs after the restart")


def bench(world: Path, *lines: str) -> str:
    """Return what lines at the bench of a world that is not served print."""
    typed = [word for line in lines for word in ("-c", line)]
    done = subprocess.run(
        [sys.executable, "-m", "emulator", "bench", "--world", str(world), *typed],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def bought(world: Path, file: Path) -> bytes:
    """License file for R1 out of the portal of a world that is not served."""
    pak = re.search(r"\(PAK\): (\S+)", bench(world, "order L-880-AIS=", "mail 1"))
    assert pak is not None
    saved = bench(world, f"portal register {pak[1]} R1", "mail save 2 usb")
    name = re.search(r"\S+\.lic", saved)
    assert name is not None, saved
    bench(world, f"get {name[0]} usb to {file}")
    return file.read_bytes()


def main() -> None:
    """Serve a router and do all of it."""
    Listener.heard = []
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        world = scratch / "world"
        (scratch / "world.yaml").write_text(WORLD.format(port=listener.server_address[1]))
        where = (str(scratch / "world.yaml"), "--world", str(world), "--pace", "60", *PORTS)
        process, _ = serving(*where)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        license_file = bought(world, scratch / "r1.lic")
        process, told = serving(*where)
        try:
            row = row_of(told)
            agent = Agent(row["Address"], row["HTTP"], row["HTTPS"], world / "tls" / "ca.pem")
            agent.wait()
            refusals(agent, scratch)
            upgrade(agent, license_file)
            limit = time.monotonic() + PATIENCE
            while Listener.heard.count(("1", "clmgmtLicenseInstalled", row["Address"])) < 2:
                assert time.monotonic() < limit, Listener.heard
                time.sleep(0.1)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE)
            listener.shutdown()
            listener.server_close()
    print("notifications: sent again until they were acknowledged")


if __name__ == "__main__":
    main()
