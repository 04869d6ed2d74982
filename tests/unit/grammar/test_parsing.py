"""Meanings of typed lines. The carets are those of the captures `parser-errors.*` and `session.c881.netmiko.*`."""

import inspect

import pytest

from emulator.grammar import (
    Ambiguous,
    Blank,
    Choice,
    Command,
    Condition,
    Dynamic,
    Incomplete,
    Invalid,
    IPv4Address,
    Match,
    Number,
    OutputFilter,
    Parsed,
    RestOfLine,
    Source,
    Word,
    build,
)
from emulator.grammar.helpbook import prefixes
from emulator.grammar.notation import expand


class Feature(Dynamic):
    """Words from the context."""

    def choices(self, context, /):
        return [(word, f"{word} feature") for word in context["features"]]


class Url(Word):
    """A type that knows how far a word was good."""

    def match(self, token, _context, /):
        return Match(complete=token.startswith("flash:"), acceptable=3 if token.startswith("fla") else 0)


TYPES = {
    "Word": Word(),
    "Line": RestOfLine(),
    "Level": Number(0, 15),
    "Port": Number(1, 65535),
    "Big": Number(300, 450),
    "Address": IPv4Address(),
    "Feature": Feature(),
    "Facility": Choice([("auth", "Authorization"), ("local0", "Local use"), ("local1", "Local use")]),
    "Url": Url(),
}
LICENSED = Condition("licensed", lambda context: context["licensed"])
CONTEXT = {"features": ["advipservices", "advsecurity", "SSL_VPN"], "licensed": True}
BARE = {"features": [], "licensed": False}

LINES = {
    "exec": [
        "clear",
        "erase startup-config",
        "erase nvram:",
        "enable [<level:Level>]",
        "help",
        "name-connection [<line:Level>]",
        "reload",
        "rename <old:Word> <new:Word>",
        "show format",
        "show license [<detail:detail>] [<feature:Feature>]",
        "show licenses",
        "show clock",
        "power <router:Word> <state:on|off|cycle>",
        "license install <url:Url>",
        "license {save <url:Word> | comment {add | delete} <feature:Feature> [<text:Line>]}",
        "ping {ip | ipv6} <host:Word>",
        "ping <host:Word>",
        "ping <host:Address>",
    ],
    "config": [
        "aaa new-model",
        "access-list <number:Port>",
        "hostname <name:Word>",
        "logging <host:Address>",
        "logging buffered <size:Port>",
        "logging facility <facility:Facility>",
        "size <big:Big>",
        "banner <text:Line>",
    ],
}


def tables():
    """The lines above as commands, each with a handler and help made to fit."""
    for mode, lines in LINES.items():
        for line in lines:
            yield command(line, mode)
    yield command("show version", "exec", piped=True)
    yield command("show vpn", "exec", when=LICENSED)
    yield command("show vlans", "exec", privilege=15)
    yield command("webvpn gateway", "exec", when=LICENSED)
    yield command("write memory", "exec", privilege=15)


def command(line, mode, **rest):
    names = {token.name for flat in expand(line, TYPES) for token in flat if token.name}
    return Command(line, modes=(mode,), run=handler(names), **rest)


def handler(names):
    """A handler that takes just these arguments."""

    def run(session, **arguments):
        yield from ()

    parameters = [inspect.Parameter("session", inspect.Parameter.POSITIONAL_ONLY)]
    parameters += [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in sorted(names)]
    vars(run)["__signature__"] = inspect.Signature(parameters)
    return run


def texts(commands):
    return {prefix: "Text" for each in commands for flat in expand(each.line, TYPES) for prefix in prefixes(flat)}


COMMANDS = tuple(tables())
GRAMMAR = build([Source("commands.py", COMMANDS, texts(COMMANDS))], tuple(LINES), TYPES)


def parse(line, mode="exec", context=CONTEXT, privilege=15):
    return GRAMMAR.parse(mode, line, context, privilege)


def parsed(line, mode="exec", context=CONTEXT, privilege=15):
    outcome = parse(line, mode, context, privilege)
    assert isinstance(outcome, Parsed), outcome
    return outcome


CAPTURED = [
    ("exec", "R2#erase restart", 9),
    ("exec", "R2#erase restart+", 9),
    ("exec", "R3#rase startup-config", 4),
    ("exec", "R3>enable R2", 10),
    ("exec", "R3#hostname R2", 4),
    ("exec", "R3#name R2", 8),
    ("exec", "R3#erase startup-config reload", 24),
    ("exec", "R3#erase startup-config help", 24),
    ("exec", "cisco1>show foooooooo", 14),
    ("config", "R1(config)#logging 0255.255.1", 19),
]


@pytest.mark.parametrize(("mode", "screen", "caret"), CAPTURED)
def test_the_caret_stands_where_the_captures_show_it(mode, screen, caret):
    prompt = max(screen.find("#"), screen.find(">")) + 1
    outcome = parse(screen[prompt:], mode)
    assert isinstance(outcome, Invalid)
    assert prompt + outcome.column == caret


def test_captured_incomplete_and_ambiguous():
    assert parse("erase") == Incomplete()
    assert parse("logging", "config") == Incomplete()
    assert parse("a", "config") == Ambiguous("a", 0)


@pytest.mark.parametrize("line", ["show clock", "SHOW CLOCK", "sh cl", "  sh   clo  ", "Sh\tcl"])
def test_case_blanks_and_abbreviation(line):
    assert parsed(line).command.line == "show clock"


def test_exact_keyword_beats_longer_ones():
    assert parsed("show license").command.line.startswith("show license [")
    assert parse("show licens") == Ambiguous("show licens", 1)


