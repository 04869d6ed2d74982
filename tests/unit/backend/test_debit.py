"""No sequence of acts leaves more purchased licenses standing than were paid for."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.backend.refusals import PortalError
from emulator.backend.state import LicenseState
from emulator.licensing.udi import Udi

from .desk import IAD, Desk

DEVICES = [Udi("CISCO881-K9", f"FTX1405{number:04d}") for number in range(5)] + [IAD]
devices = st.sampled_from(DEVICES)
acts = st.one_of(
    st.tuples(st.just("register"), st.lists(devices, min_size=1, max_size=6)),
    st.tuples(st.just("rma"), devices, devices),
    st.tuples(st.just("rehost"), devices, devices),
    st.tuples(st.just("resend"), devices),
)


@given(st.integers(1, 4), st.lists(st.lists(devices, max_size=8), max_size=10))
@settings(max_examples=60, deadline=None)
def test_registering_never_passes_the_quantity(quantity, calls):
    desk = Desk()
    pak = desk.pak(quantity)
    given_out: dict[Udi, bytes] = {}
    for udis in calls:
        before = msgspec.json.encode(desk.state)
        try:
            mails = desk.register(pak, udis, 0)
        except PortalError:
            assert msgspec.json.encode(desk.state) == before
            continue
        for udi, mail in zip(dict.fromkeys(udis), mails, strict=True):
            content = mail.attachments[0].content
            assert given_out.setdefault(udi, content) == content
        assert len(given_out) == quantity - desk.state.paks[pak].left <= quantity


@given(st.integers(1, 3), st.lists(acts, max_size=14))
@settings(max_examples=60, deadline=None)
def test_no_act_makes_licenses_that_nobody_paid_for(quantity, steps):
    desk = Desk()
    for udi in DEVICES:
        desk.manufacture(udi, ["advsecurity"], 0)
    pak = desk.pak(quantity)
    for now, (act, *what) in enumerate(steps):
        try:
            if act == "register":
                desk.register(pak, what[0], now)
            elif act == "rma":
                desk.rma(what[0], what[1], now)
            elif act == "rehost":
                desk.rehost(desk.answered(what[0]), what[1], now)
            else:
                desk.resend(what[0], now)
        except PortalError:
            pass
        purchased = [each for each in desk.state.licenses.values() if each.sku]
        standing = [each for each in purchased if each.state is LicenseState.CURRENT]
        assert len(standing) == quantity - desk.state.paks[pak].left <= quantity
        assert len({each.line.id for each in purchased}) == len(purchased)
