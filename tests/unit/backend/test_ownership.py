"""Owners of orders, PAKs and devices, and what an account sees."""

import pytest

from emulator.backend.entities import Role
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.kernel.time import DAY

from .desk import PASSWORD, R1, R2, R3, Desk, answer, credential


@pytest.fixture
def desk() -> Desk:
    """Two customers; devices made by us."""
    desk = Desk()
    for name in ("joe", "ann"):
        desk.customer(name)
    for udi in (R1, R2, R3):
        desk.manufacture(udi, ["advsecurity"], 0)
    return desk


def test_a_pak_without_owner_belongs_to_the_first_customer_who_registers_it(desk):
    pak = desk.pak(3)
    desk.register(pak, [R1], 0, by="lab")
    assert desk.state.paks[pak].owner is None
    desk.register(pak, [R2], 0, by="joe")
    assert desk.state.paks[pak].owner == "joe"
    assert [each.udi for each in desk.queries.pak_devices(pak, by="joe").items] == [R2, R1]
    with pytest.raises(PortalError) as caught:
        desk.register(pak, [R3], 0, by="ann")
    assert caught.value.refusal is PortalRefusal.UNKNOWN_PAK
    assert caught.value.refusal.guess
    desk.register(pak, [R3], 0, by="lab")


def test_a_registration_makes_no_device_ones_own(desk):
    """Files of a device are the buyer's; what else is on record of the device, and may be taken from it, is not."""
    desk.register(desk.pak(), [R1], 0)
    pak = desk.pak(by="joe")
    [mail] = desk.register(pak, [R1], 0, by="joe")
    assert desk.queries.devices(by="joe").total == 0
    [row] = desk.queries.pak_devices(pak, by="joe").items
    assert desk.queries.license_file(row.license_id, by="joe").content == mail.attachments[0].content
    before = desk.state.held(R1)
    for take in (
        lambda: desk.resend(R1, 0, by="joe"),
        lambda: desk.demo(R1, "SSL_VPN", 0, by="joe"),
        lambda: desk.queries.device(R1, 0, by="joe"),
        lambda: desk.contract(R1, by="joe"),
    ):
        with pytest.raises(PortalError) as caught:
            take()
        assert caught.value.refusal is PortalRefusal.UNKNOWN_DEVICE
    assert desk.state.held(R1) == before


@pytest.mark.parametrize("proof", ["credential", "contract"])
def test_a_device_that_nobody_owns_is_claimed_with_a_proof_and_stays_claimed(desk, proof):
    proofs = {"credential": credential(R1), "contract": desk.contract(R1).number}
    desk.claim(R1, 0, by="joe", **{proof: proofs[proof]})
    assert [each.udi for each in desk.queries.devices(by="joe").items] == [R1]
    entry = desk.queries.audit(by="joe").items[0]
    assert (entry.act, entry.subject, entry.device) == ("claim", str(R1), str(R1))
    desk.claim(R1, 0, by="joe", **{proof: proofs[proof]})
    assert desk.queries.audit(by="joe").total == 1, "the second time changed nothing"
    for name, shown in proofs.items():
        with pytest.raises(PortalError):
            desk.claim(R1, 0, by="ann", **{name: shown})
    assert desk.queries.device(R1, 0, by="lab").owner == "joe"


def test_an_operator_names_the_owner_of_a_device(desk):
    desk.claim(R1, 0, by="lab", owner="joe")
    desk.claim(R1, 0, by="lab", owner="ann", why="sold")
    assert desk.queries.device(R1, 0, by="ann").owner == "ann"
    assert desk.queries.audit(by="lab").items[0].why == "sold"


def test_a_call_that_a_device_signed_proves_it(desk):
    desk.register(desk.pak(), [R1], 0)
    desk.resend(R1, 0, by="joe", caller=R1)
    assert desk.queries.device(R1, 0, by="joe").owner == "joe"
    with pytest.raises(PortalError):
        desk.resend(R2, 0, by="ann", caller=R3)
    with pytest.raises(PortalError):
        desk.resend(R1, 0, by="ann", caller=R1)


