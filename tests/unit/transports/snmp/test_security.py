"""Version 3 at one router: every algorithm, every report, what is not let in, and what comes of damaged messages."""

import pytest
from snmp.pdu import GetBulkRequestPDU, GetNextRequestPDU, GetRequestPDU, ResponsePDU, SetRequestPDU, SNMPv2TrapPDU
from snmp.smi import OctetString
from snmp.utils import subbytes
from snmp.v3.message import SNMPv3WireMessage

from emulator.kernel.time import MINUTE, SECOND
from emulator.router.snmp_traffic import SnmpCounter
from tests.unit.snmp.managers import booted
from tests.unit.transports.snmp.mutations import damaged
from tests.unit.transports.snmp.secured import CIPHERS, DIGESTS, GROUPS, HIDDEN, SECRET, SecuredManager

NAME, LOCATION = "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"
STATISTICS = "1.3.6.1.6.3.15.1.1"
STATES = (
    "snmp-server user bare g v3",
    f"snmp-server user anna g v3 auth sha {SECRET} priv aes 128 {HIDDEN}",
    f"snmp-server user half g v3 auth md5 {SECRET}",
    f"snmp-server user lost nowhere v3 auth sha {SECRET}",
    f"snmp-server user listed g v3 auth sha {SECRET} access 7",
    *(
        f"snmp-server user {digest}-{cipher.replace(' ', '')} g v3 auth {digest} {SECRET} priv {cipher} {HIDDEN}"
        for digest in DIGESTS
        for cipher in CIPHERS
    ),
)


@pytest.fixture(scope="module")
def router():
    lines = (*GROUPS, "access-list 7 permit 127.0.0.9", "snmp-server context lab", *STATES)
    startup = "\n".join(("hostname R1", *lines, "snmp-server group g v3 auth context lab", "end", ""))
    return booted(startup=startup).routers["R1"]


@pytest.fixture
def anna(router):
    return SecuredManager(router, "anna", "sha", "aes 128")


@pytest.mark.parametrize("digest", DIGESTS)
@pytest.mark.parametrize("cipher", CIPHERS)
def test_every_digest_and_cipher_is_understood(router, digest, cipher):
    manager = SecuredManager(router, f"{digest}-{cipher.replace(' ', '')}", digest, cipher)
    assert manager.value(NAME, "auth").data == manager.value(NAME, "priv").data == b"R1"


def test_a_level_has_what_its_line_of_the_group_gives(router, anna):
    bare = SecuredManager(router, "bare")
    assert bare.value(NAME).data == b"R1"
    refused = bare.ask(SetRequestPDU((LOCATION, OctetString(b"Attic"))))
    assert refused.errorStatus.name == "noAccess"
    for level in ("auth", "priv"):
        assert not anna.ask(SetRequestPDU((LOCATION, OctetString(level.encode()))), level).errorStatus
        assert router.configuration.word("snmp-server location") == level


def test_a_user_without_a_group_and_one_at_a_wrong_address_have_no_access(router):
    lost = SecuredManager(router, "lost", "sha")
    assert lost.ask(GetRequestPDU(NAME), "auth").errorStatus.name == "authorizationError"
    listed = SecuredManager(router, "listed", "sha")
    data = listed.message(GetRequestPDU(NAME), "auth")
    assert [listed.read(listed.send(data, peer))[0].errorStatus.name for peer in ("127.0.0.9", "127.0.0.1")] == [
        "noError",
        "authorizationError",
    ]


def test_a_context_is_one_of_the_configuration(anna):
    assert not anna.ask(GetRequestPDU(NAME), "auth", context=b"lab").errorStatus
    report = anna.ask(GetRequestPDU(NAME), "auth", context=b"nowhere")
    assert str(report.variableBindings[0].name) == "1.3.6.1.6.3.12.1.5.0"


def reported(manager: SecuredManager, data: bytes) -> str | None:
    """The statistic that a report names."""
    reply = manager.send(data)
    if reply is None:
        return None
    wire = SNMPv3WireMessage.decodeExact(subbytes(reply))
    return str(wire.scopedPduData.pdu.variableBindings[0].name).removeprefix(f"{STATISTICS}.")


def test_whoever_is_not_authentic_is_told_why(router, anna):
    get = GetRequestPDU(NAME)
    stranger, guess = (
        SecuredManager(router, "stranger"),
        SecuredManager(router, "anna", "sha", password="a-wrong-guess"),
    )
    weak, half = SecuredManager(router, "bare", "sha"), SecuredManager(router, "half", "md5", "des")
    cases = {
        "1.0": (weak.message(get, "auth"), SnmpCounter.UNSUPPORTED_LEVELS),
        "3.0": (stranger.message(get), SnmpCounter.UNKNOWN_USERS),
        "4.0": (anna.message(get, engine=b""), SnmpCounter.UNKNOWN_ENGINES),
        "5.0": (guess.message(get, "auth"), SnmpCounter.WRONG_DIGESTS),
    }
    for statistic, (data, counter) in cases.items():
        assert reported(anna, data) == statistic
        assert anna.counts[counter] == anna.counts[SnmpCounter.PACKETS_OUT] == 1
    assert reported(half, half.message(get, "priv")) == "1.0"
    wrong = SecuredManager(router, "sha-des", "sha", "aes 128")
    assert reported(wrong, wrong.message(get, "priv")) == "6.0"


