"""The system configuration dialog: what a router without a configuration asks, and the script that it makes.

C: basic management setup from the first question to the last (a CISCO1941 with 15.4(3)M3), its complaints and the
script included; passwords are echoed, and an enable password equal to the secret is let through the second time. R:
extended setup, which asks about every interface, and that a host name that cannot be one is asked for again. I: switch
ports stay open, as the VLAN interface needs them; only what can have an address is taken for the management network.
"""

import re
from collections.abc import Generator, Iterable
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Protocol

import msgspec

from emulator.console.line.exec_state import ExecState
from emulator.console.line.line_table import Interpreter
from emulator.console.line.phases import Frame
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED, USER
from emulator.console.render.interfaces.ip_interface_brief import HEAD
from emulator.console.wording import wording
from emulator.console.yes_or_no import yes_or_no
from emulator.hardware.platform import SWITCHED
from emulator.kernel.effects import Ask, Effect, Handler, Say
from emulator.keys.passwords import hash_secret
from emulator.router.device import Router
from emulator.router.network.addressing import is_host, mask_length
from emulator.router.network.views import ADMINISTRATIVELY_DOWN, interface_view

Dialog = Generator[Effect, Any, Any]

PROMPT_ONLY, AGAIN, SAVE = "0", "1", "2"
CLASSES = (("A", 1, 127), ("B", 128, 192), ("C", 192, 224))
"""Old classes of networks: first byte from, and below."""


HOST_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_.-]{0,62}", re.ASCII)
"""Pattern of a host name (R): letters, at least one, digits, hyphens, underscores and points; no blank."""


class _Answers(msgspec.Struct):
    """The answers that the dialog was given."""

    hostname: str = ""
    secret: str = ""
    password: str = ""
    terminal: str = ""
    community: str | None = None
    addresses: dict[str, tuple[str, str]] = {}
    """Address and mask by interface."""
    open: list[str] = []
    """Interfaces that are to be used."""


class EditableLine(Protocol):
    """A line as the dialog uses it to type its script."""

    router: Router
    exec: ExecState

    @property
    def interpreter(self) -> Interpreter:
        """Command line behind the line."""


def set_up(line: EditableLine) -> Handler:
    """Ask whether to run the dialog, and run it."""
    yield Say(wording("console.dialog"))
    if not (yield from yes_or_no(wording("console.dialog_question"))):
        return
    yield Say(wording("setup.introduction"))
    basic = yield from yes_or_no(wording("setup.basic_question"))
    if not basic and (yield from yes_or_no(wording("setup.see_summary"), default=True)):
        yield Say(_summary(line.router))
    while True:
        answers = yield from _global_parameters(line.router)
        yield from (_management_interface if basic else _every_interface)(line.router, answers)
        script = _script(line.router, answers)
        yield Say(wording("setup.script", script="".join(f"{each}\n" for each in script)))
        choice = yield from _selection()
        if choice != AGAIN:
            break
    if choice == SAVE:
        yield from _carry_out(line, script, equal=answers.password == answers.secret)


def abort(router: Router) -> str:
    """Abort the dialog as Ctrl-C does, changing nothing; returns the text to print."""
    router.running.dialog_answered = True
    return wording("setup.aborted")


# --- the questions ---------------------------------------------------------------------------------------------------


def _word(question: str, default: str = "") -> Dialog:
    """One word; without a default it has to be given."""
    while True:
        answer = (yield Ask(question)).strip()
        if answer or default:
            return answer or default
        yield Say(wording("setup.no_default"))


def _global_parameters(router: Router) -> Dialog:
    answers = _Answers()
    yield Say(wording("setup.global"))
    while True:
        answers.hostname = yield from _word(wording("setup.hostname", hostname=router.hostname), router.hostname)
        if HOST_NAME.fullmatch(answers.hostname):
            break
        yield Say(wording("setup.bad_hostname"))
    yield Say(wording("setup.about_secret"))
    answers.secret = yield from _word(wording("setup.secret"))
    yield Say(wording("setup.about_password"))
    answers.password = yield from _word(wording("setup.password"))
    if answers.password == answers.secret:
        yield Say(wording("setup.same_password"))
        answers.password = yield from _word(wording("setup.password"))
    yield Say(wording("setup.about_terminal"))
    answers.terminal = yield from _word(wording("setup.terminal"))
    if (yield from yes_or_no(wording("setup.snmp"), default=True)):
        answers.community = yield from _word(wording("setup.community"), "public")
    return answers