def test_whoever_gives_a_device_something_learns_nothing_of_its_owner(desk):
    desk.claim(R1, 0, by="joe", credential=credential(R1))
    desk.register(desk.pak(by="joe"), [R1], 0, by="joe")
    joes, anns = desk.state.held(R1)[-1].line.id, desk.pak(by="ann")
    [mail] = desk.register(anns, [R1], 0, by="ann")
    assert [each.line.feature for each in desk.licenses(mail)] == ["advipservices"]
    with pytest.raises(PortalError):
        desk.queries.license_file(joes, by="ann")
    [entry] = [each for each in desk.queries.history(R1, by="joe").items if each.by not in {"joe", "factory"}]
    assert (entry.by, entry.subject, entry.why) == ("(another account)", "(a PAK of another account)", "")
    assert anns not in str(desk.queries.history(R1, by="joe").items)
    desk.register(desk.pak(2, sku="FL-WEBVPN-10-K9="), [R1], 0)
    assert desk.queries.history(R1, by="joe").items[-1].subject == "(a PAK of another account)", "it is worth one more"


def test_a_rehost_ticket_of_another_accounts_device_opens_nothing(desk):
    desk.claim(R1, 0, by="joe", credential=credential(R1))
    desk.register(desk.pak(by="joe"), [R1], 0, by="joe")
    paper = answer(desk.ticket(desk.permission(R1, 0, by="joe", credential=credential(R1))))
    with pytest.raises(PortalError) as caught:
        desk.rehost(paper, R3, 0, by="ann", credential=credential(R3))
    assert caught.value.refusal is PortalRefusal.UNKNOWN_TICKET
    desk.rehost(paper, R3, 0, by="joe", caller=R1)
    assert desk.queries.device(R3, 0, by="lab").owner is None, "the source may name any target, and gets none by that"


def test_an_operator_orders_for_a_customer(desk):
    order, mail = desk.order("L-880-AIS=", 1, 0, owner="joe")
    assert (order.owner, mail.to) == ("joe", "joe@customer.example")
    assert [each.number for each in desk.queries.orders(by="joe").items] == [order.number]
    assert desk.queries.orders(by="ann").total == 0
    assert [each.subject for each in desk.outbox.mailbox(0, by="joe").items] == [mail.subject]
    assert desk.outbox.letter(mail.number, 0, by="joe") == mail


def test_lists_show_what_is_ones_own_and_operators_everything(desk):
    paks = {name: desk.pak(2, by=name) for name in ("joe", "ann", "lab")}
    desk.register(paks["joe"], [R1], DAY, by="joe")
    desk.register(paks["ann"], [R2], DAY, by="ann")
    desk.claim(R2, DAY, by="ann", credential=credential(R2))
    assert [each.code for each in desk.queries.paks(by="joe").items] == [paks["joe"]]
    assert [each.left for each in desk.queries.paks(by="ann").items] == [1]
    assert {each.code for each in desk.queries.paks(by="lab").items} == set(paks.values())
    assert [each.udi for each in desk.queries.devices(by="lab").items] == [R1, R2, R3]
    assert [(each.udi, each.licenses) for each in desk.queries.devices(by="ann").items] == [(R2, 2)]
    assert {each.by for each in desk.queries.audit(by="joe").items} == {"joe"}
    assert {each.by for each in desk.queries.audit(by="lab").items} == {"factory", "lab", "joe", "ann"}
    assert [each.udi for each in desk.queries.pak_devices(paks["joe"], by="joe").items] == [R1]


def test_lists_are_paged_and_filtered(desk):
    codes = [desk.pak(sku=sku) for sku in ("L-880-AIS=", "L-IPS-880-1Y=", "L-880-AIS=")]
    desk.register(codes[2], [R1], 0)
    assert [each.pak for each in desk.queries.orders(by="lab").items] == codes[::-1]
    page = desk.queries.orders(by="lab", offset=1, limit=1)
    assert ([each.pak for each in page.items], page.total, page.offset) == ([codes[1]], 3, 1)
    assert [each.pak for each in desk.queries.orders(by="lab", sku="L-IPS-880-1Y=").items] == [codes[1]]
    assert [each.pak for each in desk.queries.orders(by="lab", text=codes[0].lower()).items] == [codes[0]]
    assert [each.code for each in desk.queries.paks(by="lab", left_only=True).items] == [codes[1], codes[0]]
    assert desk.queries.devices(by="lab", pid="CISCO881").total == 0
    assert desk.queries.devices(by="lab", pid="CISCO881-K9", text="ydc7").total == 1
    assert [each.act for each in desk.queries.audit(by="lab", act="register", since=0, until=1).items] == ["register"]
    assert desk.queries.audit(by="lab", until=0).total == 0


