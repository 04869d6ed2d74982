"""`call-home test`, `call-home send alert-group`, `show call-home`: messages by e-mail, since 15.2.

R, from the guide to call home: the commands, the two lines before the outcome, that mail servers are tried by their
priority, and the message when none takes the mail; which commands a group sends the output of, as far as the twin has
them. I: the words of the refusals and the times. A profile with HTTP alone finds no service: only mail is carried; the
rate limit is shown and not applied, for a message takes two seconds.
"""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from emulator.console.configuration.conditions import from_release
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.redaction import without_secrets
from emulator.console.render.smart_call_home import (
    CallHomeMessage,
    body,
    mail_server_status,
    settings_text,
    subject,
)
from emulator.console.session.output_modifiers import following
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command, Parsed
from emulator.kernel.effects import Effect, Handler, Request, Say
from emulator.kernel.time import SECOND, Duration
from emulator.router.device import Router
from emulator.router.events import CallHomeMailFailed
from emulator.router.network.smart_call_home import (
    EMAIL,
    CallHomeProfile,
    is_enabled,
    mail_servers,
    profiles,
    sender,
)
from emulator.router.ports import RouterMail

HELP = {
    "call-home": "Call-home",
    "call-home test": "Send a test message",
    "call-home test <text>": "Text of the message, one word",
    "call-home test <text> profile": "Profile that it goes to",
    "call-home test <text> profile <name>": "Profile name",
    "call-home test profile": "Profile that it goes to",
    "call-home test profile <name>": "Profile name",
    "call-home send": "Send a call-home message",
    "call-home send alert-group": "Send the message of an alert group",
    "call-home send alert-group configuration": "Configuration info",
    "call-home send alert-group inventory": "Inventory info",
    **{
        f"call-home send alert-group {group} {words}": text
        for group in ("configuration", "inventory")
        for words, text in (("profile", "Profile that it goes to"), ("profile <name>", "Profile name"))
    },
    "show": "Show running system information",
    "show call-home": "Show call-home settings",
    "show call-home mail-server": "Call-home mail servers",
    "show call-home mail-server status": "Check whether they take mail",
}

DELIVERY: Duration = 2 * SECOND
"""Time in which a mail server takes a message, or refuses it, in milliseconds (I)."""

PARTS = {
    "configuration": ("show version", "show running-config", "show startup-config"),
    "inventory": ("show version", "show inventory", "show license all"),
}
"""Commands whose output a group sends."""

UNREACHED = "ERR 6, error in connecting to SMTP server"


def send_test(session: Session, *, name: str) -> Handler:
    """Send a test message to a profile."""
    yield from send_test_text(session, text="Call home test message", name=name)


def send_test_text(session: Session, *, text: str, name: str) -> Handler:
    """Send a test message with a text to a profile."""
    yield Say(wording("smart_call_home.sending", what="test"))
    yield from _send(session, name, lambda: CallHomeMessage("test", text))


def send_group(session: Session, *, group: str) -> Handler:
    """Send the message of an alert group to all active profiles."""
    yield from _send_group(session, group, None)


def send_group_to(session: Session, *, group: str, name: str) -> Handler:
    """Send the message of an alert group to a profile."""
    yield from _send_group(session, group, name)


def show(session: Session) -> Handler:
    yield Say(settings_text(session.router.configuration))


def show_mail_servers(session: Session) -> Handler:
    router = session.router
    yield Say(wording("smart_call_home.checking"))
    found = []
    for server in mail_servers(router.configuration):
        there = yield Request(partial(router.context.mail.answers, router.name, server.host), DELIVERY)
        found.append((server.host, server.priority, there))
    yield Say(mail_server_status(found))


def _send_group(session: Session, group: str, name: str | None) -> Handler:
    yield Say(wording("smart_call_home.sending", what=f"{group} info"))
    yield from _send(session, name, lambda: CallHomeMessage(group, f"{group} info", _outputs(session, PARTS[group])))


def _send(session: Session, name: str | None, make: Callable[[], CallHomeMessage]) -> Handler:
    """Send a message to the addresses of a profile, or of all active ones."""
    router = session.router
    configuration = router.configuration
    chosen = [each for each in profiles(configuration) if name is None or each.name == name]
    refusal = _refusal(router, name, chosen)
    if refusal:
        yield Say(refusal)
        return
    message = make()
    for address in dict.fromkeys(each for profile in chosen if _mails(profile) for each in profile.addresses):
        mail = RouterMail(sender(configuration), address, subject(router, message), body(router, message))
        taken = yield from _deliver(router, mail)
        if not taken:
            router.tell(CallHomeMailFailed, error=UNREACHED)


def _deliver(router: Router, mail: RouterMail) -> Generator[Effect, Any, bool]:
    """Hand a message to the first mail server that takes it."""
    for server in mail_servers(router.configuration):
        taken = yield Request(partial(router.context.mail.take, router.name, server.host, mail), DELIVERY)
        if taken:
            return True
    return False


def _mails(profile: CallHomeProfile) -> bool:
    return profile.active and EMAIL in profile.methods


def _refusal(router: Router, name: str | None, chosen: list[CallHomeProfile]) -> str:
    """The words for what is missing before anything can be sent; empty if nothing is."""
    configuration = router.configuration
    if not is_enabled(configuration):
        return wording("smart_call_home.disabled")
    if name is not None and not chosen:
        return wording("smart_call_home.no_profile", name=name)
    if not any(_mails(profile) and profile.addresses for profile in chosen):
        return wording("smart_call_home.no_destination")
    if not sender(configuration):
        return wording("smart_call_home.no_contact")
    return "" if mail_servers(configuration) else wording("smart_call_home.no_server")


def _outputs(session: Session, commands: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The commands with what they print, without secrets."""
    return tuple((command, without_secrets("".join(_printed(session, command)))) for command in commands)


def _printed(session: Session, command: str) -> list[str]:
    outcome = session.parse(EXEC, command)
    handler = outcome.run(session, **outcome.arguments) if isinstance(outcome, Parsed) else None
    printed: list[str] = []
    while handler is not None and (effect := following(handler, None)) is not None:
        if isinstance(effect, Say):
            printed.append(effect.text)
    return printed


_WHEN = from_release("15.2")
_SOURCE = "Configuring Call Home, recalled"
COMMANDS = (
    *(Command(line, modes=(EXEC,), privilege=PRIVILEGED, run=run, when=_WHEN, output="call_home_mail",
              source=_SOURCE, basis="R")
      for line, run in (
        ("call-home test profile <name:Word>", send_test),
        ("call-home test <text:Word> profile <name:Word>", send_test_text),
        ("call-home send alert-group <group:configuration|inventory>", send_group),
        ("call-home send alert-group <group:configuration|inventory> profile <name:Word>", send_group_to),
    )),
    Command("show call-home", modes=(EXEC,), privilege=PRIVILEGED, run=show, when=_WHEN, piped=True,
            output="show_call_home", source=_SOURCE, basis="R"),
    Command("show call-home mail-server status", modes=(EXEC,), privilege=PRIVILEGED, run=show_mail_servers, when=_WHEN,
            piped=True, output="show_call_home", source=_SOURCE, basis="R"),
)  # fmt: skip
