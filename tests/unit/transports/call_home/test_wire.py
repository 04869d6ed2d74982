"""Calls and answers on the wire: what goes in comes out, and nothing else is let in."""

from base64 import b64encode
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn, PakItem, RefusalCause, RehostItem
from emulator.transports.call_home.wire import CALL_LIMIT, read_answer, read_call, write_answer, write_call
from emulator.world.call_home.protocol import Call, CallOperation

ONE, TWO = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
KEYS = {udi: derive_signing_key(WorldSecret.known(1), f"device {udi}") for udi in (ONE, TWO)}

calls = st.builds(
    Call,
    id=st.from_regex(r"[A-Z0-9.]{1,30}", fullmatch=True),
    operation=st.sampled_from(CallOperation),
    device=st.sampled_from([ONE, TWO]),
    who=st.builds(LogIn, st.text(), st.text()),
    pak=st.text(),
    skus=st.lists(st.text(), max_size=3).map(tuple),
    target=st.none() | st.sampled_from([ONE, TWO]),
    ticket=st.binary(max_size=200),
)
texts = st.text(max_size=30)
items = st.builds(PakItem, texts, texts, texts, st.integers(0, 5000), st.integers(0, 5000), texts)
given_up = st.builds(RehostItem, texts, texts, st.lists(texts, max_size=3).map(tuple))
answers = (
    st.binary(max_size=200)
    | st.lists(items, max_size=3).map(tuple)
    | st.lists(given_up, max_size=3).map(tuple)
    | st.builds(CallRefused, st.sampled_from(get_args(RefusalCause)), texts)
)


def verifier(udi: Udi) -> Verifier:
    return Verifier(derive_signing_key(WorldSecret.known(1), f"device {udi}").public)


@settings(deadline=None)
@given(calls)
def test_a_call_comes_out_as_it_went_in(call):
    assert read_call(write_call(call, KEYS[call.device]), verifier) == call


@settings(deadline=None)
@given(answers)
def test_an_answer_comes_out_as_it_went_in(answer):
    assert read_answer(write_answer(answer)) == answer


CALL = Call("X.1", CallOperation.INSTALL, ONE, LogIn("lab", "pä%20ss"), pak="ABCDEFGHIJK", skus=("L-880-AIS=",))
DOCUMENT = write_call(CALL, KEYS[ONE])


def test_a_call_signed_by_another_device_is_refused():
    with pytest.raises(InvalidDocument, match="does not bear the signature"):
        read_call(write_call(CALL, KEYS[TWO]), verifier)


def test_no_bit_of_a_call_can_be_changed():
    for position in range(0, len(DOCUMENT), 7):
        changed = bytearray(DOCUMENT)
        changed[position] ^= 1
        if bytes(changed).split() == DOCUMENT.split():
            continue  # white space between the pieces alone
        with pytest.raises(InvalidDocument):
            read_call(bytes(changed), verifier)


HOSTILE = {
    "nothing": b"",
    "no XML": b"hello",
    "JSON": b'{"operation": "install"}',
    "entities": DOCUMENT.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1),
    "many": DOCUMENT.replace(b"<PAK>", b"<!-- " + b"x" * CALL_LIMIT + b" --><PAK>"),
    "deep": b'<?xml version="1.0" encoding="UTF-8"?>\n' + b"<a>" * 20_000,
    "another document": DOCUMENT.replace(b"CALL_HOME_REQUEST", b"REHOST_TICKET"),
    "no operation": DOCUMENT.replace(b"<OPERATION>install<", b"<OPERATION>sudo<"),
    "another spelling": DOCUMENT.replace(b"<USER>lab<", b"<USER>%6Cab<"),
    "a second user": DOCUMENT.replace(b"<USER>lab</USER>", b"<USER>lab</USER><USER>root</USER>"),
    "UTF-16": DOCUMENT.decode().encode("utf-16"),
    "cut": DOCUMENT[:-20],
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_call_is_refused(data):
    with pytest.raises(InvalidDocument):
        read_call(data, verifier)


ANSWER = write_answer(b"file")
BAD_ANSWERS = {
    "nothing": b"",
    "HTML": b"<html></html>",
    "another file": ANSWER.replace(b64encode(b"file"), b"!!!!"),
    "an unknown cause": write_answer(CallRefused("pak")).replace(b">pak<", b">paw<"),
    "a number that is none": write_answer((PakItem("S", "D", "F", 1, 1, "880"),)).replace(b">1<", b">one<"),
    "more": ANSWER.replace(b"</CALL_HOME_ANSWER>", b"<FILE></FILE></CALL_HOME_ANSWER>"),
}


@pytest.mark.parametrize("data", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_what_is_no_answer_is_refused(data):
    with pytest.raises(InvalidDocument):
        read_answer(data)
