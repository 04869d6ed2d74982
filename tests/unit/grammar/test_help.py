"""Help by `?`, completion by Tab, and the layout of help."""

import pytest

from emulator.grammar import (
    Ambiguous,
    Command,
    Condition,
    Dynamic,
    HelpEntries,
    Invalid,
    IPv4Address,
    Number,
    Parsed,
    RestOfLine,
    Source,
    Suggested,
    Word,
    build,
    render_help,
)


class Package(Dynamic):
    """The technology packages that the running image offers."""

    def choices(self, context, /):
        return context.packages


class Router:
    """A context."""

    def __init__(self, licensed=True, packages=()):
        self.licensed, self.packages = licensed, packages


def show(_session):
    yield from ()


def install(_session, *, url):
    yield from ()


def ping(_session, *, host, size):
    yield from ()


def reach(_session, *, host):
    yield from ()


def boot(_session, *, package):
    yield from ()


def describe(_session, *, text):
    yield from ()


LICENSED = Condition("licensed", lambda router: router.licensed)
EXEC = ("exec",)
SOURCE = Source(
    "commands.py",
    (
        Command("show version", EXEC, show, piped=True),
        Command("show vlans", EXEC, show, privilege=15),
        Command("show clock", EXEC, show),
        Command("webvpn gateway", EXEC, show, when=LICENSED),
        Command("write", EXEC, show, privilege=15),
        Command("license install <url:Word>", EXEC, install),
        Command("ping <host:Address> [size <size:Size>]", EXEC, ping),
        Command("ping <host:Word> [size <size:Size>]", EXEC, ping),
        Command("license boot module c880 technology-package <package:Package>", ("config",), boot),
        Command("reach <host:Host>", ("config",), reach),
        Command("description <text:Line>", ("config",), describe),
    ),
    {
        "show": "Show running system information",
        "show version": "System hardware and software status",
        "show vlans": "VTP VLAN status",
        "show clock": "Display the system clock",
        "webvpn": "WebVPN exec command",
        "webvpn gateway": "Gateway",
        "write": "Write running configuration",
        "license": "Configure license features",
        "license install": "Install license",
        "license install <url>": "Location of the license file",
        "ping": "Send echo messages",
        "ping <host>": "Ping destination address or hostname",
        "ping <host> size": "Specify datagram size",
        "ping <host> size <size>": "Datagram size",
        "license boot": "Configure license boot option",
        "license boot module": "Module",
        "license boot module c880": "c880 platform",
        "license boot module c880 technology-package": "Technology package",
        "license boot module c880 technology-package <package>": "Package",
        "reach": "Reach a host",
        "reach <host>": "Name of the host",
        "description": "Describe",
        "description <text>": "Up to 240 characters",
    },
)
GRAMMAR = build(
    [SOURCE],
    ["exec", "config", "empty"],
    {
        "Word": Word(),
        "Line": RestOfLine(),
        "Address": IPv4Address(),
        "Size": Number(36, 18024),
        "Package": Package(),
        "Host": Suggested(lambda context: [(name, f"Site {name}") for name in context.packages]),
    },
)


def asked(line, mode="exec", context=None, privilege=15):
    return GRAMMAR.help(mode, line, context or Router(), privilege)


def words(line, **options):
    return [word for word, _ in asked(line, **options).entries]


def printed(line, **options):
    return render_help(asked(line, **options))


def test_next_words_with_their_help():
    assert printed("show ") == (
        "  clock    Display the system clock\n"
        "  version  System hardware and software status\n"
        "  vlans    VTP VLAN status\n"
    )


def test_the_list_of_the_capture():
    packages = [
        ("securityk9", "security technology"),
        ("NtwkEssSuitek9", "NtwkEssSuitek9 technology"),
        ("datak9", "data technology"),
    ]
    shown = printed("license boot module c880 technology-package ", mode="config", context=Router(packages=packages))
    assert shown == (
        "  NtwkEssSuitek9  NtwkEssSuitek9 technology\n"
        "  datak9          data technology\n"
        "  securityk9      security technology\n"
    )


def test_the_empty_line_lists_the_mode():
    assert words("") == ["license", "ping", "show", "webvpn", "write"]
    assert asked("", mode="empty") == HelpEntries([])
    assert printed("", mode="empty") == ""


def test_hidden_commands_are_not_listed():
    assert words("", context=Router(licensed=False), privilege=1) == ["license", "ping", "show"]
    assert words("w", context=Router(licensed=False)) == ["write"]
    assert words("show v", privilege=1) == ["version"]


