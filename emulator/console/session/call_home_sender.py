"""Messages of call home on their way: what they contain, whom they reach, and what is told where they do not.

R, from the guide to call home: which commands a group sends the output of, as far as the twin has them; mail servers
are tried by their priority. I: by HTTP a message is put on the web server of the lab as `call-home-SERIAL-GROUP`, in
place of the one before.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.redaction import without_secrets
from emulator.console.render.services.smart_call_home import CallHomeMessage, subject, written
from emulator.console.session.output_modifiers import following
from emulator.console.session.session import Session
from emulator.console.session.startup_reader import ReadingSession
from emulator.grammar import Grammar, Parsed
from emulator.kernel.effects import Say
from emulator.router.call_home_state import CallHomeAlert
from emulator.router.device import Router
from emulator.router.events import CallHomeMailFailed, CallHomePostFailed
from emulator.router.network.call_home_alerts import take_place
from emulator.router.network.smart_call_home import (
    EMAIL,
    HTTP,
    CallHomeProfile,
    mail_servers,
    profiles,
    sender,
)
from emulator.router.ports import RouterMail
from emulator.storage.filesystem import NoSpace

PARTS = {
    "configuration": ("show version", "show running-config", "show startup-config"),
    "crash": ("show version", "show logging", "show inventory"),
    "inventory": ("show version", "show inventory", "show license all"),
    "syslog": ("show logging", "show inventory"),
}
"""Commands whose output a group sends."""

NO_SERVER = "ERR 6, error in connecting to SMTP server"
NO_WEB_SERVER = "ERR 205, request aborted"


class CallHomeSender:
    """The sender of what a router sends by itself. Implements `router.ports.AlertSender`."""

    def __init__(self, grammar: Grammar, line: Callable[[str], TerminalLine]) -> None:
        """Get ready; `line` gives an unattended line of a router by its name."""
        self._grammar, self._line = grammar, line

    def send(self, router: str, alert: CallHomeAlert) -> None:
        """Send an alert to the profiles that it names."""
        line = self._line(router)
        line.exec.privilege = PRIVILEGED
        device = line.router
        message = CallHomeMessage(alert.group, alert.text)
        named = [each for each in profiles(device.configuration) if each.name in alert.profiles]
        if not any(each.destinations(how) for each in named for how in (EMAIL, HTTP)):
            return
        message = with_outputs(ReadingSession(device, line, self._grammar), message)
        for mail in mails(device, message, named):
            if take_place(device.running.call_home, device.configuration, device.now):
                tell_mail(device, taken=_give(device, mail))
        for url, text in posts(device, message, named):
            if take_place(device.running.call_home, device.configuration, device.now):
                tell_post(device, taken=post(device, message, url, text))


def with_outputs(session: Session, message: CallHomeMessage) -> CallHomeMessage:
    """Return a message with what the commands of its group print, without secrets."""
    outputs = tuple((each, without_secrets("".join(_printed(session, each)))) for each in PARTS.get(message.name, ()))
    return CallHomeMessage(message.name, message.text, outputs)


def mails(router: Router, message: CallHomeMessage, chosen: list[CallHomeProfile]) -> list[RouterMail]:
    """Write the mails of a message to profiles, one for each address."""
    found = {address: profile for profile in chosen for address in profile.destinations(EMAIL)}
    return [
        RouterMail(sender(router.configuration), address, subject(router, message),
                   written(router, message, profile.written(EMAIL)))
        for address, profile in found.items()
    ]  # fmt: skip


def posts(router: Router, message: CallHomeMessage, chosen: list[CallHomeProfile]) -> Iterator[tuple[str, str]]:
    """Write what goes to profiles by HTTP, with the URL of each."""
    found = {url: profile for profile in chosen for url in profile.destinations(HTTP)}
    for url, profile in found.items():
        yield url, written(router, message, profile.written(HTTP))


def post(router: Router, message: CallHomeMessage, url: str, text: str) -> bool:
    """Put a message on the web server that a URL names; False where it does not get there."""
    system = router.context.server.reach(router.name, urlsplit(url).hostname or "")
    if system is None:
        return False
    ending = "xml" if text.startswith("<?xml") else "txt"
    name = f"call-home-{router.state.udi.serial}-{message.name}.{ending}"
    try:
        system.write(name, text.encode(), router.wall_time().epoch_ms)
    except NoSpace:
        return False
    return True


def tell_mail(router: Router, *, taken: bool) -> None:
    """Report a mail that no server took."""
    if not taken:
        router.tell(CallHomeMailFailed, error=NO_SERVER)


def tell_post(router: Router, *, taken: bool) -> None:
    """Report a message that no web server took."""
    if not taken:
        router.tell(CallHomePostFailed, error=NO_WEB_SERVER)


def _give(router: Router, mail: RouterMail) -> bool:
    """Hand a mail to the first server that takes it."""
    return any(router.context.mail.take(router.name, each.host, mail) for each in mail_servers(router.configuration))


def _printed(session: Session, command: str) -> Iterator[str]:
    outcome = session.parse(EXEC, command)
    handler = outcome.run(session, **outcome.arguments) if isinstance(outcome, Parsed) else None
    while handler is not None and (effect := following(handler, None)) is not None:
        if isinstance(effect, Say):
            yield effect.text
