"""The pages of a class whose labs are made up, and somebody at a browser."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from lxml import etree
from msgspec.structs import replace
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from emulator.kernel.errors import Refused, UnknownName
from emulator.labs.overview import LabOverview, ShownCheck, ShownQuestion, ShownTask
from emulator.transports.classroom.app import class_app
from emulator.transports.classroom.face import ClassFace, ClassSettings
from emulator.transports.classroom.ports import (
    AttendedLab,
    Attendee,
    GradeRow,
    KeptSession,
    LabStanding,
    Moved,
    OfferedLab,
    Seat,
)
from emulator.transports.web.caller import Caller
from emulator.transports.web.consoles import NoConsoles, RouterRow, WantedLine
from emulator.transports.web.guard.sessions import SharedSessions
from tests.web_client import WebClient

QUESTIONS = (
    ShownQuestion("SERIAL", "What is the serial number of R1?", (), ""),
    ShownQuestion("LEVEL", "Which level runs?", ("advsecurity", "advipservices"), ""),
)
CHECKS = (
    ShownCheck(holds=False, points=0, most=50, reason="R1 is called start."),
    ShownCheck(holds=True, points=10, most=10, reason="It holds."),
)
TASKS = (
    ShownTask(1, "The name", "Call it `shop`. <b>", 10, 60, "in progress", CHECKS, "The name is not saved.", QUESTIONS),
    ShownTask(2, "The rest", "All of it.", 0, 40, "to do", (), "", ()),
)
LAB = LabOverview(
    name="naming",
    title="A name for the router",
    introduction="R1 has *another* name.",
    goals=("Name a router.",),
    tasks=TASKS,
    current=1,
    points=10,
    most=100,
    time="3m",
    paused=False,
    over=False,
    exam=False,
    finished=False,
    checkpoints=("start", "task-1"),
    result="",
)


AT_CONSOLE = "sat down"


class OneRouter(NoConsoles):
    """A router whose console notes who came to it, and closes."""

    def __init__(self) -> None:
        self.callers: list[str] = []

    async def serve(
        self, socket: WebSocket, caller: Caller, wanted: WantedLine, lasts: Callable[[], Awaitable[bool]]
    ) -> None:
        del lasts
        self.callers.append(f"{caller.account}{' watches' if wanted.watch else ''}")
        await socket.close(reason=AT_CONSOLE)

    def routers(self) -> Sequence[RouterRow]:
        return [RouterRow("R1", "CISCO881-K9:FTX1405YDC7", "no power")]

    def has(self, router: str, line: str) -> bool:
        return router in {"R1", "bench"} and bool(line)


class FakeLab:
    """A learner's lab that notes what is asked of it."""

    def __init__(self, name: str, whose: str) -> None:
        self.whose = whose
        self.consoles = OneRouter()
        self.shown = replace(LAB, name=name)
        self.asked: list[str] = []
        self.begun = True

    def portal(self, log_ins: SharedSessions) -> ASGIApp:
        del log_ins
        return PlainTextResponse(f"the portal of {self.whose}")

    def overview(self) -> LabOverview:
        return self.shown

    def hint(self) -> str:
        self.asked.append("hint")
        return "Look at the prompt.\nR1> show version\n"

    def answer(self, question: str, text: str) -> str:
        if question != "SERIAL":
            raise UnknownName("question", question, ["SERIAL"])
        self.asked.append(f"answer {question} {text}")
        return f"answered: {question} is {text}\n"

    def solve(self) -> str:
        raise Refused("all tasks are done; there is nothing left to hint at")

    def pause(self, *, paused: bool) -> None:
        self.asked.append(f"pause {paused}")

    def back(self, checkpoint: str) -> None:
        self.asked.append(f"back {checkpoint}")

    def rewind(self, checkpoint: str) -> None:
        if checkpoint not in LAB.checkpoints:
            raise UnknownName("checkpoint", checkpoint, LAB.checkpoints)
        self.asked.append(f"rewind {checkpoint}")

    def hand_out(self, task: int) -> None:
        if task > len(TASKS):
            raise Refused(f"this lab has the tasks 1 to {len(TASKS)}")
        self.asked.append(f"hand out {task}")

    def finish(self) -> str:
        self.asked.append("finish")
        return "100 of 100 points\n"

    def reset(self) -> None:
        self.asked.append("reset")

    def signed_result(self) -> bytes:
        return b"{}\n"


PEOPLE = (Attendee("ann", "Ann <Lee>"), Attendee("ben", "Ben"), Attendee("teacher", "Teacher", teacher=True))


