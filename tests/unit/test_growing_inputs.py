"""Every parser of text from outside, given input that grows: the time grows with it and not with a power of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from snmp.message import Message
from snmp.utils import subbytes

from emulator.bench.line import MODE, bench_grammar
from emulator.bench.session import Bench
from emulator.console.session.patterns import BadPattern, matcher
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, EmulatorError, nearest, printable, visible
from emulator.kernel.spreadsheet import harmless
from emulator.kernel.time import is_duration
from emulator.kernel.yamlfile import read_tree, read_yaml
from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.documents import read_credential
from emulator.keys.license_files import read_license_file
from emulator.keys.tickets import read_permission_ticket, read_rehost_ticket
from emulator.labs.page import read_page
from emulator.labs.signed_result import read_result
from emulator.license_agent.documents import read_request
from emulator.licensing.udi import parse_udi
from emulator.router.service_url import service_address
from emulator.runtime.runbooks.page import read_runbook, shows
from emulator.runtime.servers import proxy_addresses, smtp_address
from emulator.scenarios import patterns
from emulator.scenarios.model import Scenario, Step
from emulator.scenarios.predicates.language import parse, parse_fact
from emulator.scenarios.predicates.vocabulary import vocabulary_of
from emulator.scenarios.recording.cast import as_cast
from emulator.scenarios.recording.page import as_page
from emulator.scenarios.recording.picture import as_picture
from emulator.scenarios.recording.recording import Letter, LicenseMark, Passage, Piece, SessionRecording
from emulator.scenarios.seen import differences, field, saved
from emulator.sim.pacing import parse_pace
from emulator.storage.urls import parse_url
from emulator.transports.agent.log_ins import credentials
from emulator.transports.agent.notifying import is_reachable
from emulator.transports.call_home.wire import read_answer, read_call
from emulator.transports.discipline.keys import KeyBuffer
from emulator.transports.files.lab_files import is_name
from emulator.transports.portal.spreadsheets import read_udis
from emulator.transports.snmp.codec import FAULTS, REQUESTS
from emulator.transports.snmp.security import WireMessage
from emulator.transports.vty.scp_protocol import ScpSink, scp_request
from emulator.transports.vty.telnet_protocol import TelnetDecoder
from emulator.transports.web.problems import BadInput
from emulator.twins.use_case import Recording, read
from emulator.world.recipe import key_name, parse_start
from emulator.world.saved_file import read as read_saved
from tests.driver import ConsoleDriver, world_of
from tests.growth import growth_problem

pytestmark = pytest.mark.heavy

REFUSED = (EmulatorError, ValueError, InvalidDocument, BadPattern, patterns.WrongPattern, BadInput, *FAULTS)
"""An input may be refused; only how long that takes is looked at."""

Form = Callable[[int], str]

TEXTS: dict[str, Form] = {
    "blanks": lambda n: " " * n + "x",
    "blanks behind": lambda n: "x" + " " * n,
    "blanks within": lambda n: "x" + " " * n + "y!",
    "tabs and blanks": lambda n: "\t " * n + "x",
    "one word": lambda n: "a" * n + "!",
    "digits": lambda n: "1" * n + "!",
    "dots": lambda n: "a." * n + "!",
    "colons": lambda n: "a:" * n,
    "dashes": lambda n: "a-" * n + "!",
    "commas": lambda n: "1," * n,
    "slashes": lambda n: "a/" * n,
    "words": lambda n: "a " * n,
    "brackets": lambda n: "[" * n,
    "parentheses": lambda n: "(" * n + ")" * n,
    "quotes": lambda n: '"' * n + "x",
    "equals": lambda n: "=" * n,
    "stars": lambda n: "*" * n,
    "escapes": lambda n: "\x1b[" * n,
    "open escapes": lambda n: "\x1b[" + "1;" * n,
    "backspaces": lambda n: "x" * n + "\b \b" * n,
    "returns": lambda n: "a\r" * n,
    "percent": lambda n: "%A-1-B" * n,
    "empty lines": lambda n: "x\n" + "\n" * n + "x",
    "lines": lambda n: "ab cd\n" * n,
    "angles": lambda n: "<a>" * n,
    "ampersands": lambda n: "&a;" * n,
    "units": lambda n: "1d" * n + "!",
    "percent signs": lambda n: "%41" * n,
}
"""Texts that grow, for parsers of any text."""


def quietly(act: Callable[[Any], object]) -> Callable[[Any], None]:
    def run(given: Any) -> None:
        try:
            act(given)
        except REFUSED:
            """It was refused."""

    return run


def consumed(text: str) -> None:
    buffer = KeyBuffer()
    buffer.add(text)
    while buffer.take() is not None:
        """The next key."""


BENCH = Bench(world_of())

ASKED = b'<LICENSE_AGENT_REQUEST version="1.0"><REQUEST_ID>1</REQUEST_ID>%s</LICENSE_AGENT_REQUEST>'
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class Forgetful:
    """Hears what a client of Telnet does, and forgets it."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


