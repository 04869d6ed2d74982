"""A real HTTPS server on the loopback that behaves as its script says: answers, drops the line, stays silent, fails."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from emulator.keys.certificates import Issued

DROP, SILENT, DRIP_HEAD, DRIP_BODY = "drop", "silent", "drip the head", "drip the body"

Behaviour = tuple[int, bytes] | tuple[int, bytes, str] | str
"""A status and a body and what `Retry-After` says, or DROP (the request is read, the line cut), or SILENT (nothing
comes for a while), or DRIP_HEAD and DRIP_BODY (a good answer, a byte at a time, for ever)."""

DROP_OF = 0.02
"""Seconds from one byte of an answer that drips to the next."""


class ScriptedServer:
    """Does the next thing of its script at each request; the last one again and again."""

    def __init__(self, script: list[Behaviour], silence: float = 5.0) -> None:
        self.script, self.silence = script, silence
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.port = 0
        self.hung_up = threading.Event()
        """A client has let go of an answer that dripped."""

    def next(self) -> Behaviour:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def serving(server: ScriptedServer, shown: Issued, folder: Path) -> Iterator[ScriptedServer]:
    """Run it under a certificate."""
    chain, key = folder / "shown.pem", folder / "shown.key"
    chain.write_bytes(shown.certificate)
    key.write_bytes(shown.key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    stop = threading.Event()
    host = _Host(("127.0.0.1", 0), _handler(server, stop.wait))
    host.socket = context.wrap_socket(host.socket, server_side=True, do_handshake_on_connect=False)
    server.port = host.server_port
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        host.shutdown()
        host.server_close()
        thread.join()


class _Host(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that refuses the certificate is no mistake here."""


def _handler(server: ScriptedServer, wait: Callable[[float], bool]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.requests.append((self.path, dict(self.headers), body))
            match server.next():
                case "drop":
                    self.close_connection = True
                case "silent":
                    wait(server.silence)
                    self.close_connection = True
                case "drip the head":
                    self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                case "drip the body":
                    self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 1000000\r\n\r\n")
                case (int(status), bytes(content), *after):
                    self.send_response(status)
                    for seconds in after:
                        self.send_header("Retry-After", str(seconds))
                    self.send_header("Content-Type", "application/xml")
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

        def drip(self, begin: bytes) -> None:
            self.close_connection = True
            try:
                self.wfile.write(begin)
                while not wait(DROP_OF):
                    self.wfile.write(b"x")
            except OSError:
                server.hung_up.set()

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    return Handler