def test_ambiguity_quotes_the_whole_line_even_if_only_one_candidate_could_go_on():
    assert parse("re one two") == Ambiguous("re one two", 0)


def test_invalid_tells_the_word():
    assert parse("license comment add bogus") == Invalid(20, 3)
    assert parse("license comment adx") == Invalid(18, 2)


def test_optional_and_choice_arguments():
    assert parsed("show license").arguments == {"detail": None, "feature": None}
    assert parsed("show license det").arguments == {"detail": "detail", "feature": None}
    assert parsed("show license advi").arguments == {"detail": None, "feature": "advipservices"}
    assert parsed("power r1 cy").arguments == {"router": "r1", "state": "cycle"}
    assert parse("power r1 o") == Ambiguous("power r1 o", 2)


def test_alternatives():
    assert parsed("license save flash:all.lic").arguments == {
        "url": "flash:all.lic",
        "feature": None,
        "text": None,
    }
    assert parse("license comment") == Incomplete()


def test_dynamic_words_behave_as_keywords():
    assert parsed("license comment add ssl").arguments["feature"] == "SSL_VPN"
    assert parse("license comment add adv") == Ambiguous("license comment add adv", 3)
    assert parse("license comment add advix") == Invalid(24, 3)
    assert parse("license comment add advi", context=BARE) == Invalid(20, 3)
    assert parse("logging facility local", "config") == Ambiguous("logging facility local", 2)
    assert parsed("logging facility au", "config").arguments == {"facility": "auth"}


def test_exact_dynamic_word_beats_longer_ones():
    context = {"features": ["ssl", "ssl_vpn"], "licensed": True}
    assert parsed("license comment add SSL", context=context).arguments["feature"] == "ssl"


def test_keyword_beats_argument_and_shape_beats_word():
    assert parse("ping ip") == Incomplete()
    assert parse("ping i") == Ambiguous("ping i", 1)
    assert parsed("ping ipv6 host").command.line == "ping {ip | ipv6} <host:Word>"
    assert parsed("ping 10.0.0.1").command.line == "ping <host:Address>"
    assert parsed("ping 10.0.0").command.line == "ping <host:Word>"


def test_rest_of_line_is_verbatim():
    assert parsed("banner  Say  'no' | never ", "config").arguments == {"text": "Say  'no' | never "}
    assert parsed("license comment add advi  two  words").arguments["text"] == "two  words"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("size 300", 300),
        ("size 0450", 450),
        ("size " + "0" * 5000 + "301", 301),
        ("access-list 1", 1),
        ("access-list 65535", 65535),
    ],
)
def test_numbers(line, value):
    assert value in parsed(line, "config").arguments.values()


@pytest.mark.parametrize("word", ["299", "451", "3", "-1", "3e2", "٣٠٠", "9" * 5000])
def test_no_numbers(word):
    assert parse(f"size {word}", "config") == Invalid(5, 1)


@pytest.mark.parametrize(
    ("kind", "word", "viable"),
    [
        (Number(300, 450), "3", True),
        (Number(300, 450), "46", False),
        (Number(300, 450), "04", True),
        (Number(1, 9), "0", True),
        (IPv4Address(), "10", True),
        (IPv4Address(), "10.", True),
        (IPv4Address(), "10.1.1.1", True),
        (IPv4Address(), "10..", False),
        (IPv4Address(), "256", False),
        (IPv4Address(), "1.2.3.4.5", False),
    ],
)
def test_what_a_word_may_become(kind, word, viable):
    assert kind.match(word, None).viable is viable


def test_a_type_may_say_how_far_a_word_was_good():
    assert parse("license install flush:x") == Invalid(16, 2)
    assert parse("license install flax") == Invalid(19, 2)


def test_what_a_condition_hides_does_not_exist():
    assert parsed("webvpn gateway").command.when is LICENSED
    assert parse("webvpn gateway", context=BARE) == Invalid(1, 0)
    assert parse("show vpn", context=BARE) == Invalid(6, 1)
    assert parse("show v") == Ambiguous("show v", 1)
    assert parsed("show v", context=BARE, privilege=1).command.line == "show version"


def test_what_the_privilege_forbids_does_not_exist():
    assert parsed("write memory").command.privilege == 15
    assert parse("write memory", privilege=1) == Invalid(1, 0)


def test_a_condition_is_asked_once_for_a_line():
    asked = []

    def count(context):
        asked.append(context)
        return True

    counted = Condition("counted", count)
    table = [command(line, "exec", when=counted) for line in ("show vpn", "show vlans", "show clock")]
    grammar = build([Source("a.py", tuple(table), texts(table))], ["exec"], TYPES)
    assert isinstance(grammar.parse("exec", "show clock", "context"), Parsed)
    assert asked == ["context"]


@pytest.mark.parametrize("line", ["", "   ", "!", " ! show version", "!show"])
def test_blank(line):
    assert parse(line) == Blank()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("show version | include  uptime  is ", OutputFilter("include", "uptime  is ")),
        ("sh ver | i a|b", OutputFilter("include", "a|b")),
        ("sh ver | EXC ^!", OutputFilter("exclude", "^!")),
        ("sh ver |b Cisco", OutputFilter("begin", "Cisco")),
        ("show version", None),
    ],
)
def test_pipes(line, expected):
    assert parsed(line).filter == expected
    assert parsed(line).arguments == {}


def test_wrong_pipes():
    assert parse("show version |") == Incomplete()
    assert parse("show version | include") == Incomplete()
    assert parse("show version | inx") == Invalid(17, 3)
    assert parse("show clock | include x") == Invalid(11, 2)