FORGETFUL: Any = Forgetful()
KNOWN = vocabulary_of(world_of(), {})

CONFIGURATION = "R#show running-config\nBuilding configuration...\n\nversion 15.1\nhostname R\n{}\nend\n\nR#"
SECURED = bytes.fromhex("30820fff020103300d020107020205dc040103020103040b")
"""Beginning of a message of version 3, as far as its security parameters."""

REFUSING: Any = None
"""No text here comes as far as to a signature."""

PARSERS: dict[str, tuple[Callable[[str], object], int]] = {
    "bench line": (lambda text: bench_grammar().parse(MODE, text, BENCH), 2000),
    "bench help": (lambda text: bench_grammar().help(MODE, text, BENCH), 2000),
    "call-home URL": (lambda text: service_address(f"https://{text}"), 4000),
    "file URL": (parse_url, 4000),
    "UDI": (parse_udi, 4000),
    "duration": (is_duration, 4000),
    "list of devices": (lambda text: read_udis(text, "file"), 2000),
    "cell of a spreadsheet": (harmless, 4000),
    "pattern behind a bar": (matcher, 1000),
    "text behind a bar": (matcher("(a*)*b|( *)*x"), 4000),
    "capture": (lambda text: read([Recording("a.log", text.encode())]), 2000),
    "capture of show version": (lambda text: read([Recording("a", f"R>show version\n{text}\nR>".encode())]), 2000),
    "capture of show interfaces": (lambda text: read([Recording("a", f"R>show interfaces\n{text}".encode())]), 2000),
    "capture of a configuration": (lambda text: read([Recording("a", CONFIGURATION.format(text).encode())]), 1000),
    "prompt of a capture": (lambda text: read([Recording("a", f"Router#{text}\nx\nRouter#".encode())]), 2000),
    "license file": (lambda text: read_license_file(DECLARATION + text.encode(), REFUSING), 2000),
    "credential": (lambda text: read_credential(DECLARATION + text.encode(), lambda _: REFUSING), 2000),
    "startup configuration": (key_name, 2000),
    "keys of a client": (consumed, 2000),
    "pattern of a scenario": (lambda text: list(saved(Step(save={"A": text}), "aaaa")), 500),
    "text of a scenario": (lambda text: list(saved(Step(save={"A": "(a*)*b"}), text)), 4000),
    "expectations of a scenario": (
        lambda text: list(differences(Step(sees=(text,), matches="(x+x+)+y"), text, str)),
        2000,
    ),
    "field of a screen": (lambda text: field(text, "Level"), 4000),
    "page that is run": (
        lambda text: read_runbook("a.md", f"```console\n$ isrtwin list pids\n{text}\n```\n{text}"),
        250,
    ),
    "result of an exam": (lambda text: read_result(b'{"result":' + text.encode(), "a.json"), 4000),
    "command of a client": (scp_request, 4000),
    "copy by SCP": (lambda text: ScpSink(REFUSING, "flash:").receive(text.encode()), 4000),
    "name of a file": (is_name, 4000),
    "datagram of SNMP": (lambda text: Message.decodeExact(subbytes(text.encode()), types=REQUESTS), 4000),
    "datagram of SNMPv3": (lambda text: WireMessage.decodeExact(subbytes(SECURED + text.encode())), 4000),
    "request to the license agent": (lambda text: read_request(text.encode()), 4000),
    "inside of a request": (lambda text: read_request(ASKED % text.encode()), 4000),
    "license in a request": (
        lambda text: read_request(ASKED % (b"<INSTALL><FILE>%s</FILE></INSTALL>" % text.encode())),
        4000,
    ),
    "log-in at a web server": (lambda text: credentials(f"Basic {text}"), 4000),
    "URL of notifications": (is_reachable, 4000),
    "call": (lambda text: read_call(DECLARATION + text.encode(), lambda _: REFUSING), 4000),
    "inside of a call": (
        lambda text: read_call(DECLARATION + b"<CALL_HOME_REQUEST>" + text.encode(), lambda _: REFUSING),
        4000,
    ),
    "answer to a call": (lambda text: read_answer(DECLARATION + text.encode()), 4000),
    "permission ticket": (lambda text: read_permission_ticket(DECLARATION + text.encode(), REFUSING, REFUSING), 4000),
    "rehost ticket": (lambda text: read_rehost_ticket(DECLARATION + text.encode(), lambda _: REFUSING), 4000),
    "moment": (parse_start, 4000),
    "pace": (parse_pace, 4000),
    "proxies": (proxy_addresses, 4000),
    "mail server": (smtp_address, 4000),
    "predicate": (lambda text: parse(text, KNOWN), 4000),
    "predicates between braces": (lambda text: parse(f"survives R1 {{ {text} }}", KNOWN), 4000),
    "fact": (lambda text: parse_fact(text, KNOWN), 4000),
    "bytes by Telnet": (
        lambda text: TelnetDecoder(FORGETFUL, FORGETFUL.sent).feed(text.encode().replace(b"a", b"\xff")),
        4000,
    ),
    "name that is near": (lambda text: nearest(text, ["R1", "advipservices"] * 200), 4000),
    "saved world": (lambda text: read_saved(b'{"format":3,"name":' + text.encode()), 4000),
    "message": (visible, 4000),
    "echo": (printable, 4000),
}


