"""Giving up some products and keeping others."""

import pytest

from emulator.backend.refusals import PortalError
from emulator.backend.views import Rehostable
from emulator.kernel.time import DAY
from emulator.licensing.types import LicenseType

from .desk import IAD, R1, R2, R3, Desk, answer

AIS, IPS, WEBVPN10, WEBVPN25 = "L-880-AIS=", "L-IPS-880-1Y=", "FL-WEBVPN-10-K9=", "FL-WEBVPN-25-K9="


@pytest.fixture
def desk() -> Desk:
    """R1 with one of everything, and two of WEBVPN10."""
    desk = Desk()
    desk.manufacture(R1, ["advsecurity"], 0)
    for sku in (AIS, IPS, WEBVPN10, WEBVPN25, WEBVPN10):
        desk.register(desk.pak(sku=sku), [R1], 0)
    desk.demo(R1, "advipservices", 0)
    return desk


def test_what_a_device_could_give_up_is_listed_by_product(desk):
    before = desk.all_but_letters()
    assert desk.rehostable(R1, R2, 0) == (
        Rehostable(AIS, LicenseType.PERMANENT, ("advipservices",), 1),
        Rehostable(IPS, LicenseType.SUBSCRIPTION, ("ios-ips-update",), 1),
        Rehostable(WEBVPN10, LicenseType.PERMANENT, ("SSL_VPN",), 2),
        Rehostable(WEBVPN25, LicenseType.PERMANENT, ("SSL_VPN",), 1),
    )
    assert desk.all_but_letters() == before


def test_only_what_fits_the_target_is_listed(desk):
    assert [each.sku for each in desk.rehostable(R1, IAD, 0)] == [IPS, WEBVPN10, WEBVPN25]


def test_a_ticket_names_the_chosen_products_alone(desk):
    ticket = desk.ticket(desk.permission(R1, 0, skus=(WEBVPN10,)))
    assert ticket.features == ("SSL_VPN",)
    assert {desk.state.licenses[id_].sku for id_ in ticket.revoke} == {WEBVPN10}
    assert len(ticket.revoke) == 2
    [grace] = ticket.grant
    assert (grace.type, grace.feature, grace.period, grace.count, grace.exclusive) == (
        LicenseType.GRACE_PERIOD,
        "SSL_VPN",
        60 * DAY,
        20,
        False,
    )


def test_the_others_stay(desk):
    ticket = desk.ticket(desk.permission(R1, 0, skus=(AIS,)))
    [moved] = desk.licenses(desk.rehost(answer(ticket), R2, DAY))
    assert moved.line.feature == "advipservices"
    assert [each.sku for each in desk.rehostable(R1, R3, DAY)] == [IPS, WEBVPN10, WEBVPN25]
    assert [each.sku for each in desk.rehostable(R2, R3, DAY)] == [AIS]


def test_all_are_given_up_without_a_choice(desk):
    ticket = desk.ticket(desk.permission(R1, 0))
    assert len(ticket.revoke) == 5
    assert [(line.feature, line.count) for line in ticket.grant] == [("advipservices", None), ("SSL_VPN", 45)]


def test_a_subscription_leaves_no_grace_behind(desk):
    mail = desk.permission(R1, 0, skus=(IPS,))
    ticket = desk.ticket(mail)
    assert (ticket.features, ticket.grant) == (("ios-ips-update",), ())
    assert "grace period" not in mail.body
    [moved] = desk.licenses(desk.rehost(answer(ticket), R2, 80 * DAY))
    assert moved.line.ends == desk.state.licenses[ticket.revoke[0]].line.ends


def test_the_same_ticket_comes_again_for_the_same_choice(desk):
    first = desk.permission(R1, 0, skus=(AIS, IPS))
    before = desk.all_but_letters()
    assert desk.permission(R1, 0, skus=(IPS, AIS)).attachments == first.attachments
    assert desk.permission(R1, 0).attachments == first.attachments
    assert desk.all_but_letters() == before


def test_another_choice_waits_until_the_ticket_is_answered(desk):
    ticket = desk.ticket(desk.permission(R1, 0, skus=(AIS,)))
    with pytest.raises(PortalError) as caught:
        desk.permission(R1, 0, skus=(IPS,))
    assert str(caught.value) == (
        f"Permission ticket PT-20100301-000001 of {R1} is not answered yet; it is for L-880-AIS=."
    )
    assert [each.sku for each in desk.rehostable(R1, R2, 0)] == [AIS], "an interrupted rehost can only go on"
    desk.rehost(answer(ticket), R2, 0)
    desk.permission(R1, 0, skus=(IPS,))


def test_a_second_grace_period_adds_up(desk):
    desk.rehost(answer(desk.ticket(desk.permission(R1, 0, skus=(AIS,)))), R2, 0)
    desk.register(desk.pak(), [R1], DAY)
    desk.permission(R1, DAY, skus=(AIS,))
    [first], [second] = (each.ticket.grant for each in desk.state.permissions.values())
    assert first.id != second.id
    assert (first.exclusive, second.exclusive) == (False, False)