def test_a_line_that_can_run_ends_with_cr():
    assert printed("show version ") == "  |     Output modifiers\n  <cr>\n"
    assert printed("show clock ") == "  <cr>\n"
    assert words("ping 10.0.0.1 ") == ["size", "<cr>"]


def test_arguments_are_shown_by_placeholder():
    assert asked("license install ").entries == [("WORD", "Location of the license file")]
    assert words("ping ") == ["A.B.C.D", "WORD"]
    assert words("ping host size ") == ["<36-18024>"]
    assert words("description ", mode="config") == ["LINE"]


def test_word_help():
    assert asked("show v") == HelpEntries(
        [("version", "System hardware and software status"), ("vlans", "VTP VLAN status")], words=True
    )
    assert printed("show v") == "version  vlans\n"
    assert printed("SH") == "show\n"
    assert printed("ping 10.") == "A.B.C.D  WORD\n"
    assert printed("ping host size 1") == "<36-18024>\n"


def test_help_inside_the_rest_of_a_line():
    assert printed("description to the", mode="config") == "LINE\n"
    assert printed("description t", mode="config") == "LINE\n"
    assert printed("description to ", mode="config") == "  LINE  Up to 240 characters\n  <cr>\n"


def test_output_modifiers():
    assert printed("show version | ") == (
        "  begin    Begin with the line that matches\n"
        "  count    Count number of lines which match regexp\n"
        "  exclude  Exclude lines that match\n"
        "  include  Include lines that match\n"
        "  section  Filter a section of output\n"
    )
    assert printed("show version | include ") == "  LINE  Regular Expression\n"
    assert printed("show version | i") == "include\n"
    assert printed("show version |i") == "include\n"


def test_nothing_to_help_with():
    assert asked("shx") == HelpEntries([], error=Invalid(2, 0), words=True)
    assert printed("shx") == "% Unrecognized command\n"
    assert asked("shx ") == HelpEntries([], error=Invalid(2, 0))
    assert printed("show bogus ") == "% Unrecognized command\n"
    assert printed("ping host size 1x") == "% Unrecognized command\n"


def test_an_ambiguous_earlier_word():
    assert asked("show v ") == HelpEntries([], error=Ambiguous("show v ", 1))
    assert printed("show v ") == '% Ambiguous command:  "show v "\n'


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("sh", "show "),
        ("SH", "show "),
        ("  sh  ver", "  sh  version "),
        ("show", "show "),
        ("show v", "show v"),
        ("show x", "show x"),
        ("show ", "show "),
        ("", ""),
        ("bogus ver", "bogus ver"),
        ("show v gat", "show v gat"),
        ("license install fla", "license install fla"),
        ("ping host si", "ping host size "),
        ("show version | inc", "show version | include "),
        ("show version |e", "show version |exclude "),
        ("show version | include sh", "show version | include sh"),
        ("! sh", "! sh"),
    ],
)
def test_tab(line, completed):
    assert GRAMMAR.complete("exec", line, Router()) == completed


def test_tab_sees_what_the_parser_sees():
    packages = [("datak9", "data"), ("securityk9", "security")]
    line = "license boot module c880 technology-package se"
    assert GRAMMAR.complete("config", line, Router(packages=packages)).endswith(" securityk9 ")
    assert GRAMMAR.complete("config", line, Router(packages=[])) == line
    assert GRAMMAR.complete("exec", "w", Router(licensed=False)) == "write "
    assert GRAMMAR.complete("exec", "w", Router()) == "w"
    assert GRAMMAR.complete("exec", "wr", Router(), privilege=1) == "wr"


def test_suggested_words_are_listed_and_completed_and_any_other_is_taken():
    known = Router(packages=["Paris", "Porto"])
    assert printed("reach ", mode="config", context=known) == "  Paris  Site Paris\n  Porto  Site Porto\n"
    assert printed("reach po", mode="config", context=known) == "Porto\n"
    assert GRAMMAR.complete("config", "reach PO", known) == "reach Porto "
    assert GRAMMAR.complete("config", "reach p", known) == "reach p"
    assert printed("reach ", mode="config") == "  WORD  Name of the host\n"
    for context in (known, Router()):
        outcome = GRAMMAR.parse("config", "reach Rome", context)
        assert isinstance(outcome, Parsed)
        assert outcome.arguments == {"host": "Rome"}