@pytest.mark.parametrize("parser", PARSERS)
def test_the_time_of_a_parser_grows_with_its_text(parser: str) -> None:
    act, length = PARSERS[parser]
    act = quietly(act)
    problems = {name: problem for name, make in TEXTS.items() if (problem := growth_problem(act, make, length))}
    assert not problems


YAML: dict[str, Form] = {
    "list": lambda n: "a:\n" + "- x\n" * n,
    "keys": lambda n: "".join(f"k{number}: x\n" for number in range(n)),
    "the same key": lambda n: "k: x\n" * n,
    "flow": lambda n: f"a: [{'x, ' * n}]",
    "open brackets": lambda n: "[" * n,
    "open lists": lambda n: "[a, " * n,
    "open braces": lambda n: "{a: " * n,
    "brackets in a text": lambda n: f"a: '{'[ ' * n}'",
    "nested keys": lambda n: "".join(f"{' ' * depth}a:\n" for depth in range(min(n, 200))),
    "dashes": lambda n: "- " * min(n, 400),
    "comments": lambda n: "# x\n" * n + "a: b",
    "long comment": lambda n: f"a: b # {'x' * n}",
    "plain": lambda n: f"a: {'x ' * n}",
    "plain lines": lambda n: "a: x\n" + "  y\n" * n,
    "blanks": lambda n: f"a: x{' ' * n}y",
    "quoted": lambda n: f'a: "{chr(92)}n{"x " * n}"',
    "escapes": lambda n: 'a: "' + "\\x41" * n + '"',
    "block": lambda n: "a: |\n" + "  x\n" * n,
    "empty lines": lambda n: "a: |\n  x\n" + "\n" * n + "b: c",
    "aliases": lambda n: "a: &a [x]\nb:\n" + "- *a\n" * n,
    "anchors": lambda n: "".join(f"- &a{number} x\n" for number in range(n)),
    "digits": lambda n: f"a: {'9' * n}",
    "date": lambda n: f"a: 2010-03-{'0' * n}1",
    "documents": lambda n: "---\na\n" * n,
    "tags": lambda n: "a: !!x" + "y" * n,
    "colons": lambda n: ":" * n,
    "question marks": lambda n: "? " * min(n, 400),
    "percent": lambda n: "%YAML " + "1" * n,
}
"""YAML that grows; what only nests is refused before it is long."""


@pytest.mark.parametrize("name", YAML)
def test_the_time_of_yaml_grows_with_its_text(name: str, tmp_path: Path) -> None:
    def prepared(count: int) -> Path:
        file = tmp_path / f"{count}.yaml"
        file.write_text(YAML[name](count), "utf-8")
        return file

    assert growth_problem(quietly(lambda file: read_yaml(file, Scenario)), prepared, 500) is None


