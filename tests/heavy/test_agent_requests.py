"""20,000 damaged requests at one license agent: each is refused or answered, nothing is half done, memory stays."""

import random
import tracemalloc

import pytest

from emulator.keys.canonical_xml import InvalidDocument
from emulator.license_agent.applying import answer
from emulator.license_agent.causes import AgentCause
from emulator.license_agent.documents import read_request, write_answer, write_refusal, write_request
from emulator.license_agent.messages import (
    AgentRequest,
    Annotate,
    Clear,
    GetAgreement,
    GetUdi,
    Install,
    ListFeatures,
    ListLicenses,
    ProcessTicket,
    SaveLicenses,
    SetLevel,
)
from tests.driver import SERIAL, ConsoleDriver
from tests.unit.console.papers import BASE, TOP, features, line, paper
from tests.unit.snmp.managers import STARTUP, booted

pytestmark = pytest.mark.heavy

COUNT, SETTLED = 20_000, 5_000
MOST_GROWTH = 1 << 20
"""Bytes that the later requests may leave behind, beside what the history of the licenses has by then."""

TOKENS = (
    b"<", b">", b"</", b"/>", b"&", b"&#0;", b"&#9;", b"]]>", b"<!--", b"<?x?>", b"<!DOCTYPE a>", b"\xff", b"\0", b'"',
    b"9" * 40, "\u200b\u2028".encode(),
)  # fmt: skip


def damaged(pick: random.Random, data: bytes) -> bytes:
    """A request with a few octets changed, cut, doubled, or replaced by what XML looks at."""
    for _ in range(pick.randrange(1, 4)):
        at, length = pick.randrange(len(data) + 1), pick.randrange(1, 30)
        match pick.randrange(4):
            case 0:
                data = data[:at] + pick.randbytes(1) + data[at + 1 :]
            case 1:
                data = data[:at] + data[at + length :]
            case 2:
                data = data[:at] + data[at : at + length] * 2 + data[at + length :]
            case _:
                data = data[:at] + pick.choice(TOKENS) + data[at:]
    return data


def test_damaged_requests_do_no_harm() -> None:
    console = ConsoleDriver(booted(serial=SERIAL, startup=STARTUP)).log_in()
    file = paper(console, line())
    whole = [
        write_request(AgentRequest("7", each))
        for each in (
            (GetUdi(), ListLicenses(), ListFeatures()),
            (Install(file, accept_agreement=True), Clear(2), SaveLicenses()),
            (Annotate(1, "spare"), SetLevel(TOP), ProcessTicket(file), GetAgreement(file)),
        )
    ]
    pick, kept = random.Random(2), 0
    reasons: set[str] = set()
    refused = answered = 0
    tracemalloc.start()
    for number in range(COUNT):
        try:
            request = read_request(damaged(pick, pick.choice(whole)))
        except InvalidDocument as error:
            reasons.add(error.reason)
            refused += 1
        else:
            write_answer(answer(console.router, request))
            answered += 1
        if number == SETTLED:
            kept = tracemalloc.get_traced_memory()[0]
    own = sum(map(len, reasons))
    grown = tracemalloc.get_traced_memory()[0] - kept
    tracemalloc.stop()
    for reason in reasons:
        assert reason.isprintable()
        write_refusal(AgentCause.INVALID_MESSAGE, reason)
    assert refused > COUNT // 2
    assert answered > COUNT // 20
    assert [name for name, _ in features(console)] in ([BASE], [BASE, TOP])
    assert grown - 8 * own < MOST_GROWTH, grown
