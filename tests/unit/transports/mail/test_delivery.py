"""Letters leave the outbox once each, in order, to a real mail server or as files."""

import email
import socket
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from aiosmtpd.controller import Controller

from emulator.backend.entities import Role
from emulator.backend.mail import Mail
from emulator.backend.service import LicensingService
from emulator.transports.connections.free_ports import free_ports
from emulator.transports.mail import Folder, MailDelivery, Smtp
from emulator.transports.mail.backends import Away
from emulator.transports.mail.delivery import LONGEST_PAUSE
from tests.fakes.outage import outage
from tests.unit.console.commands.services.test_smart_call_home import STARTUP, TEST, console_with
from tests.unit.transports.call_home.desks import AIS, ONE, TWO, service_at

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def service() -> Iterator[LicensingService]:
    service = service_at(None)
    pak = service.order(AIS, 1, 0, by="lab")[0].pak
    service.register(pak, [ONE], 0, by="lab")
    yield service
    service.close()


class Inbox:
    """Mail that a server received; it can be told to refuse a recipient, a message, or anything."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        """Other answers than the usual ones: to a recipient's address, to `MAIL`, or to `DATA`."""

        self.tried: list[str] = []

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        self.tried.append(address)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name that the library calls
        if "DATA" in self.answers:
            return self.answers["DATA"]
        message = email.message_from_bytes(envelope.content, policy=SMTP)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    inbox = Inbox()
    port = free_ports(1)
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, port
    controller.stop()