class FakeClass:
    """Ann, Ben and the teacher, each with a lab."""

    title = "First day"

    def __init__(self) -> None:
        self.frozen = False
        self.moved: Moved | None = None
        self.notes: dict[str, str] = {}
        self.standing = {"ann": LabStanding("in progress", 10, "task 1 of 2", "3m"), "ben": LabStanding()}
        self.places = {each.id: FakeLab("naming", each.id) for each in PEOPLE}

    def labs(self) -> Sequence[OfferedLab]:
        return [OfferedLab("naming", "A name for the router", "newcomer", 5)]

    def attendee(self, id_: str) -> Attendee | None:
        return next((each for each in PEOPLE if each.id == id_), None)

    def by_code(self, code: str) -> Attendee | None:
        return self.attendee(code.removeprefix("code-of-"))

    def learners(self) -> Sequence[Attendee]:
        return PEOPLE[:2]

    def code(self, id_: str) -> str:
        return f"code-of-{id_}"

    def key(self) -> str:
        return "0123456789ABCDEF"

    def lab(self, learner: str, lab: str) -> AttendedLab | None:
        return self.places.get(learner) if lab == "naming" else None

    def standings(self, learner: str) -> Mapping[str, LabStanding]:
        return {"naming": self.standing.get(learner, LabStanding())}

    def seats(self) -> Sequence[Seat]:
        return [
            Seat(number, each, "naming", "A name for the router", self.standing[each.id])
            for number, each in enumerate(self.learners(), 1)
        ]

    def freeze(self, *, frozen: bool) -> None:
        self.frozen = frozen

    def move(self, lab: str, checkpoint: str, task: int | None) -> None:
        if self.moved is not None and not self.moved.over:
            raise Refused("the class is on its way already")
        self.moved = Moved(checkpoint, 1, 2, (), over=False)
        self.places["ann"].asked.append(f"{lab} to {checkpoint}, {task}")

    def note(self, learner: str) -> str:
        return self.notes.get(learner, "")

    def write_note(self, learner: str, text: str) -> None:
        self.notes[learner] = text

    def gradebook(self) -> Sequence[GradeRow]:
        standings = ((each, self.standing[each.id]) for each in self.learners())
        return [GradeRow(each.id, each.name, "naming", now.state, now.points, now.time) for each, now in standings]


class FakeStore:
    """Log-ins as a disk would keep them."""

    def __init__(self) -> None:
        self.kept: tuple[KeptSession, ...] = ()

    def load(self) -> Sequence[KeptSession]:
        return self.kept

    def save(self, sessions: Sequence[KeptSession]) -> None:
        self.kept = tuple(sessions)

    def form_token(self, id_: str) -> str:
        return f"token of {id_}"


class ClassPlace:
    """The pages, which can be served anew."""

    def __init__(self) -> None:
        self.served, self.store, self.seconds = FakeClass(), FakeStore(), 1e9
        self.restart()

    def restart(self) -> None:
        """Serve the class anew, as after a kill."""
        settings = ClassSettings(lambda: self.seconds, lambda: self.seconds)
        self.app = class_app(self.served, self.store, settings)
        self.face: ClassFace = self.app.state.face

    def browser(self, who: str = "") -> "Visitor":
        visitor = Visitor(self)
        if who:
            visitor.open(f"/join/code-of-{who}")
        return visitor


class Visitor:
    """A browser without a script."""

    def __init__(self, place: ClassPlace) -> None:
        self.place = place
        self.client = WebClient(place.app, "https://class.example")

    def after_restart(self) -> "Visitor":
        """Keep the browser, and serve the class anew."""
        other = Visitor(self.place)
        other.client.cookies = self.client.cookies
        return other

    def open(self, address: str, **headers: str) -> "Visitor":
        self.answer = self.client.get(address, headers=headers)
        return self

    def send(self, address: str, /, **fields: str) -> "Visitor":
        """Send a form as it stands on the page that is open, with its token."""
        token = re.search(r'name="form_token" value="([^"]+)"', self.answer.text)
        assert token, "there is no form on this page"
        if key := re.search(r'name="form_key" value="([^"]+)"', self.answer.text):
            fields = {"form_key": key[1], **fields}
        self.answer = self.client.post(address, data={"form_token": token[1], **fields})
        return self

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.url.path

    @property
    def text(self) -> str:
        """Text of the page, white space evened out."""
        page = etree.HTML(self.answer.text)
        for hidden in page.xpath("//script | //style"):
            hidden.getparent().remove(hidden)
        return " ".join(" ".join(page.itertext()).split())