@pytest.mark.parametrize("text", ["%", "_", "' OR '1'='1", "\\", "a\0b", "\udcff", "x" * 10_000, '";--', "/%"])
def test_any_text_may_be_a_filter_and_finds_only_itself(desk, text):
    desk.pak()
    assert desk.queries.orders(by="lab", text=text).total == 0
    assert desk.queries.orders(by="lab", sku=text).total == 0
    assert desk.queries.paks(by="lab", text=text, sku=text).total == 0
    assert desk.queries.devices(by="lab", text=text, pid=text).total == 0
    assert desk.queries.audit(by="lab", text=text, act=text, account=text).total == 0
    assert desk.outbox.mailbox(0, by="lab", text=text).total == 0


@pytest.mark.parametrize(("offset", "limit"), [(-1, -1), (1 << 70, 1 << 70), (0, 0)])
def test_any_number_may_be_a_page(desk, offset, limit):
    desk.pak()
    found = desk.queries.orders(by="lab", offset=offset, limit=limit)
    assert found.total == 1
    assert len(found.items) == (offset <= 0)


def test_a_reason_is_kept_whatever_it_says(desk):
    desk.order("L-880-AIS=", 1, 0, why=" '); DROP TABLE audit; --\0\n ")
    assert desk.queries.audit(by="lab").items[0].why == "'); DROP TABLE audit; --?"


def test_the_contract_is_shown_to_the_owner_alone(desk):
    number = desk.contract(R1).number
    assert desk.queries.device(R1, 0, by="lab").contract == number
    with pytest.raises(PortalError):
        desk.queries.device(R1, 0, by="joe")
    desk.claim(R1, 0, by="joe", credential=credential(R1))
    assert desk.queries.device(R1, 0, by="joe").contract == number
    assert len({desk.contract(udi).number for udi in (R1, R2, R3)}) == 3


def test_a_customer_replaces_and_moves_with_papers(desk):
    desk.register(desk.pak(by="joe"), [R1], 0, by="joe")
    desk.claim(R2, 0, by="joe", contract=desk.contract(R2).number)
    desk.rma(R1, R2, 0, by="joe", contract=f" {desk.contract(R1).number} ")
    assert desk.queries.device(R2, 0, by="lab").owner == "joe"
    ticket = desk.ticket(desk.permission(R2, 0, by="joe", credential=credential(R2)))
    assert [each.ticket for each in desk.queries.rehosts(by="joe").items] == [ticket.id]
    assert desk.queries.ticket_file(ticket.id, by="joe").name == f"FTX1405YDC8_permission_{ticket.id}.xml"
    desk.rehost(answer(ticket), R3, 0, by="joe", credential=credential(R3))
    assert desk.queries.device(R3, 0, by="lab").owner == "joe"
    [case] = desk.queries.rehosts(by="joe", open_only=False).items
    assert (case.target, case.state, case.skus) == (R3, "answered", ("L-880-AIS=",))
    assert desk.queries.rehosts(by="joe").total == 0
    assert [each.act for each in desk.queries.history(R2, by="joe").items] == [
        "manufacture",
        "claim",
        "rma",
        "permission",
        "rehost",
    ]


