"""Every operation of the JSON interface, for every role, with what belongs to every other owner, to nobody, or is not.

The rows are held against the description: an operation without a row fails, and a row without an operation too. What
a stranger is answered about a thing of another account is what they are answered about one that does not exist: the
same status, the same words and, for a refusal, after the same number of queries; and no refusal changes anything.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.unit.transports.portal.belongings import ABSENT, NOBODYS, Belongings, furnished
from tests.unit.transports.portal.lab import Portal, credential, password_of
from tests.web_client import WebClient

Inputs = dict[str, Any]
OK, MADE, FORBIDDEN, THERE_IS_NONE, REFUSED = 200, 201, 403, 404, 409


class Row(NamedTuple):
    """One way to ask an operation for a thing.

    Attributes:
        given: the inputs, from the belongings that are asked for and those of the caller.
        own: the status for the owner.
        others: for a stranger; the same as for a thing that does not exist.
        nobodys: for a customer, of a thing without an owner.
        operator: for an operator; None: as for the owner.
        alike: whether a stranger cannot tell the thing from one that does not exist; not where a proof was stolen.
    """

    given: Callable[[Belongings, Belongings], Inputs]
    own: int
    others: int
    nobodys: int
    operator: int | None = None
    alike: bool = True


def file(content: bytes) -> str:
    return base64.b64encode(content).decode()


NOTHING = Row(lambda thing, own: {}, OK, OK, OK)
"""Only what is the caller's own is looked at."""

UNLICENSED = "CISCO881-K9:FTX1405Z9Z3"
"""A device without an owner and without a license."""