class Clock:
    """Real time that a test winds."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Round:
    """A postman to a mail server on the loopback, the folder of what it refuses, and the log."""

    def __init__(self, service: LicensingService, port: int, folder: Path, log: pytest.LogCaptureFixture) -> None:
        self.service, self.log, self.clock = service, log, Clock()
        self.aside = folder / "refused"
        smtp = Smtp("127.0.0.1", port)
        self.postman = MailDelivery(service, lambda: 0, smtp, Folder(self.aside), self.clock)

    def waiting(self) -> list[int]:
        return [letter.number for letter in self.service.outbox.undelivered(0)]


@pytest.fixture
def two(
    service: LicensingService, inbox: tuple[Inbox, int], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> tuple[Inbox, Round]:
    """Letters 1 and 2 to the lab, 3 and 4 to joe."""
    service.accounts.add("joe", "s3cret-joe", by="lab", role=Role.OPERATOR, address="joe@customer.example")
    pak = service.order(AIS, 1, 0, by="joe")[0].pak
    service.register(pak, [TWO], 0, by="joe")
    received, port = inbox
    return received, Round(service, port, tmp_path, caplog)


LAB, JOE = "lab@customer.example", "joe@customer.example"


def test_a_letter_becomes_a_file_once(service: LicensingService, tmp_path: Path) -> None:
    postman = MailDelivery(service, lambda: 0, Folder(tmp_path / "mail"), Folder(tmp_path / "refused"))
    assert postman.round() == 2
    assert postman.round() == 0
    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 2
    message = email.message_from_bytes(files[1].read_bytes(), policy=SMTP)
    assert isinstance(message, EmailMessage)
    [attachment] = message.iter_attachments()
    assert (attachment.get_filename() or "").startswith("FTX1405YDC7_")
    assert b"CISCO_WT_LICENSES" in attachment.get_content()


def test_letters_reach_a_mail_server(two: tuple[Inbox, Round]) -> None:
    received, round_ = two
    assert round_.postman.round() == 4
    assert received.recipients == [LAB, LAB, JOE, JOE]
    assert received.messages[0]["Message-ID"].startswith("<1.")
    assert "License file for" in received.messages[1]["Subject"]
    assert [each.get_filename() for each in received.messages[1].iter_attachments()]


@pytest.mark.parametrize("answer", ["550 no such user", "551 elsewhere", "553 what?", "599 never"])
def test_a_recipient_that_is_refused_for_good_is_set_aside_and_others_go_on(
    two: tuple[Inbox, Round], answer: str
) -> None:
    received, round_ = two
    received.answers[LAB] = answer
    assert round_.postman.round() == 4
    assert received.recipients == [JOE, JOE]
    assert round_.waiting() == []
    assert sorted(file.name for file in round_.aside.iterdir()) == ["000001.eml", "000002.eml"]
    message = email.message_from_bytes((round_.aside / "000002.eml").read_bytes(), policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert message["To"] == LAB
    assert [each.get_filename() for each in message.iter_attachments()]
    kept = round_.aside / "000001.eml"
    told = [record.getMessage() for record in round_.log.records if record.name.startswith("emulator")]
    assert len(told) == 2
    assert f"mail 1 to {LAB} is refused: 127.0.0.1 port " in told[0]
    assert f": {answer}; kept in {kept}" in told[0]
    assert round_.postman.round() == 0
    assert received.tried.count(LAB) == 2, "it is not tried again"


@pytest.mark.parametrize("command", ["MAIL", "DATA"])
def test_a_letter_that_is_refused_for_good_itself(two: tuple[Inbox, Round], command: str) -> None:
    received, round_ = two
    received.answers[command] = "554 not such words"
    assert round_.postman.round() == 4
    assert len(list(round_.aside.iterdir())) == 4
    assert round_.waiting() == []


@pytest.mark.parametrize("answer", ["450 busy", "451 not now", "452 full"])
def test_what_is_refused_for_now_waits_longer_each_time_and_others_go_on(two: tuple[Inbox, Round], answer: str) -> None:
    received, round_ = two
    received.answers[LAB] = answer
    assert round_.postman.round() == 2
    assert received.recipients == [JOE, JOE]
    assert round_.waiting() == [1, 2]
    assert round_.postman.round() == 0
    assert received.tried.count(LAB) == 2, "it is too soon"
    tries = []
    for _ in range(200):
        before = received.tried.count(LAB)
        round_.clock.seconds += 1
        round_.postman.round()
        if received.tried.count(LAB) > before:
            tries.append(round_.clock.seconds)
    pauses = [after - before for before, after in pairwise([1000.0, *tries])]
    assert pauses == [2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]
    assert not round_.aside.exists()
    del received.answers[LAB]
    round_.clock.seconds += LONGEST_PAUSE
    assert round_.postman.round() == 2
    assert round_.waiting() == []
    assert received.recipients == [JOE, JOE, LAB, LAB]


def test_more_letters_that_wait_than_one_look_finds_keep_no_other_back(
    two: tuple[Inbox, Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("emulator.transports.mail.delivery.AT_ONCE", 2)
    received, round_ = two
    received.answers[LAB] = "451 not now"
    assert [round_.postman.round() for _ in range(3)] == [0, 2, 0]
    assert received.recipients == [JOE, JOE]


def test_a_mail_server_that_is_not_there(service: LicensingService, tmp_path: Path) -> None:
    postman = MailDelivery(service, lambda: 0, Smtp("127.0.0.1", 1), Folder(tmp_path))
    with pytest.raises(Away, match=r"127\.0\.0\.1 port 1: "):
        postman.round()
    assert len(service.outbox.undelivered(0)) == 2


def test_a_server_that_does_not_greet_is_away_and_nobody_s_fault(service: LicensingService, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            line, _ = listening.accept()
            line.sendall(b"554 no mail here\r\n")
            line.close()

        thread = Thread(target=refuse)
        thread.start()
        postman = MailDelivery(service, lambda: 0, Smtp("127.0.0.1", listening.getsockname()[1]), Folder(tmp_path))
        with pytest.raises(Away):
            postman.round()
        thread.join()
    assert len(service.outbox.undelivered(0)) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(service: LicensingService, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("")
    with pytest.raises(Away, match="it is a file"):
        MailDelivery(service, lambda: 0, Folder(tmp_path / "mail"), Folder(tmp_path / "refused")).round()


def test_what_cannot_be_set_aside_stays_in_the_outbox(two: tuple[Inbox, Round]) -> None:
    received, round_ = two
    received.answers[LAB] = "550 no such user"
    round_.aside.write_text("")
    with pytest.raises(Away, match="it is a file"):
        round_.postman.round()
    assert round_.waiting() == [1, 2, 3, 4]


# --- as it walks by itself ----------------------------------------------------------------------------------------


class Hand:
    """Takes letters, after it has done what a test has it do."""

    def __init__(self, act: Callable[[Mail, int], None] = lambda *_: None) -> None:
        self.letters: list[int] = []
        self._act, self._tries = act, 0

    def take(self, letter: Mail) -> None:
        self._tries += 1
        self._act(letter, self._tries)
        self.letters.append(letter.number)


def walk(service: LicensingService, hand: Hand, folder: Path, wanted: list[int]) -> None:
    postman = MailDelivery(service, lambda: 0, hand, Folder(folder))
    postman.start()
    for _ in range(500):
        if hand.letters == wanted:
            break
        time.sleep(0.01)
    postman.stop()
    assert hand.letters == wanted


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.transports.mail.delivery.ROUND", 0.01)


@pytest.mark.usefixtures("quick")
def test_a_postman_that_walks(service: LicensingService, tmp_path: Path) -> None:
    walk(service, Hand(), tmp_path, [1, 2])


@pytest.mark.usefixtures("quick")
def test_a_mistake_about_a_letter_is_told_and_ends_nothing(
    service: LicensingService, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(letter: Mail, tries: int) -> None:
        if letter.number == 1 and tries < 4:
            raise RuntimeError("a fault put in")

    walk(service, Hand(stumble), tmp_path, [2, 1])
    assert "mail 1 to lab@customer.example waits: a mistake" in caplog.text
    assert "RuntimeError: a fault put in" in caplog.text


@pytest.mark.usefixtures("quick")
def test_a_mistake_in_the_round_is_told_and_ends_nothing(
    service: LicensingService, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, looks = service.outbox.undelivered, []

    def undelivered(now: int, *, limit: int = 100) -> list[Mail]:
        looks.append(now)
        if len(looks) == 1:
            raise RuntimeError("a fault put in")
        return really(now, limit=limit)

    monkeypatch.setattr(service.outbox, "undelivered", undelivered)
    walk(service, Hand(), tmp_path, [1, 2])
    assert "mail waits: a mistake" in caplog.text


@pytest.mark.usefixtures("quick")
def test_a_server_that_is_away_for_a_while(
    service: LicensingService, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_letter: Mail, tries: int) -> None:
        if tries < 3:
            raise Away("nobody there")

    walk(service, Hand(away), tmp_path, [1, 2])
    assert caplog.text.count("mail waits: nobody there") == 2


def test_a_letter_on_paper_waits_for_its_day(tmp_path: Path) -> None:
    service = service_at(None)
    service.order("SL-880-AIS=", 1, 0, by="lab")
    assert MailDelivery(service, lambda: 0, Folder(tmp_path), Folder(tmp_path / "refused")).round() == 0
    assert MailDelivery(service, lambda: 30 * 86_400_000, Folder(tmp_path), Folder(tmp_path / "refused")).round() == 1
    service.close()


@pytest.mark.usefixtures("quick")
def test_the_records_are_away_for_a_while(
    service: LicensingService, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hand = Hand()
    postman = MailDelivery(service, lambda: 0, hand, Folder(tmp_path))
    with outage(service.database) as away:
        postman.start()
        while away.asked < 3:
            time.sleep(0.01)
        assert hand.letters == []
    for _ in range(500):
        if hand.letters == [1, 2]:
            break
        time.sleep(0.01)
    postman.stop()
    assert hand.letters == [1, 2]
    assert "mail waits: The license service is not available now" in caplog.text


def test_a_message_of_a_router_goes_on_to_a_real_mail_server(inbox: tuple[Inbox, int], tmp_path: Path) -> None:
    console = console_with(STARTUP)
    console.type(TEST)
    world = console.world
    delivery = MailDelivery(world.backend, lambda: world.now, Smtp("127.0.0.1", inbox[1]), Folder(tmp_path))
    assert delivery.round() == 1
    [message] = inbox[0].messages
    assert inbox[0].recipients == ["admin@lab.example"]
    assert (message["From"], message["Subject"]) == ("noc@lab.example", "System Notification From R1 - test")
    assert "System Name : R1" in message.get_content()
    assert delivery.round() == 0
