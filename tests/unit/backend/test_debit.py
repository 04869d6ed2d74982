"""No sequence of acts leaves more purchased licenses standing than were paid for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.backend.entities import IssuedState
from emulator.backend.refusals import PortalError
from emulator.kernel.time import DAY
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

from .desk import IAD, Desk, calendar

DEVICES = [Udi("CISCO881-K9", f"FTX1405{number:04d}") for number in range(5)] + [IAD]
devices = st.sampled_from(DEVICES)
acts = st.one_of(
    st.tuples(st.just("register"), st.lists(devices, min_size=1, max_size=6)),
    st.tuples(st.just("rma"), devices, devices),
    st.tuples(st.just("rehost"), devices, devices),
    st.tuples(st.just("resend"), devices),
    st.tuples(st.just("demo"), devices),
    st.tuples(st.just("extension"), devices, st.integers(1, 90)),
)
SKUS = ["L-880-AIS=", "L-IPS-880-1Y=", "FL-WEBVPN-10-K9="]


@given(st.integers(1, 4), st.lists(st.lists(devices, max_size=8), max_size=10))
@settings(max_examples=60, deadline=None)
def test_registering_never_passes_the_quantity(quantity, calls):
    desk = Desk()
    pak = desk.pak(quantity)
    given_out: dict[Udi, bytes] = {}
    for udis in calls:
        before = desk.database.dump()
        try:
            mails = desk.register(pak, udis, 0)
        except PortalError:
            assert desk.database.dump() == before
            continue
        for udi, mail in zip(dict.fromkeys(udis), mails, strict=True):
            content = mail.attachments[0].content
            assert given_out.setdefault(udi, content) == content
        assert len(given_out) == quantity - desk.state.paks[pak].left <= quantity


@given(st.sampled_from(SKUS), st.integers(1, 3), st.lists(acts, max_size=14))
@settings(max_examples=80, deadline=None)
def test_no_act_makes_licenses_that_nobody_paid_for(sku, quantity, steps):
    desk = Desk()
    for udi in DEVICES:
        desk.manufacture(udi, ["advsecurity"], 0)
    pak = desk.pak(quantity, sku)
    for now, (act, *what) in enumerate(steps):
        before = desk.database.dump()
        try:
            if act == "register":
                desk.register(pak, what[0], now)
            elif act == "rma":
                desk.rma(what[0], what[1], now)
            elif act == "rehost":
                document = desk.answered(what[0])
                before = desk.database.dump()
                desk.rehost(document, what[1], now)
            elif act == "demo":
                desk.demo(what[0], desk.skus[sku].feature, now)
            elif act == "extension":
                desk.extension(what[0], desk.skus[sku].feature, what[1] * DAY, now)
            else:
                desk.resend(what[0], now)
        except PortalError:
            assert desk.database.dump() == before
        purchased = [each for each in desk.state.licenses.values() if each.sku]
        standing = [each for each in purchased if each.state is IssuedState.CURRENT]
        assert len(standing) == quantity - desk.state.paks[pak].left <= quantity
        assert len({each.line.id for each in purchased}) == len(purchased)
        assert {each.line.count for each in purchased} <= {desk.skus[sku].count}
        demos = [each.line for each in desk.state.licenses.values() if each.line.type is LicenseType.EVALUATION]
        assert len({(line.udi, line.feature) for line in demos}) == len(demos)
        assert all(each.state is IssuedState.CURRENT for each in desk.state.licenses.values() if not each.sku)


@given(st.lists(st.tuples(st.sampled_from(SKUS), st.integers(0, 3)), max_size=12), st.integers(0, 800))
@settings(max_examples=40, deadline=None)
def test_what_is_sent_again_is_what_stands(purchases, day):
    """Subscriptions fall out at their end, nothing else does; the order is that of issue."""
    desk = Desk()
    udi = DEVICES[0]
    bought: list[LicenseLine] = []
    for sku, year in sorted(purchases, key=lambda each: each[1]):
        pak, product = desk.pak(sku=sku), desk.skus[sku]
        if product.adds_nothing_twice and any(each.feature == product.feature for each in bought):
            with pytest.raises(PortalError, match="was not debited"):
                desk.register(pak, [udi], year * 366 * DAY)
            continue
        [mail] = desk.register(pak, [udi], year * 366 * DAY)
        bought += [each.line for each in desk.licenses(mail)]
    now = 3 * 366 * DAY + day * DAY
    today = (calendar(now) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    expected = [line for line in bought if line.ends is None or line.ends > today]
    try:
        sent = [each.line for each in desk.licenses(desk.resend(udi, now))]
    except PortalError:
        sent = []
    assert sent == expected