ROWS: dict[str, tuple[Row, ...]] = {
    "listProducts": (NOTHING,),
    "placeOrder": (
        Row(lambda thing, own: {"sku": "L-880-AIS=", "quantity": 1, "owner": thing.user}, MADE, FORBIDDEN, FORBIDDEN),
    ),
    "listOrders": (
        NOTHING,
        Row(lambda thing, own: {"text": thing.order}, OK, OK, OK),
        Row(lambda thing, own: {"text": thing.pak}, OK, OK, OK),
    ),
    "findLostPak": (Row(lambda thing, own: {"number": thing.order}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "listPaks": (
        NOTHING,
        Row(lambda thing, own: {"text": thing.pak}, OK, OK, OK),
        Row(lambda thing, own: {"text": thing.order}, OK, OK, OK),
    ),
    "listPakDevices": (Row(lambda thing, own: {"pak": thing.pak}, OK, THERE_IS_NONE, OK),),
    "lookUpPak": (
        Row(lambda thing, own: {"pak": thing.pak, "udi": str(own.spare)}, OK, THERE_IS_NONE, OK),
        Row(lambda thing, own: {"pak": own.pak, "udi": str(thing.udi)}, OK, OK, OK),
    ),
    "registerPak": (
        Row(lambda thing, own: {"pak": thing.pak, "udis": [UNLICENSED]}, OK, THERE_IS_NONE, OK),
        Row(lambda thing, own: {"pak": own.pak, "udis": [str(thing.spare)], "mailed": False}, OK, OK, OK,
            REFUSED),
    ),
    "askForDemo": (
        Row(lambda thing, own: {"udi": str(thing.udi), "feature": "SSL_VPN"}, OK, THERE_IS_NONE, THERE_IS_NONE),
    ),
    "grantExtension": (
        Row(lambda thing, own: {"udi": str(thing.udi), "feature": "SSL_VPN", "period": "1d", "why": "TAC"},
            FORBIDDEN, FORBIDDEN, FORBIDDEN, OK),
    ),
    "resendLicenses": (Row(lambda thing, own: {"udi": str(thing.udi)}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "replaceDevice": (
        Row(lambda thing, own: {"failed": str(thing.udi), "replacement": str(own.spare), "contract": thing.contract},
            OK, THERE_IS_NONE, OK),
        Row(lambda thing, own: {"failed": str(own.udi), "replacement": str(thing.spare), "contract": own.contract},
            OK, THERE_IS_NONE, THERE_IS_NONE),
        Row(lambda thing, own: {"failed": str(thing.udi), "replacement": str(own.spare), "contract": "000000000"},
            THERE_IS_NONE, THERE_IS_NONE, THERE_IS_NONE),
    ),
    "correctRegistration": (
        Row(lambda thing, own: {"pak": thing.pak, "wrong": str(thing.udi), "right": str(own.spare), "why": "TAC"},
            FORBIDDEN, FORBIDDEN, FORBIDDEN, OK),
    ),
    "listRehostable": (
        Row(lambda thing, own: {"source": str(thing.udi), "target": str(own.spare)}, OK, THERE_IS_NONE, THERE_IS_NONE),
        Row(lambda thing, own: {"source": str(own.udi), "target": str(thing.spare)}, OK, OK, OK),
    ),
    "askPermission": (
        Row(lambda thing, own: {"source": str(thing.udi)}, REFUSED, REFUSED, REFUSED, OK),
        Row(lambda thing, own: {"source": str(own.udi), "target": str(thing.udi)}, REFUSED, REFUSED, REFUSED, OK),
        Row(lambda thing, own: {"source": str(thing.udi), "credential": file(credential(own.udi))},
            OK, REFUSED, REFUSED, REFUSED),
        Row(lambda thing, own: {"source": str(thing.udi), "credential": file(credential(thing.udi))},
            OK, THERE_IS_NONE, OK, alike=False),
    ),
    "completeRehost": (
        Row(lambda thing, own: {"ticket": file(thing.proof), "target": str(own.spare),
                                "credential": file(credential(own.spare))}, OK, THERE_IS_NONE, OK),
        Row(lambda thing, own: {"ticket": file(own.proof), "target": str(thing.spare)}, REFUSED, REFUSED, REFUSED, OK),
    ),
    "listRehosts": (NOTHING,),
    "showRehost": (Row(lambda thing, own: {"ticket": thing.ticket}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "listLetters": (NOTHING, Row(lambda thing, own: {"text": thing.udi.serial}, OK, OK, OK)),
    "readLetter": (Row(lambda thing, own: {"number": thing.letter}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "getLicenseFile": (Row(lambda thing, own: {"license": thing.license}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "getPermissionTicket": (Row(lambda thing, own: {"ticket": thing.ticket}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "listDevices": (NOTHING, Row(lambda thing, own: {"text": thing.udi.serial}, OK, OK, OK)),
    "showHistory": (Row(lambda thing, own: {"udi": str(thing.udi)}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "showDevice": (Row(lambda thing, own: {"udi": str(thing.udi)}, OK, THERE_IS_NONE, THERE_IS_NONE),),
    "addDevice": (
        Row(lambda thing, own: {"udi": str(thing.udi)}, REFUSED, REFUSED, REFUSED, MADE),
        Row(lambda thing, own: {"udi": str(thing.udi), "contract": thing.contract}, MADE, THERE_IS_NONE, MADE),
        Row(lambda thing, own: {"udi": str(thing.udi), "contract": "000000000"},
            THERE_IS_NONE, THERE_IS_NONE, THERE_IS_NONE, MADE),
        Row(lambda thing, own: {"udi": str(thing.udi), "credential": file(credential(thing.udi))},
            MADE, THERE_IS_NONE, MADE, alike=False),
        Row(lambda thing, own: {"udi": str(own.udi), "owner": thing.user}, REFUSED, FORBIDDEN, FORBIDDEN, MADE),
    ),
    "listAudit": (
        NOTHING,
        Row(lambda thing, own: {"account": thing.user}, OK, FORBIDDEN, FORBIDDEN),
        Row(lambda thing, own: {"text": thing.udi.serial}, OK, OK, OK),
    ),
    "whoAmI": (NOTHING,),
    "listAccounts": (Row(lambda thing, own: {}, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK),),
    "openAccount": (
        Row(lambda thing, own: {"user": thing.user, "password": "another one", "own_password": password_of(own.user)},
            FORBIDDEN, FORBIDDEN, FORBIDDEN, REFUSED),
    ),
    "showAccount": (Row(lambda thing, own: {"user": thing.user}, OK, FORBIDDEN, FORBIDDEN),),
    "changeAccount": (
        Row(lambda thing, own: {"user": thing.user, "password": "another one", "own_password": password_of(own.user)},
            OK, FORBIDDEN, FORBIDDEN),
    ),
    "listTokens": (NOTHING,),
    "makeToken": (
        Row(lambda thing, own: {"name": "mine", "own_password": password_of(own.user)}, MADE, MADE, MADE),
    ),
    "revokeToken": (Row(lambda thing, own: {"id": thing.token}, OK, THERE_IS_NONE, THERE_IS_NONE),),
}  # fmt: skip


class Interface:
    """The JSON interface of one furnished portal, made anew once something was changed."""

    def __init__(self) -> None:
        self.renew()
        self.client = WebClient(self.portal.app, "https://portal.example", raise_server_exceptions=False)
        document = self.client.get("/api/v1/openapi.json").json()
        self.operations: dict[str, tuple[str, str, Mapping[str, Any]]] = {
            operation["operationId"]: (method, path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }

    def renew(self) -> None:
        self.portal: Portal
        self.portal, self.things = furnished()
        self.tokens = {user: self.portal.token(user) for user in ("lab", "ann", "bob")}
        self.client = WebClient(self.portal.app, "https://portal.example", raise_server_exceptions=False)
        self.portal.now += 86_400_000
        self.before = self.portal.service.database.dump()

    def ask(self, name: str, inputs: Inputs, user: str | None) -> "Answer":
        """Answer to a program of this user; None shows no token."""
        method, path, operation = self.operations[name]
        others = dict(inputs)
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", quote(str(others.pop(parameter["name"])), safe=""))
        headers = {} if user is None else {"Authorization": f"Bearer {self.tokens[user]}"}
        body, query = (others, None) if method == "post" else (None, others)
        self.portal.wall.seconds += 3_600
        with counted() as statements:
            found = self.client.request(method, f"/api/v1{path}", headers=headers, json=body, params=query)
        return Answer(found.status_code, found.text, len(statements))


class Answer(NamedTuple):
    status: int
    text: str
    queries: int

    def about(self, thing: Belongings, inputs: Inputs) -> "Answer":
        """Answer without the name of the thing that was asked for."""
        text, words = self.text, _words(inputs)
        if file(thing.proof) in words:
            words |= {thing.ticket}
        for field in thing.__struct_fields__:
            value = str(getattr(thing, field))
            if value in words:
                text = text.replace(value, "<thing>")
        for field in ("udi", "spare"):
            text = text.replace(getattr(thing, field).serial, "<serial>")
        return Answer(self.status, re.sub("isr_[a-z0-9]+", "<secret>", text), self.queries if self.status >= 300 else 0)


def _words(inputs: Inputs) -> set[str]:
    return {str(each) for value in inputs.values() for each in (value if isinstance(value, list) else [value])}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that any database is sent."""
    seen: list[str] = []

    def sent(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", sent)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", sent)


@pytest.fixture(scope="module")
def interface() -> Iterator[Interface]:
    from emulator.backend import accounts

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(accounts._COST, "n", 2)
        yield Interface()


CELLS = [(name, row) for name, rows in ROWS.items() for row in rows]
NAMED = pytest.mark.parametrize(("name", "row"), CELLS, ids=[f"{name}-{ROWS[name].index(row)}" for name, row in CELLS])


def test_every_operation_has_its_rows_and_every_row_its_operation(interface: Interface) -> None:
    assert set(ROWS) == set(interface.operations)


def test_a_new_operation_without_a_row_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from emulator.transports.portal.operations.table import SUBJECTS

    subject, operations = next(iter(SUBJECTS.items()))
    planted = msgspec.structs.replace(operations[0], name="planted", path="/planted")
    monkeypatch.setitem(SUBJECTS, subject, (*operations, planted))
    assert set(Interface().operations) - set(ROWS) == {"planted"}


@NAMED
def test_a_stranger_is_answered_as_if_there_were_no_such_thing(interface: Interface, name: str, row: Row) -> None:
    interface.renew()
    for owner, stranger in (("ann", "bob"), ("bob", "ann")):
        answers = []
        for whose in (owner, ABSENT):
            thing = interface.things[whose]
            inputs = row.given(thing, interface.things[stranger])
            answer = interface.ask(name, inputs, stranger)
            assert answer.status == row.others or (whose == ABSENT and not row.alike), (whose, answer)
            leaked = leaks(answer, interface.things[owner], inputs)
            assert not leaked, (whose, leaked)
            answers.append(answer.about(thing, inputs))
            if answer.status < 300:
                interface.renew()
            else:
                assert interface.portal.service.database.dump() == interface.before
        if row.alike:
            assert answers[0] == answers[1], "a thing of another account is told from none"


def leaks(answer: "Answer", thing: Belongings, inputs: Inputs) -> set[str]:
    """The names of a thing that an answer tells, beyond those that the caller said."""
    words = _words(inputs)
    said = words | {word.partition(":")[2] for word in words}
    if file(thing.proof) in words:
        said |= {str(thing.udi), thing.udi.serial, thing.ticket}
    return {name for name in thing.names - said if re.search(rf"(?<!\d){re.escape(name)}(?!\d)", answer.text)}


@NAMED
def test_what_nobody_owns_is_given_to_whoever_shows_a_proof_alone(interface: Interface, name: str, row: Row) -> None:
    interface.renew()
    thing = interface.things[NOBODYS]
    inputs = row.given(thing, interface.things["ann"])
    answer = interface.ask(name, inputs, "ann")
    assert answer.status == row.nobodys, answer
    if answer.status >= 300:
        assert not leaks(answer, thing, inputs)
        assert interface.portal.service.database.dump() == interface.before


@NAMED
def test_an_owner_gets_it_and_an_operator_too(interface: Interface, name: str, row: Row) -> None:
    interface.renew()
    own = interface.things["ann"]
    expected = {"ann": row.own, "lab": row.own if row.operator is None else row.operator}
    for user, status in expected.items():
        caller = interface.things["ann" if user == "ann" else NOBODYS]
        answer = interface.ask(name, row.given(own, caller), user)
        assert answer.status == status, (user, answer)
        interface.renew()


@NAMED
def test_without_a_token_nothing_is_told(interface: Interface, name: str, row: Row) -> None:
    for owner in ("ann", NOBODYS, ABSENT):
        answer = interface.ask(name, row.given(interface.things[owner], interface.things["bob"]), None)
        assert answer.status == 401
        assert answer.text == (
            '{"error":"not_logged_in","message":"Show a token of your account: Authorization: Bearer <token>."}'
        )
        assert answer.queries == 0


@pytest.mark.parametrize("name", sorted({name for name, row in CELLS if row.others == THERE_IS_NONE}))
def test_names_are_not_tried_for_ever(interface: Interface, name: str) -> None:
    row = next(row for row in ROWS[name] if row.others == THERE_IS_NONE)
    interface.renew()
    inputs = row.given(interface.things["ann"], interface.things["bob"])
    statuses = []
    for _ in range(25):
        statuses.append(interface.ask(name, inputs, "bob").status)
        interface.portal.wall.seconds -= 3_600
    assert statuses[:20] == [THERE_IS_NONE] * 20
    assert set(statuses[20:]) == {429}
    interface.portal.wall.seconds += 6
    assert interface.ask("whoAmI", {}, "bob").status == OK
