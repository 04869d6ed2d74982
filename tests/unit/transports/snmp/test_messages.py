"""Datagrams of every kind: what is answered, what is only counted, and that nothing else comes of a bad one."""

import pytest
from snmp.message import Message, ProtocolVersion
from snmp.pdu import (
    GetBulkRequestPDU,
    GetNextRequestPDU,
    GetRequestPDU,
    InformRequestPDU,
    ResponsePDU,
    SetRequestPDU,
    SNMPv2TrapPDU,
)
from snmp.smi import OID, Integer, OctetString
from snmp.utils import subbytes

from emulator.kernel.time import SECOND
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.applying import carry_out
from emulator.snmp.inputs import SnmpInput
from emulator.snmp.requests import SnmpResponse
from emulator.snmp.values import ValueType
from emulator.transports.snmp.messages import Exchange
from tests.unit.snmp.managers import booted
from tests.unit.transports.snmp.mutations import damaged

V1, V2C = ProtocolVersion.SNMPv1, ProtocolVersion.SNMPv2c
LOCATION = "1.3.6.1.2.1.1.6.0"
ACTIONS = "1.3.6.1.4.1.9.9.543.1.1.2.1"


@pytest.fixture(scope="module")
def router():
    return booted().routers["R1"]


def exchange(router, data, peer="127.0.0.1"):
    made = Exchange(router, peer, lambda what: carry_out(router, what))
    return made.reply(data), made.counts


def message(pdu, community=b"private", version=V2C) -> bytes:
    return bytes(Message(version, community, pdu).encode())


def answered(router, pdu, **how):
    reply, _ = exchange(router, message(pdu, **how))
    return Message.decodeExact(subbytes(reply), types={ResponsePDU.TAG: ResponsePDU}).pdu


SAMPLES = [
    message(GetRequestPDU("1.3.6.1.2.1.1.1.0", LOCATION)),
    message(GetNextRequestPDU("1.3.6.1.2.1"), version=V1),
    message(GetBulkRequestPDU("1.3.6.1.2.1.2", "1.3.6.1.4.1", nonRepeaters=1, maxRepetitions=9)),
    message(SetRequestPDU((LOCATION, OctetString(b"Lab")), ("1.3.6.1.2.1.11.30.0", Integer(1)))),
    message(SetRequestPDU((LOCATION, OID(1, 3)), (LOCATION, OctetString(b"x"))), version=V1),
    message(
        SetRequestPDU(
            (f"{ACTIONS}.20.3", Integer(4)),
            (f"{ACTIONS}.15.3", Integer(2)),
            (f"{ACTIONS}.8.3", OctetString(b"flash:x.lic")),
        )
    ),
    message(SetRequestPDU((f"{ACTIONS}.20.3", Integer(6)))),
]


def test_more_non_repeaters_than_variables_are_all_of_them(router):
    data = bytearray(message(GetBulkRequestPDU("1.3.6.1.2.1.1", nonRepeaters=0, maxRepetitions=3)))
    data[data.index(b"\x02\x01\x00\x02\x01\x03") + 2] = 9
    reply, _ = exchange(router, bytes(data))
    pdu = Message.decodeExact(subbytes(reply), types={ResponsePDU.TAG: ResponsePDU}).pdu
    assert len(pdu.variableBindings) == 1


def test_a_request_of_no_variables_has_an_answer_without_any(router):
    for pdu in (GetRequestPDU(), GetNextRequestPDU(), SetRequestPDU(), GetBulkRequestPDU(maxRepetitions=3)):
        assert not len(answered(router, pdu).variableBindings)


def test_the_answer_has_the_number_of_the_request(router):
    for number in (0, 1, 2**31 - 1, -(2**31)):
        assert answered(router, GetRequestPDU(LOCATION, requestID=number)).requestID == number


def test_what_is_no_request_is_counted_and_gets_no_answer(router):
    bad = {
        SnmpCounter.ENCODING_ERRORS: [
            b"",
            b"\x30",
            b"\x30\x84\xff\xff\xff\xff",
            b"\x30\x80\x00\x00",
            b"not snmp at all",
            SAMPLES[0][:-1],
            SAMPLES[0] + b"\0",
            message(ResponsePDU((LOCATION, Integer(1)))),
            message(SNMPv2TrapPDU((LOCATION, Integer(1)))),
            message(InformRequestPDU((LOCATION, Integer(1)))),
        ],
        SnmpCounter.BAD_VERSIONS: [SAMPLES[0].replace(b"\x02\x01\x01\x04", b"\x02\x01\x02\x04", 1)],
        SnmpCounter.UNKNOWN_COMMUNITIES: [message(GetRequestPDU(LOCATION), community=b"\xff\xfe")],
    }
    for counter, datagrams in bad.items():
        for data in datagrams:
            reply, counts = exchange(router, data)
            assert (reply, counts) == (None, {SnmpCounter.PACKETS_IN: 1, counter: 1}), data


def test_a_datagram_that_is_too_large_is_dropped(router):
    reply, counts = exchange(router, message(GetRequestPDU(*[LOCATION] * 200)))
    assert (reply, counts) == (None, {SnmpCounter.PACKETS_IN: 1})


def test_failures_of_authentication_are_logged_but_not_each(router):
    before, router.running.snmp.refused_at = len(router.running.log.entries), None
    for _ in range(20):
        exchange(router, message(GetRequestPDU(LOCATION), community=b"guess"), peer="127.9.9.9")
    told = [entry.text for entry in router.running.log.entries[before:]]
    assert told == ["%SNMP-3-AUTHFAIL: Authentication failure for SNMP req from host 127.9.9.9"]


def test_an_illegal_operation_is_counted(router):
    for version in (V1, V2C):
        _, counts = exchange(router, message(SetRequestPDU((LOCATION, OctetString(b"x"))), b"public", version))
        assert counts[SnmpCounter.ILLEGAL_OPERATIONS] == counts[SnmpCounter.SETS] == 1


def test_damaged_datagrams_do_no_harm(router):
    survive(router, 1_000, seed=1)


def survive(router, count: int, seed: int) -> None:
    """Take damaged datagrams: every answer is a message, and the tree is as well-formed as before."""
    answers = 0
    for data in damaged(SAMPLES, count, seed):
        reply, _ = exchange(router, data)
        if reply is not None:
            answers += 1
            pdu = Message.decodeExact(subbytes(reply), types={ResponsePDU.TAG: ResponsePDU}).pdu
            assert len(reply) <= 1500
            assert 0 <= pdu.errorIndex <= len(pdu.variableBindings) + 1
    assert count // 100 < answers < count
    assert answered(router, GetRequestPDU(LOCATION)).variableBindings[0].value.TAG.number == ValueType.OCTETS


def test_a_flood_of_wrong_communities_is_one_input_a_second():
    """Managers that may ask nothing add nothing to the history by asking often; every datagram is counted."""
    world = booted()
    router = world.routers["R1"]
    taken: list[SnmpInput] = []
    counts = 0

    def take(what: SnmpInput) -> SnmpResponse | None:
        taken.append(what)
        return carry_out(router, what)

    for _ in range(3):
        for number in range(500):
            made = Exchange(router, "127.0.0.1", take)
            assert made.reply(message(GetRequestPDU(LOCATION), community=b"guess %d" % number)) is None
            counts += made.counts[SnmpCounter.UNKNOWN_COMMUNITIES]
        world.clock.run_to(world.now + SECOND)
    assert (len(taken), counts) == (3, 1500)