def _management_interface(router: Router, answers: _Answers) -> Dialog:
    yield Say(_summary(router))
    names = _addressable(router)
    while True:
        name = yield from _word(wording("setup.interface"))
        found = [each for each in names if each.lower() == name.lower()]
        if found:
            break
        yield Say(wording("setup.no_interface"))
    answers.open.append(found[0])
    yield from _address(found[0], answers)


def _every_interface(router: Router, answers: _Answers) -> Dialog:
    yield Say(wording("setup.parameters"))
    for name in _addressable(router):
        if (yield from yes_or_no(wording("setup.configure_interface", name=name), default=True)):
            answers.open.append(name)
            yield from _address(name, answers)


def _address(name: str, answers: _Answers) -> Dialog:
    yield Say(wording("setup.configuring", name=name))
    if not (yield from yes_or_no(wording("setup.configure_ip"), default=True)):
        return
    while True:
        address = (yield Ask(wording("setup.address"))).strip()
        if not address:
            continue
        if not _is_host(address):
            yield Say(wording("setup.bad_address"))
            continue
        letter, network, default = _classful(address)
        mask = (yield Ask(wording("setup.mask", mask=default))).strip() or str(default)
        length = _mask_length(mask)
        if length is not None:
            break
        yield Say(wording("setup.bad_mask"))
    answers.addresses[name] = address, mask
    yield Say(wording("setup.network", letter=letter, network=network, bits=length))


def _selection() -> Dialog:
    while True:
        answer = (yield Ask(wording("setup.selection"))).strip() or SAVE
        if answer in {PROMPT_ONLY, AGAIN, SAVE}:
            return answer


# --- what is printed -------------------------------------------------------------------------------------------------


def _summary(router: Router) -> str:
    """List the interfaces with the state of their links; none is OK, for none is configured yet (C).

    C: a port that nobody opened is told as down.
    """
    rows = ""
    for port in router.platform.interfaces:
        view = interface_view(router, port.name)
        status = "down" if view.status == ADMINISTRATIVELY_DOWN else view.status
        rows += f"{port.name:<27s}{'unassigned':<16s}NO  {'unset':<7s}{status:<22s}{view.protocol:<8s}\n"
    return wording("setup.summary", table=HEAD + rows)


def _script(router: Router, answers: _Answers) -> list[str]:
    salted = hash_secret(answers.secret, router.draw("salt"))
    lines = [
        f"hostname {answers.hostname}",
        f"enable secret 5 {salted}",
        f"enable password {answers.password}",
        "line vty 0 4",
        f"password {answers.terminal}",
        "no snmp-server" if answers.community is None else f"snmp-server community {answers.community}",
        "!",
    ]
    for port in router.platform.interfaces:
        used = port.name in answers.open
        lines += ["!", f"interface {port.name}", "no shutdown" if used or port.kind in SWITCHED else "shutdown"]
        lines += [
            f"ip address {' '.join(answers.addresses[port.name])}"
            if port.name in answers.addresses
            else "no ip address"
        ]
        if used:
            lines.append("no mop enabled")
    return [*lines, "!", "end"]


def _carry_out(line: EditableLine, script: Iterable[str], *, equal: bool) -> Dialog:
    """Configure the script and save it; what its lines would say is not shown."""
    from emulator.console.render.files.running_config import configuration_text

    router = line.router
    line.exec.privilege = PRIVILEGED
    line.exec.enter(CONFIG)
    for text in script:
        if text not in {"!", "end"}:
            for _ in line.interpreter.interpret(text) or ():
                pass
    line.exec.frames, line.exec.privilege = [Frame(EXEC)], USER
    router.note_configured("console", "console")
    yield Say((wording("config.password_is_secret") if equal else "") + wording("setup.building"))
    router.save_startup(configuration_text(router))


# --- addresses -------------------------------------------------------------------------------------------------------


def _addressable(router: Router) -> list[str]:
    return [port.name for port in router.platform.interfaces if port.kind not in SWITCHED]


def _is_host(text: str) -> bool:
    """Tell whether it is an address that one host can have."""
    try:
        return is_host(str(IPv4Address(text)))
    except ValueError:
        return False


def _classful(text: str) -> tuple[str, IPv4Address, IPv4Address]:
    """Class, network and natural mask of an address."""
    first = IPv4Address(text).packed[0]
    at = next(rank for rank, (_, low, high) in enumerate(CLASSES) if low <= first < high)
    network = IPv4Network(f"{text}/{8 * (at + 1)}", strict=False)
    return CLASSES[at][0], network.network_address, network.netmask


def _mask_length(text: str) -> int | None:
    """The length of a mask that leaves room for hosts."""
    length = mask_length(text)
    return length if length is not None and 0 < length <= 30 else None
