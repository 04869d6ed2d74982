import re

import msgspec
import pytest

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.kernel.time import DAY, HOUR
from emulator.licensing.types import LicenseType

from .desk import IAD, R1, R2, R3, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_device_leaves_the_factory_with_permanent_licenses(desk):
    lines = desk.manufacture(R1, ["advsecurity", "advipservices"], 0)
    assert [(line.feature, line.type, line.udi) for line in lines] == [
        ("advsecurity", LicenseType.PERMANENT, R1),
        ("advipservices", LicenseType.PERMANENT, R1),
    ]
    assert [line.id for line in lines] == ["20100301-000001", "20100301-000002"]
    assert desk.manufacture(R1, ["advsecurity", "advipservices"], HOUR) == lines


def test_an_order_brings_one_pak_at_once(desk):
    order, mail = desk.order("L-880-AIS=", 25, HOUR)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{11}", order.pak)
    assert re.fullmatch(r"[1-9][0-9]{11}", order.number)
    assert (order.sku, order.quantity, order.at) == ("L-880-AIS=", 25, HOUR)
    assert (mail.due, mail.sender, mail.attachments) == (HOUR, "orders@portal.example", ())
    assert mail.subject == f"Product authorization key, sales order {order.number}"
    assert f"\nProduct authorization key (PAK): {order.pak}\n" in mail.body


def test_a_pak_on_paper_comes_days_later_but_works_at_once(desk):
    order, mail = desk.order("SL-880-AIS=", 1, HOUR)
    assert (mail.due, mail.sender) == (HOUR + 5 * DAY, "Ordering, by regular mail")
    assert len(desk.register(order.pak, [R1], HOUR)) == 1


def test_a_pak_on_paper_is_lost_to_nobody_before_it_could_arrive(desk):
    order, mail = desk.order("SL-880-AIS=", 1, HOUR)
    for now in (HOUR, mail.due - 1):
        with pytest.raises(PortalError) as caught:
            desk.lost_pak(order.number, now)
        assert caught.value.refusal is PortalRefusal.IN_THE_POST
    assert desk.lost_pak(order.number, mail.due) == order.pak


def test_a_pak_on_paper_is_told_to_its_customer_when_the_letter_is_there(desk):
    """Until then it is in none of the places where they could read it, and does not exist where they could use it."""
    for name in ("joe", "ann"):
        desk.customer(name)
    desk.manufacture(R1, ["advsecurity"], 0)
    order, mail = desk.order("SL-880-AIS=", 5, HOUR, by="joe", why="branch 6")
    days, there = [HOUR, HOUR + DAY, mail.due - 1], mail.due
    desk.claim(R1, HOUR, by="joe", contract=desk.contract(R1).number)
    desk.register(order.pak, [R1], HOUR)  # an operator reads it off the records
    for now in days:
        [row], [pak] = desk.queries.orders(now, by="joe").items, desk.queries.paks(now, by="joe").items
        assert (row.number, row.pak, row.arrives) == (order.number, "", there)
        assert (pak.order, pak.code, pak.arrives, pak.left) == (order.number, "", there, 4)
        shown = (
            desk.queries.orders(now, by="joe"), desk.queries.paks(now, by="joe"), desk.queries.audit(now, by="joe"),
            desk.queries.history(R1, now, by="joe"), desk.outbox.mailbox(now, by="joe"),
            desk.entitlements(R1, by="joe"),
        )  # fmt: skip
        assert order.pak not in str(shown)
        assert [each.act for each in desk.queries.history(R1, now, by="joe").items][-1] == "register"
        for part in (order.pak, order.pak[:3]):
            assert (
                desk.queries.orders(now, by="joe", text=part).total
                == desk.queries.paks(now, by="joe", text=part).total
                == 0
            )
        assert (
            desk.queries.orders(now, by="joe", text=order.number).total
            == desk.queries.paks(now, by="joe", text="SL-").total
            == 1
        )
        for act in (
            lambda now=now: desk.register(order.pak, [R2], now, by="joe"),
            lambda now=now: desk.register_rows(order.pak, [str(R2)], now, by="joe", partial=True),
            lambda now=now: desk.look_up(order.pak, R2, now, by="joe"),
            lambda now=now: desk.queries.pak_devices(order.pak, now, by="joe"),
            lambda now=now: desk.register(order.pak, [R2], now, by="ann"),
        ):
            with pytest.raises(PortalError) as caught:
                act()
            assert caught.value.refusal is PortalRefusal.UNKNOWN_PAK
        with pytest.raises(PortalError, match="arrives on 2010-03-06"):
            desk.lost_pak(order.number, now, by="joe")
    assert order.pak in desk.outbox.mailbox(there, by="joe").items[0].body
    assert (
        desk.queries.orders(there, by="joe").items[0].pak
        == desk.queries.paks(there, by="joe").items[0].code
        == order.pak
    )
    assert (
        desk.queries.orders(there, by="joe", text=order.pak).total
        == desk.queries.paks(there, by="joe", text=order.pak).total
        == 1
    )
    assert desk.lost_pak(order.number, there, by="joe") == order.pak
    assert desk.look_up(order.pak, R2, there, by="joe")[0].available == 4
    assert desk.queries.history(R1, there, by="joe").items[2].subject == order.pak
    assert len(desk.register(order.pak, [R2], there, by="joe")) == 1