PAGES: dict[str, Form] = {
    "text": lambda n: "a *b* `c`\n" * n,
    "headings": lambda n: "## Task: a\n" * n,
    "blocks": lambda n: "## Task: a\n```yaml task\na: b\n```\n" * (n // 2),
    "blocks of one task": lambda n: "## Task: a\n" + "```yaml solve x\na: b\n```\n" * (n // 2),
    "one block": lambda n: "## Task: a\n```yaml task\n" + "- a\n" * n + "```\n",
}
"""Pages of labs that grow."""


@pytest.mark.parametrize("name", PAGES)
def test_the_time_of_a_lab_grows_with_its_page(name: str, tmp_path: Path) -> None:
    def prepared(count: int) -> Path:
        file = tmp_path / f"{count}.md"
        file.write_text(f"---\ntitle: a\n---\n{PAGES[name](count)}", "utf-8")
        return file

    assert growth_problem(quietly(read_page), prepared, 500) is None


OUTPUTS: dict[str, Callable[[int], tuple[list[str], list[str]]]] = {
    "one stretch": lambda n: (["...", *["a"] * n, "b", "..."], ["a"] * n * 2),
    "many stretches": lambda n: (["...", "a"] * n + ["..."], ["a", "b"] * n),
}
"""Lines that a page shows and lines that came."""


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_time_of_a_comparison_grows_with_its_lines(name: str) -> None:
    assert growth_problem(lambda given: shows(*given), OUTPUTS[name], 1000) is None


def test_aliases_in_each_other_are_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "laughs.yaml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 30)]
    file.write_text("\n".join(lines))
    with pytest.raises(DataFileError, match=r"more than 500000 values|nested too deep"):
        read_tree(file)
    file.write_text("a: &a [*a]")
    assert read_tree(file).data == {"a": [None]}
    file.write_text("a: &a {x: y}\nb:\n" + "- {<<: *a}\n" * 101)
    with pytest.raises(DataFileError, match="more than 100 merges"):
        read_tree(file)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "9" * 5000,
        "a: 2010-99-99",
        "a: 1" + "0" * 400 + ".5e999",
        "? {a: b}\n: c",
        "a: !!python/object:os.system x",
        "a: \x00",
        "\ufeffa: b",
        "a: 12:99:99",
        "%YAML 9.9\n---\na",
    ],
)
def test_yaml_that_python_cannot_hold_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(DataFileError):
        read_yaml(tmp_path / "a.yaml", Scenario)


@pytest.mark.parametrize(
    "text", ["a = " + "9" * 5000, "a = " + "[" * 5000, "a" + ".a" * 5000 + " = 1", "a = 2010-99-99"]
)
def test_toml_that_python_cannot_hold_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(text, "utf-8")
    with pytest.raises(DataFileError):
        read_toml(tmp_path / "a.toml", Scenario)


@pytest.mark.parametrize("name", TEXTS)
def test_the_time_of_a_console_line_grows_with_it(name: str, console: ConsoleDriver) -> None:
    def typed(text: str) -> None:
        line = text.replace("\n", " ").replace("\r", " ")
        console.session.help(line)
        console.session.complete(line)
        console.type(f"show interfaces{line}", f"{line}show interfaces", f"show version | include {line}")

    assert growth_problem(typed, TEXTS[name], 400) is None


RECORDED: dict[str, Callable[[int], SessionRecording]] = {
    "screens": lambda n: recorded(*[Passage(0, 1, "a", [Piece(0, "R1", "x\n" * n)])]),
    "pieces": lambda n: recorded(Passage(0, 1, "a", [Piece(at, f"R{at % 9}", f"x{at}\n") for at in range(n)])),
    "places": lambda n: recorded(Passage(0, 1, "a", [Piece(at, f"R{at}", "x\n") for at in range(n)])),
    "steps": lambda n: recorded(*(Passage(at, at, "a", [Piece(at, "R1", "x\n")]) for at in range(n))),
    "typed": lambda n: recorded(Passage(0, 1, "a", [Piece(0, "R1", f"{'k' * n}\n", "k" * n)])),
    "one line": lambda n: recorded(Passage(0, 1, "a", [Piece(0, "R1", "x " * n)])),
    "escapes": lambda n: recorded(Passage(0, 1, "\x1b" * n, [Piece(0, "R1", "\x1b" * n)])),
    "letters": lambda n: recorded(letters=[Letter(at, "a", "b", "c\n", ("d",)) for at in range(n)]),
    "marks": lambda n: recorded(marks=[LicenseMark("R1", at, "k", "t") for at in range(n)]),
}
"""Sessions that grow."""


def recorded(*parts: Passage, **others: Any) -> SessionRecording:
    return SessionRecording("T", "Q", "L", datetime(2010, 3, 1, tzinfo=UTC), 1000, list(parts), **others)


@pytest.mark.parametrize("form", [as_cast, as_page, as_picture], ids=["asciicast", "page", "picture"])
@pytest.mark.parametrize("name", RECORDED)
def test_the_time_of_a_recording_grows_with_its_session(name: str, form: Callable[[SessionRecording], str]) -> None:
    assert growth_problem(form, RECORDED[name], 300) is None