def test_whoever_shows_the_credential_of_a_device_owns_it_and_sees_its_rehost(desk):
    """R1 has what the lab registered for it; nobody owns it, and joe has its credential."""
    desk.register(desk.pak(), [R1], 0)
    mine = desk.ticket(desk.permission(R1, 0, by="joe", credential=credential(R1)))
    assert [each.ticket for each in desk.queries.rehosts(by="joe").items] == [mine.id]
    assert desk.queries.rehosts(by="ann").total == 0
    desk.register(desk.pak(by="ann"), [R1], 0, by="ann")
    assert desk.queries.rehosts(by="ann").total == 0, "what she bought is on his device"
    assert desk.queries.rehost_case(mine.id, by="joe").state == "open"
    assert desk.queries.ticket_file(mine.id, by="joe").name == f"{R1.serial}_permission_{mine.id}.xml"
    desk.rehost(answer(mine), R2, 0, by="joe", credential=credential(R2))
    assert desk.queries.rehost_case(mine.id, by="joe").target == R2
    assert [each.ticket for each in desk.queries.rehosts(by="joe", open_only=False).items] == [mine.id]
    assert {each.udi for each in desk.queries.devices(by="joe").items} == {R1, R2}


def test_asking_again_makes_it_ones_own_as_well(desk):
    desk.register(desk.pak(), [R1], 0)
    [ticket] = {
        desk.ticket(desk.permission(R1, now, by=name, credential=credential(R1))).id
        for now, name in enumerate(("lab", "joe"))
    }
    assert [desk.queries.rehosts(by=name).total for name in ("lab", "joe", "ann")] == [1, 1, 0]
    assert desk.queries.rehosts(by="joe").items[0].ticket == ticket


def test_a_permission_ticket_of_another_accounts_device_is_not_there(desk):
    desk.register(desk.pak(by="joe"), [R1], 0, by="joe")
    ticket = desk.ticket(desk.permission(R1, 0, by="joe", credential=credential(R1))).id
    for look in (desk.queries.rehost_case, desk.queries.ticket_file):
        for name, by in ((ticket, "ann"), ("PT-9", "joe")):
            with pytest.raises(PortalError) as caught:
                look(name, by=by)
            assert (caught.value.refusal, caught.value.slots) == (PortalRefusal.UNKNOWN_FILE, {"file": name})


def test_a_license_file_is_for_the_owner_and_only_while_all_of_it_stands(desk):
    desk.register(desk.pak(), [R1], 0)
    [made, bought] = [each.line.id for each in desk.entitlements(R1)]
    for license_ in (made, bought):
        assert desk.queries.license_file(license_, by="lab")
        with pytest.raises(PortalError) as caught:
            desk.queries.license_file(license_, by="joe")
        assert caught.value.refusal is PortalRefusal.UNKNOWN_FILE, "nobody owns R1, and whoever names it gets nothing"
    desk.claim(R1, 0, by="joe", credential=credential(R1))
    desk.register(desk.pak(by="joe", sku="L-IPS-880-1Y="), [R1], 0, by="joe")
    assert desk.queries.license_file(bought, by="joe").content == desk.queries.license_file(bought, by="lab").content
    paper = answer(desk.ticket(desk.permission(R1, 0, by="joe", credential=credential(R1))))
    desk.rehost(paper, R2, 0, by="joe", credential=credential(R2))
    for by in ("joe", "lab"):
        with pytest.raises(PortalError) as caught:
            desk.queries.license_file(bought, by=by)
        assert caught.value.refusal is PortalRefusal.TRANSFERRED
    assert desk.queries.license_file(made, by="joe"), "what left the factory stays with its device"
    moved = [each.line.id for each in desk.entitlements(R2) if each.sku]
    assert len(moved) == 2
    ticket = desk.ticket(desk.permission(R2, 0, by="joe", credential=credential(R2), skus=("L-880-AIS=",)))
    desk.rehost(answer(ticket), R3, 0, by="joe", credential=credential(R3))
    with pytest.raises(PortalError) as caught:
        desk.queries.license_file(moved[1], by="joe")
    assert caught.value.refusal is PortalRefusal.TRANSFERRED, "one of the two in that file has moved on"


def test_a_customer_who_registers_again_with_a_pak_that_nobody_owns_takes_it(desk):
    pak = desk.pak(2)
    [mail] = desk.register(pak, [R1], 0)
    [again] = desk.register(pak, [R1], 0, by="joe")
    assert again.attachments == mail.attachments
    assert desk.state.paks[pak].owner == "joe"
    assert desk.queries.device(R1, 0, by="lab").owner is None
    assert desk.state.paks[pak].left == 1
    assert desk.queries.license_file(desk.licenses(mail)[0].line.id, by="joe").content == mail.attachments[0].content


