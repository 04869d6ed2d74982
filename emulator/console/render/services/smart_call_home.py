"""Call home of releases since 15.2: its settings, the state of its mail servers, and a message as text.

R, from the guide to call home of IOS: the names and order of the settings and of a message's fields; a short text has
the device, the time and the event alone. I: what stands where nothing is set; the subject; the elements of XML, which
are not the vendor's; fields that have no meaning here are empty.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

import msgspec

from emulator.router.clocks import moment
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.smart_call_home import is_enabled, mail_servers, profiles, rate_limit, settings

UNSET = "Not yet set up"
GROUPS = {
    "configuration": "configuration info",
    "crash": "crash and traceback info",
    "environment": "environmental info",
    "inventory": "inventory info",
    "syslog": "syslog info",
}
"""Alert groups, with what they tell of."""


class CallHomeMessage(msgspec.Struct, frozen=True):
    """A message to be sent.

    Attributes:
        name: what it tells of: an alert group, or `test`.
        text: one line that says why it is sent.
        outputs: commands with what they print.
    """

    name: str
    text: str
    outputs: tuple[tuple[str, str], ...] = ()


def settings_text(configuration: Configuration) -> str:
    """Screen of `show call-home`."""
    rows = [f"    {name}: {value}" for name, value in _settings(configuration)]
    groups = [f"    {name:<24} Enable  {description}" for name, description in GROUPS.items()]
    named = [f"    Profile Name: {each.name}" for each in profiles(configuration)]
    return "\n".join([
        "Current call home settings:",
        *rows,
        "",
        "Available alert groups:",
        "    Keyword                  State   Description",
        "    ------------------------ ------- -------------------------------",
        *groups,
        "",
        "Profiles:",
        *named,
    ]) + "\n"  # fmt: skip


def _settings(configuration: Configuration) -> Iterator[tuple[str, str]]:
    section = settings(configuration)
    yield "call home feature ", "enable" if is_enabled(configuration) else "disable"
    for name, key in (
        ("call home message's from address", "sender from"),
        ("call home message's reply-to address", "sender reply-to"),
        ("contact person's email address", "contact-email-addr"),
        ("contact person's phone number", "phone-number"),
        ("street address", "street-address"),
        ("customer ID", "customer-id"),
        ("contract ID", "contract-id"),
        ("site ID", "site-id"),
        ("source interface", "source-interface"),
    ):
        line = next((each for each in section.lines.values() if each.startswith(f"{key} ")), "")
        yield name, line.removeprefix(f"{key} ") or UNSET
    for number, server in enumerate(mail_servers(configuration), 1):
        yield f"Mail-server[{number}]", f"Address: {server.host} Priority: {server.priority}"
    if not mail_servers(configuration):
        yield "Mail-server", UNSET
    yield "http proxy", section.word("http-proxy") or UNSET
    yield "Rate-limit", f"{rate_limit(configuration)} message(s) per minute"


def mail_server_status(servers: Sequence[tuple[str, int, bool]]) -> str:
    """List mail servers with their priority, and whether each takes mail."""
    return "".join(
        f"    Mail-server[{number}]: Address: {host} Priority: {priority} [{'' if there else 'Not '}Available]\n"
        for number, (host, priority, there) in enumerate(servers, 1)
    )


def subject(router: Router, message: CallHomeMessage) -> str:
    """Subject of a message."""
    return f"System Notification From {router.hostname} - {message.name}"


def written(router: Router, message: CallHomeMessage, form: str) -> str:
    """Text of a message as long text, short text or XML."""
    fields = _fields(router, message)
    match form:
        case "short-text":
            return "".join(f"{fields[name]}\n" for name in ("Device ID", "TimeStamp", "Event Description"))
        case "xml":
            return _xml(fields, message.outputs)
        case _:
            return "\n".join([*(f"{name} : {value}".rstrip() for name, value in fields.items()),
                              *_outputs(message.outputs)])  # fmt: skip


def _fields(router: Router, message: CallHomeMessage) -> dict[str, str]:
    section, udi = settings(router.configuration), router.state.udi
    return {
        "TimeStamp": moment(router.wall_time()),
        "Message Name": message.name,
        "Message Type": "Call Home",
        "Message Group": "test" if message.name == "test" else "proactive",
        "Severity Level": "2",
        "Source ID": udi.pid,
        "Device ID": f"{udi.pid}@C@{udi.serial}",
        "Customer ID": section.word("customer-id"),
        "Contract ID": section.word("contract-id"),
        "Site ID": section.word("site-id"),
        "Server ID": f"{udi.pid}@C@{udi.serial}",
        "Event Description": message.text,
        "System Name": router.hostname,
        "Contact Email": section.word("contact-email-addr"),
        "Contact Phone": section.word("phone-number"),
        "Street Address": section.word("street-address"),
        "Affected Chassis": udi.pid,
        "Affected Chassis Serial Number": udi.serial,
    }


def _xml(fields: Mapping[str, str], outputs: Iterable[tuple[str, str]]) -> str:
    named = [(name.replace(" ", ""), value) for name, value in fields.items()]
    elements = [f"  <{name}>{_escaped(value)}</{name}>" for name, value in named]
    blocks = [f'  <CommandOutput command="{command}">{_escaped(text)}</CommandOutput>' for command, text in outputs]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<CallHome>", *elements, *blocks, "</CallHome>", ""])


def _escaped(text: str) -> str:
    """Text as XML takes it: what XML cannot say is left out."""
    return escape("".join(each for each in text if each.isprintable() or each in "\n\t"))


def _outputs(outputs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for command, text in outputs:
        yield f"Command Output Name : {command}"
        yield "Attachment Type : command output"
        yield "MIME Type : text/plain"
        yield f"Command Output Text : {text.strip(chr(10))}"
    yield ""
