"""Certificates of a chain: lines of hexadecimal digits up to `quit`.

C: how a certificate is printed (capture of an 881 with 15.5(3)M8), the lines of it kept as they were given, and that a
saved configuration names the file that has them (a 2811 with 15.1). The digits are not looked into (I).
"""

from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say

MODE = "config-cert-chain"
KINDS = {"self-signed": "Certificate the router signed", "ca": "Certificate of the certification authority"}
END = "quit"
GROUPS = 8

HELP = {
    "certificate": "Enter or delete a certificate",
    "certificate <serial>": "Serial number of the certificate",
    **{f"certificate {kind}": text for kind, text in KINDS.items()},
    **{f"certificate {kind} <serial>": "Serial number of the certificate" for kind in KINDS},
    "certificate <serial> <url>": "File that has the certificate",
    **{f"certificate {kind} <serial> <url>": "File that has the certificate" for kind in KINDS},
    "no": "Negate a command or set its defaults",
}


def certificate(session: Session, *, kind: str | None, serial: str) -> Handler:
    """Take the digits of a certificate."""
    key = _key(kind, serial)
    block = session.block
    if session.interactive:
        yield Say(wording("config.certificate_text"))
    lines = [key]
    while lines[-1].strip() != END:
        lines.append((yield Ask("")))
    if session.interactive:
        lines = [key, *map(_printed, lines[1:-1]), f"  \t{END}"]
    block.lines[key] = "\n".join(lines)
    session.router.running.changed = True


def certificate_in_file(session: Session, *, kind: str | None, serial: str, url: str) -> None:
    """Keep the name of the file that has the digits, as a saved configuration has it."""
    key = _key(kind, serial)
    session.block.lines[key] = f"{key} {url}"
    session.router.running.changed = True


def _printed(line: str) -> str:
    """A full line of digits ends with a blank, the last one does not (C)."""
    groups = line.split()
    return f"  {' '.join(groups)}{' ' if len(groups) == GROUPS else ''}"


def forget(session: Session, *, kind: str | None, serial: str) -> None:
    if session.block.remove(_key(kind, serial)):
        session.router.running.changed = True


def _key(kind: str | None, serial: str) -> str:
    return f"certificate {kind} {serial}" if kind else f"certificate {serial}"


_LINE = "certificate [<kind:self-signed|ca>] <serial:Word>"
_SOURCE = "running configuration of an 881 (15.5(3)M8)"
COMMANDS = (
    Command(_LINE, modes=(MODE,), run=certificate, source=_SOURCE, basis="C"),
    Command(f"{_LINE} <url:Word>", modes=(MODE,), run=certificate_in_file, source=_SOURCE, basis="R"),
    Command(f"no {_LINE}", modes=(MODE,), run=forget, source=_SOURCE, basis="R"),
)