def test_a_call_of_the_source_needs_no_credential(desk):
    desk.register(desk.pak(by="joe"), [R1], 0, by="joe")
    ticket = desk.ticket(desk.permission(R1, 0, by="joe", caller=R1))
    desk.rehost(answer(ticket), R3, 0, by="joe", caller=R1)
    with pytest.raises(PortalError) as caught:
        desk.permission(R3, 0, by="joe", caller=R1)
    assert caught.value.refusal is PortalRefusal.NO_CREDENTIAL


def test_an_operator_goes_beyond_the_limit_with_a_reason(desk):
    desk.register(desk.pak(), [R1], 0)
    for source, target in ((R1, R2), (R2, R1)):
        desk.rehost(desk.answered(source), target, 0)
    desk.permission(R1, DAY, override=True, why="the branch was closed")
    entry = desk.queries.audit(by="lab").items[0]
    assert (entry.why, entry.detail) == ("the branch was closed", "PT-20100302-000003, beyond the yearly limit")


def test_the_limit_is_for_a_year(desk):
    desk.register(desk.pak(), [R1], 0)
    for source, target in ((R1, R2), (R2, R1)):
        desk.rehost(desk.answered(source), target, 0)
    desk.permission(R1, 366 * DAY)


def test_an_expired_ticket_is_good_again_when_it_is_asked_for_again(desk):
    desk.register(desk.pak(), [R1], 0)
    paper = desk.answered(R1)
    with pytest.raises(PortalError):
        desk.rehost(paper, R2, 100 * DAY)
    desk.permission(R1, 100 * DAY)
    desk.rehost(paper, R2, 100 * DAY)


def test_roles(desk):
    assert desk.accounts.get("lab").role is Role.OPERATOR
    desk.add_account("eve", PASSWORD, role=Role.OPERATOR)
    desk.extension(R1, "advipservices", DAY, 0, by="eve", why="TAC case 6")
    assert desk.queries.audit(by="eve").items[0].why == "TAC case 6"
    assert [each.name for each in desk.accounts.all(by="eve").items] == ["ann", "eve", "joe"]
    desk.change_account("joe", password="a new one", by="joe", address="joe@branch.example")
    assert desk.accounts.log_in("joe", "a new one") == desk.accounts.get("joe")
    assert desk.accounts.get("joe").role is Role.CUSTOMER


def test_a_token_opens_until_it_is_revoked(desk):
    token, secret = desk.accounts.new_token("joe", "ci", 5, by="joe", entropy=bytes(range(20)))
    assert secret == "isr_aaaqeayeaudaocajbifqydiob4ibceqt"
    assert secret not in str(desk.database.dump())
    assert desk.accounts.token_account(secret) == desk.accounts.get("joe")
    assert desk.accounts.tokens("joe", by="joe") == (token,)
    with pytest.raises(PortalError):
        desk.accounts.revoke_token(token.id, 6, by="ann")
    desk.accounts.revoke_token(token.id, 6, by="joe")
    desk.accounts.revoke_token(token.id, 7, by="joe")
    assert desk.accounts.token_account(secret) is None
    assert [each.revoked for each in desk.accounts.tokens("joe", by="lab")] == [True]
    assert desk.accounts.token_account("\udcff") is None


def test_the_mark_of_a_password_changes_with_it(desk):
    marks = [desk.accounts.password_mark(user) for user in ("joe", "ann", "lab", "nobody", "\0")]
    assert marks[3:] == [None, None]
    assert len(set(marks[:3])) == 3
    for user in ("joe", "lab"):
        desk.change_account(user, password="another one")
    assert desk.accounts.password_mark("joe") not in marks
    assert desk.accounts.password_mark("lab") not in marks
    assert not desk.accounts.has_default_password()


def test_the_lab_begins_with_the_password_that_everybody_knows():
    assert Desk().accounts.has_default_password()