def test_a_message_is_good_for_150_seconds_and_one_boot():
    world = booted(startup="\n".join(("hostname R1", *GROUPS, *STATES[:3], "end", "")))
    router = world.routers["R1"]
    world.clock.run_to(world.now + 5 * MINUTE)
    manager = SecuredManager(router, "half", "md5")
    data = manager.message(GetRequestPDU(NAME), "auth")
    for drift, statistic in ((149, None), (151, "2.0"), (-151, "2.0")):
        manager.drift = drift
        late = manager.message(GetRequestPDU(NAME), "auth")
        reply = SNMPv3WireMessage.decodeExact(subbytes(manager.send(late)))
        names = [str(each.name) for each in reply.scopedPduData.pdu.variableBindings]
        assert names == [NAME if statistic is None else f"{STATISTICS}.{statistic}"]
        assert reply.header.flags.authFlag
    router.state.snmp_boots += 1
    assert reported(manager, data) == "2.0"


def test_a_message_that_is_replayed_later_sets_nothing():
    world = booted(startup="\n".join(("hostname R1", *GROUPS, *STATES[:3], "end", "")))
    router = world.routers["R1"]
    manager = SecuredManager(router, "anna", "sha", "aes 128")
    data = manager.message(SetRequestPDU((LOCATION, OctetString(b"Cellar"))), "priv")
    assert manager.send(data) is not None
    manager.ask(SetRequestPDU((LOCATION, OctetString(b"Attic"))), "priv")
    world.clock.run_to(world.now + 3 * MINUTE)
    assert reported(manager, data) == "2.0"
    assert router.configuration.word("snmp-server location") == "Attic"


def test_an_altered_message_sets_nothing(router, anna):
    data = anna.message(SetRequestPDU((LOCATION, OctetString(b"Forged"))), "auth")
    altered = data.replace(b"Forged", b"forged")
    assert reported(anna, altered) == "5.0"
    assert router.configuration.word("snmp-server location") != "forged"


def test_a_wrong_digest_is_reported_once_a_second_whatever_comes(router):
    before, router.running.snmp.refused_at = len(router.running.log.entries), None
    guess = SecuredManager(router, "anna", "sha", password="a-wrong-guess")
    for _ in range(20):
        guess.send(guess.message(GetRequestPDU(NAME), "auth"), "127.9.9.9")
    told = [entry.text for entry in router.running.log.entries[before:]]
    assert told == ["%SNMP-3-AUTHFAIL: Authentication failure for SNMP req from host 127.9.9.9"]


def test_an_answer_fits_into_what_the_manager_takes(anna):
    for size in (484, 900, 1500, 60_000):
        data = anna.send(anna.message(GetBulkRequestPDU("1.3.6.1.2.1.2", maxRepetitions=500), "priv", size=size))
        assert data is not None
        assert min(size, 1500) - 200 < len(data) <= min(size, 1500)
        assert len(anna.read(data)[0].variableBindings) > 3


def test_a_bulk_of_more_non_repeaters_than_variables_is_read(anna):
    pdu = GetBulkRequestPDU("1.3.6.1.2.1.1", maxRepetitions=3)
    pdu.nonRepeaters = 9
    for level in ("noauth", "priv"):
        assert len(anna.ask(pdu, level).variableBindings) == 1


def test_what_is_no_request_gets_no_answer(anna):
    for pdu in (ResponsePDU((NAME, OctetString(b"x"))), SNMPv2TrapPDU((NAME, OctetString(b"x")))):
        assert anna.send(anna.message(pdu, "auth")) is None
        assert anna.counts[SnmpCounter.UNKNOWN_PDUS] == 1


def test_engine_and_statistics_are_objects(anna):
    assert anna.value("1.3.6.1.6.3.10.2.1.1.0", "auth").data == anna.engine
    assert anna.value("1.3.6.1.6.3.10.2.1.2.0", "auth").value == anna.router.state.snmp_boots
    assert anna.value("1.3.6.1.6.3.10.2.1.3.0", "auth").value == anna.router.uptime() // SECOND
    found = anna.ask(GetNextRequestPDU("1.3.6.1.6.3.11"), "auth").variableBindings[0]
    assert str(found.name) == "1.3.6.1.6.3.11.2.1.1.0"


def test_damaged_messages_do_no_harm(router, anna):
    survive(router, anna, 600, seed=1)


def survive(router, anna: SecuredManager, count: int, seed: int) -> None:
    """Take damaged messages of version 3: an answer is a message, and nothing was set."""
    before = dict(router.configuration.lines)
    pdus = (GetRequestPDU(NAME), SetRequestPDU((LOCATION, OctetString(b"Damaged"))), GetBulkRequestPDU("1.3.6"))
    samples = [anna.message(pdu, level) for pdu in pdus for level in ("noauth", "auth", "priv")]
    good = {*samples}
    for data in damaged(samples, count, seed):
        reply = anna.send(data)
        if reply is not None:
            SNMPv3WireMessage.decodeExact(subbytes(reply))
            assert len(reply) <= 1500
        if data in good:
            router.configuration.lines = dict(before)
    assert router.configuration.lines == before