def test_an_operator_reads_every_pak_at_once(desk):
    order, mail = desk.order("SL-880-AIS=", 1, 0)
    [row] = desk.queries.orders(0, by="lab", text=order.pak).items
    assert (row.pak, row.arrives) == (order.pak, mail.due)
    assert desk.queries.paks(0, by="lab").items[0].code == order.pak


def test_paks_are_all_different(desk):
    paks = {desk.pak() for _ in range(200)}
    assert len(paks) == 200


def test_each_registered_device_gets_its_own_file(desk):
    mails = desk.register(desk.pak(2), [R1, R2], HOUR)
    assert [mail.subject for mail in mails] == [f"License file for {R1}", f"License file for {R2}"]
    assert [mail.attachments[0].name for mail in mails] == [
        "FTX1405YDC7_20100301100000000.lic",
        "FTX1405YDC8_20100301100000000.lic",
    ]
    for mail, udi in zip(mails, (R1, R2), strict=True):
        [license_] = desk.licenses(mail)
        assert (license_.line.feature, license_.line.type, license_.line.udi) == (
            "advipservices",
            LicenseType.PERMANENT,
            udi,
        )
        assert (license_.created, license_.source) == ("2010-03-01T10:00:00.000Z", "License portal, registration")
        assert mail.due == HOUR


def test_registering_again_gives_the_same_file_and_no_debit(desk):
    pak = desk.pak(2)
    [first] = desk.register(pak, [R1], 0)
    before = desk.all_but_letters()
    [again] = desk.register(pak, [R1], DAY)
    assert again.attachments == first.attachments
    assert desk.all_but_letters() == before
    assert desk.register(pak, [R2, R1, R1], DAY)[1].attachments == first.attachments
    assert desk.state.paks[pak].left == 0


def test_no_two_files_of_a_device_have_one_name(desk):
    mails = [*(desk.register(desk.pak(sku="FL-WEBVPN-10-K9="), [R1], 0)[0] for _ in range(2)), desk.resend(R1, 0)]
    assert [mail.attachments[0].name[-7:] for mail in mails] == ["000.lic", "001.lic", "002.lic"]


def test_resend_brings_all_that_stands_in_one_file(desk):
    factory = desk.manufacture(R1, ["advsecurity"], 0)
    [mail] = desk.register(desk.pak(), [R1], 0)
    licenses = desk.licenses(desk.resend(R1, DAY))
    assert [each.line for each in licenses] == [*factory, desk.licenses(mail)[0].line]
    assert licenses[0].source == "Factory"


@pytest.mark.heavy
def test_5000_devices_are_registered_in_one_go(desk):
    udis = [msgspec.structs.replace(R1, serial=f"FTX1405{number:04d}") for number in range(5000)]
    pak = desk.pak(5000)
    assert len(desk.register(pak, udis, 0)) == 5000
    assert desk.state.paks[pak].left == 0


def test_the_acts_are_in_the_audit_log(desk):
    desk.manufacture(R1, ["advsecurity"], 0)
    pak = desk.pak()
    desk.register(pak, [R1], 1)
    desk.resend(R1, 2)
    assert [
        (entry.at, entry.act, entry.subject, entry.detail) for entry in reversed(desk.queries.audit(by="lab").items)
    ] == [
        (0, "manufacture", str(R1), "advsecurity"),
        (0, "order", desk.state.order(1).number, "1 x L-880-AIS="),
        (1, "register", pak, str(R1)),
        (2, "resend", str(R1), ""),
    ]


def test_a_saved_state_goes_on_as_if_nothing_had_been(desk):
    pak = desk.pak(3)
    desk.register(pak, [R1], 0)
    restored = Desk(desk.database.dump())
    assert restored.register(pak, [R1, R2], 5) == desk.register(pak, [R1, R2], 5)
    assert restored.answered(R1) == desk.answered(R1)
    assert restored.database.dump() == desk.database.dump()


def test_the_same_calls_give_the_same_bytes():
    def story() -> list[object]:
        desk = Desk()
        for udi in (R1, R2):
            desk.manufacture(udi, ["advsecurity"], 0)
        desk.manufacture(R3, ["advsecurity"], 0)
        order, mail = desk.order("L-880-AIS=", 2, 5)
        mails = [mail, *desk.register(order.pak, [R1], 6), desk.permission(R1, 7)]
        mails += [desk.rehost(desk.answered(R1), R2, 8), desk.rma(R2, R3, 9), desk.resend(R3, 10)]
        return [*mails, desk.database.dump()]

    assert story() == story()


def test_families_are_kept_apart_by_sku(desk):
    [mail] = desk.register(desk.pak(sku="L-IAD880-AIS="), [IAD], 0)
    assert desk.licenses(mail)[0].line.udi == IAD
