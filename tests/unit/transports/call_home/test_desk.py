"""The server's desk: who may call, what is answered, what is counted, and what a repeat costs."""

from collections.abc import Iterator

import pytest

from emulator.backend.pakcode import pak_code
from emulator.backend.refusals import PortalRefusal
from emulator.keys.documents import read_license_file, read_permission_ticket, write_rehost_ticket
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine
from emulator.router.ports import CallRefused, LogIn, PakItem
from emulator.transports.call_home.log_ins import REMEMBERED
from emulator.transports.call_home.wire import read_answer, write_call
from emulator.world.call_home.protocol import Call, CallOperation
from tests.tickets import rehost_ticket_for
from tests.unit.transports.call_home.desks import AIS, ONE, TWO, WHO, Office, key_of, sealing_key_of

ISSUER = Verifier(derive_signing_key(WorldSecret.known(1), "licensing").public)


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.service.close()


def features(file: object) -> list[tuple[str, str]]:
    assert isinstance(file, bytes), file
    return [
        (each.line.feature, str(each.line.udi))
        for each in read_license_file(file, ISSUER)
        if isinstance(each, FileLine)
    ]


def test_a_pak_is_looked_up(office: Office) -> None:
    found = office.call(CallOperation.LOOK_UP, pak=office.order(7))
    assert isinstance(found, tuple)
    [item] = found
    assert isinstance(item, PakItem)
    assert (item.sku, item.ordered, item.available) == (AIS, 7, 7)


def test_an_install_made_twice_is_one_debit(office: Office) -> None:
    pak = office.order(7)
    first = office.call(CallOperation.INSTALL, pak=pak, skus=(AIS,))
    assert features(first) == [("advipservices", str(ONE))]
    assert office.call(CallOperation.INSTALL, pak=pak, skus=(AIS,)) == first
    assert office.left(pak) == 6


def test_the_audit_log_tells_who_called_and_which_call_it_was(office: Office) -> None:
    pak = office.order()
    office.call(CallOperation.INSTALL, pak=pak, skus=(AIS,))
    entries = [each for each in office.service.queries.audit(by="lab").items if each.why]
    assert [(each.by, each.why) for each in entries] == [("lab", "call home FTX1405YDC7.1.install")]


def test_a_customer_moves_a_license_by_call_home_alone(office: Office) -> None:
    office.service.accounts.add("joe", "s3cret-joe", by="lab")
    joe = LogIn("joe", "s3cret-joe")
    pak = office.order()
    office.call(CallOperation.INSTALL, who=joe, pak=pak, skus=(AIS,))
    document = office.call(CallOperation.PERMIT, who=joe, target=TWO, skus=(AIS,))
    assert isinstance(document, bytes), document
    assert office.call(CallOperation.PERMIT, who=joe, target=TWO, skus=(AIS,)) == document
    ticket = read_permission_ticket(document, ISSUER, sealing_key_of(ONE))
    proof = write_rehost_ticket(rehost_ticket_for(ticket), key_of(ONE))
    done = office.call(CallOperation.COMPLETE, who=joe, target=TWO, ticket=proof)
    assert features(done) == [("advipservices", str(TWO))]
    assert office.call(CallOperation.COMPLETE, who=joe, target=TWO, ticket=proof) == done


def test_a_call_without_a_target_is_told(office: Office) -> None:
    status, body = office.send(CallOperation.REHOSTABLE)
    assert status == 400
    assert read_answer(body) == CallRefused("other", "The call is not valid: rehostable needs a target.")


def test_a_call_that_another_device_signed(office: Office) -> None:
    call = Call("X.1", CallOperation.RESEND, ONE, WHO)
    response = office.desk.answer(write_call(call, key_of(TWO)), "192.0.2.1")
    assert response.status_code == 400
    assert b"does not bear the signature" in bytes(response.body)


@pytest.mark.parametrize("who", [LogIn("lab", "Lab"), LogIn("joe", "lab"), LogIn("", ""), LogIn("' OR 1=1 --", "lab")])
def test_a_wrong_log_in(office: Office, who: LogIn) -> None:
    status, body = office.send(CallOperation.RESEND, who=who)
    assert (status, read_answer(body)) == (403, CallRefused("log-in"))


def test_guessing_a_password_ends(office: Office) -> None:
    statuses = [office.send(CallOperation.RESEND, who=LogIn("lab", str(guess)))[0] for guess in range(5)]
    assert statuses == [403, 403, 403, 429, 429]
    assert office.send(CallOperation.RESEND)[0] == 429, "from this client not even the right one"


def test_guessing_paks_ends(office: Office) -> None:
    statuses = [office.send(CallOperation.LOOK_UP, pak=pak_code(guess))[0] for guess in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_a_mistyped_pak_is_no_guess(office: Office) -> None:
    for _ in range(5):
        answer = office.call(CallOperation.LOOK_UP, pak="ABCDEFGHIJK")
        assert isinstance(answer, CallRefused)
        assert answer.cause == "pak"


def test_a_spent_pak_is_no_guess(office: Office) -> None:
    pak = office.order()
    office.call(CallOperation.INSTALL, device=TWO, pak=pak, skus=(AIS,))
    answers = {office.send(CallOperation.INSTALL, pak=pak, skus=(AIS,)) for _ in range(5)}
    assert len(answers) == 1
    assert office.call(CallOperation.INSTALL, pak=pak, skus=(AIS,)) == CallRefused(
        "pak spent", PortalRefusal.PAK_EXHAUSTED.format(pak=pak, left=0, quantity=1, wanted=1)
    )


def test_a_back_end_that_is_away_is_told_with_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise PortalRefusal.SERVICE_DOWN.error()

    monkeypatch.setattr(office.service, "resend", away)
    call = Call("X.1", CallOperation.RESEND, ONE, WHO)
    response = office.desk.answer(write_call(call, key_of(ONE)), "192.0.2.1")
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0


# --- remembered log-ins -------------------------------------------------------------------------------------------


@pytest.fixture
def checks(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is really checked."""
    seen: list[str] = []
    really = office.service.accounts.logs_in

    def logs_in(user: str, password: str) -> bool:
        seen.append(password)
        return really(user, password)

    monkeypatch.setattr(office.service.accounts, "logs_in", logs_in)
    return seen


def test_a_log_in_is_remembered_for_a_while(office: Office, checks: list[str]) -> None:
    assert [office.log_ins.accept("lab", "lab") for _ in range(3)] == [True] * 3
    assert len(checks) == 1
    office.clock.seconds += REMEMBERED
    assert office.log_ins.accept("lab", "lab")
    assert len(checks) == 2


def test_a_wrong_one_is_never_remembered(office: Office, checks: list[str]) -> None:
    assert [office.log_ins.accept("lab", "x") for _ in range(2)] == [False, False]
    assert len(checks) == 2


def test_another_password_takes_effect_at_once(office: Office) -> None:
    assert office.log_ins.accept("lab", "lab")
    office.service.accounts.change("lab", by="lab", password="another-1")
    assert not office.log_ins.accept("lab", "lab")
    assert office.log_ins.accept("lab", "another-1")
    office.service.accounts.change("lab", by="lab", password="a-third-1")
    assert not office.log_ins.accept("lab", "another-1")


def test_user_and_password_are_kept_apart(office: Office, checks: list[str]) -> None:
    office.service.accounts.add("la", "b-secret-1", by="lab")
    assert office.log_ins.accept("la", "b-secret-1")
    assert not office.log_ins.accept("lab", "-secret-1")
    assert len(checks) == 2
