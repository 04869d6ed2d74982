"""Facts that a learner tells: read in the world when an answer is judged, so no file holds what is right."""

import re
from collections.abc import Callable, Iterable

import msgspec

from emulator.backend.pakcode import normal, well_formed
from emulator.kernel.time import DAY, UNITS, Duration
from emulator.licensing.type_rule import NO_LICENSE
from emulator.licensing.types import RIGHT_TO_USE, TYPES, LicenseType
from emulator.licensing.udi import SERIAL_FORM, SERIAL_LENGTH, UDI_FORM
from emulator.router.device import Router
from emulator.scenarios.predicates.backend import pak_of, pak_of_order
from emulator.scenarios.predicates.licenses import IN_USE, level_after_power_cut, metered_license
from emulator.scenarios.predicates.scene import Scene
from emulator.scenarios.predicates.vocabulary import KINDS

CLOSE: Duration = DAY
"""Largest deviation of a time that a person tells: screens and people round to days."""

_PART = re.compile(r"(\d{1,9})\s*(week|day|hour|minute|second|[wdhms])s?(?![a-z])")

LONGEST_NUMBER = 9
"""Digits of a number in an answer."""

Told = Callable[[str], bool]
"""Takes an answer, and tells whether it is the fact."""


class AnswerForm(msgspec.Struct, frozen=True):
    """The kind of thing that answers to a question are.

    Attributes:
        noun: such a thing, to stand behind "it is not".
        fits: takes the scene and an answer, and tells whether it is such a thing, be it right or wrong.
    """

    noun: str
    fits: Callable[[Scene, str], bool]


class Fact(msgspec.Struct, frozen=True):
    """One row of the table of facts.

    Attributes:
        line: how it is written, in the notation of commands.
        find: takes the scene and the arguments of the line; the value is a judge of answers, or None where the world
            has no such fact now.
        meaning: one sentence for the reference.
        example: one that a lab or a scenario could have.
        form: what an answer has to be, to be one at all.
        among: takes what `find` takes; the values are all that the fact can be. None where these are too many to tell.
    """

    line: str
    find: Callable[..., Told | None]
    meaning: str
    example: str
    form: AnswerForm
    among: Callable[..., Iterable[str]] | None = None


def plain(text: str) -> str:
    """An answer without what does not matter: case, blanks, hyphens between words, a full stop at its end."""
    return " ".join(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.strip().rstrip(".").lower()).split())


def _levels(scene: Scene, *, router: str) -> Iterable[str]:
    """The levels that the image of a router has; all that there are while it runs none."""
    running = scene.router(router).state.running
    return scene.vocabulary.levels if running is None else scene.world.images.get(running.image).levels


def _types(_scene: Scene, **_of: str) -> Iterable[str]:
    """The license types, as predicates write them and as a router prints them."""
    return (*KINDS, *(rule.title for rule in TYPES.values()), RIGHT_TO_USE)


def _levels_and_types(scene: Scene) -> set[str]:
    return {plain(f"{level} {kind}") for level in scene.vocabulary.levels for kind in _types(scene)}


def _is_in(names: Callable[[Scene], Iterable[str]]) -> Callable[[Scene, str], bool]:
    """The check that an answer is one of the names that there are."""
    return lambda scene, answer: plain(answer) in map(plain, names(scene))


def _is_written(pattern: str) -> Callable[[Scene, str], bool]:
    """The check that an answer has a form, whatever its case."""
    written = re.compile(pattern, re.IGNORECASE)
    return lambda _scene, answer: written.fullmatch(answer.strip().rstrip(".")) is not None


_LEVEL = AnswerForm("a level", _is_in(lambda scene: scene.vocabulary.levels))
_TYPE = AnswerForm("a license type", _is_in(_types))
_LEVEL_AND_TYPE = AnswerForm(
    "a level and a license type, such as `advsecurity permanent`",
    lambda scene, answer: plain(answer) in _levels_and_types(scene),
)
_PID = AnswerForm("a product ID", _is_in(lambda scene: scene.world.platforms.pids()))
_SERIAL = AnswerForm(f"a serial number, which has {SERIAL_LENGTH} characters", _is_written(SERIAL_FORM))
_UDI = AnswerForm("a product ID and a serial number, `PID:SN`", _is_written(UDI_FORM))
_PAK = AnswerForm("a PAK", lambda _scene, answer: well_formed(_pak_typed(answer)))
_TIME = AnswerForm("a time, such as 52d", lambda _scene, answer: _told_duration(answer) is not None)
_NUMBER = AnswerForm("a number", _is_written("[0-9]{1,9}"))
_REGISTER = AnswerForm("a configuration register, such as 0x2100", _is_written("(0x)?[0-9a-f]{1,4}"))
_IMAGE = AnswerForm("the file name of an image", _is_in(lambda scene: scene.world.images.names()))
_SKU = AnswerForm(
    f"a product number that can be ordered, or `{NO_LICENSE}`",
    _is_in(lambda scene: (*scene.world.backend.skus, NO_LICENSE)),
)


def _one_of(rights: Iterable[str]) -> Told:
    accepted = {plain(each) for each in rights}
    return lambda answer: plain(answer) in accepted


def pid(scene: Scene, *, router: str) -> Told | None:
    return _one_of([scene.router(router).state.udi.pid])


def serial(scene: Scene, *, router: str) -> Told | None:
    return _one_of([scene.router(router).state.udi.serial])


def udi(scene: Scene, *, router: str) -> Told | None:
    return _one_of([str(scene.router(router).state.udi)])


def level(scene: Scene, *, router: str) -> Told | None:
    running = scene.router(router).state.running
    return _one_of([running.level]) if running is not None else None


def runs(scene: Scene, *, router: str) -> Told | None:
    running = scene.router(router).state.running
    if running is None:
        return None
    views = scene.router(router).activation.inventory.views()
    used = [view for view in views if view.line.feature == running.level and view.state in IN_USE]
    return _one_of(f"{running.level} {name}" for view in used for name in (view.line.rule.word, view.title))


def next_level(scene: Scene, *, router: str) -> Told | None:
    following = level_after_power_cut(scene, router)
    return _one_of([following]) if following is not None else None


def kind(scene: Scene, *, router: str, feature: str) -> Told | None:
    views = [view for view in scene.router(router).activation.inventory.views() if view.line.feature == feature]
    chosen = next((view for view in views if view.state in IN_USE), next(iter(views), None))
    if chosen is None:
        return _one_of([NO_LICENSE])
    return _one_of([chosen.line.rule.word, chosen.title])


def left(scene: Scene, *, router: str, feature: str) -> Told | None:
    chosen = metered_license(scene.router(router), feature)
    if chosen is None:
        return None
    remaining = chosen.left or 0

    def is_close(answer: str) -> bool:
        told = _told_duration(answer)
        return told is not None and abs(told - remaining) <= CLOSE

    return is_close


def _told_duration(answer: str) -> Duration | None:
    """A time as people write it: `52`, which is days, `52d`, `7 weeks 3 days`."""
    text = plain(answer).replace(",", " ")
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        return int(text) * DAY
    parts = _PART.findall(text)
    rest = _PART.sub("", text).replace("and", "").strip()
    return sum(int(number) * UNITS[unit[0]] for number, unit in parts) if parts and not rest else None


def pak_left(scene: Scene, *, pak: str) -> Told | None:
    found = pak_of(scene.world, pak)
    return _number(found.left) if found is not None else None


def pak_code(scene: Scene, *, order: str) -> Told | None:
    found = pak_of_order(scene.world, order)
    return (lambda answer: _pak_typed(answer) == found) if found is not None else None


def _pak_typed(answer: str) -> str:
    return normal(answer.strip().rstrip("."))


def register(scene: Scene, *, router: str) -> Told | None:
    return _number(scene.router(router).state.config_register, base=16)


def _number(right: int, base: int = 10) -> Told:
    def is_right(answer: str) -> bool:
        try:
            return int(plain(answer), base) == right
        except ValueError:
            return False

    return is_right


def image(scene: Scene, *, router: str) -> Told | None:
    running = scene.router(router).state.running
    return _one_of([running.image]) if running is not None else None


def upgrade(scene: Scene, *, router: str) -> Told | None:
    device = scene.router(router)
    skus = device.platform.upgrade_skus
    return _one_of((*skus, NO_LICENSE) if not skus or _has_all(device) else skus)


def _has_all(device: Router) -> bool:
    """Tell whether a router holds what was bought of the richest level of its image, so that nothing is left to buy."""
    running = device.state.running
    if running is None:
        return False
    richest = device.images.get(running.image).levels[-1]
    lines = (view.line for view in device.activation.inventory.views())
    return any(line.feature == richest and line.type is LicenseType.PERMANENT for line in lines)


FACTS: tuple[Fact, ...] = (
    Fact("pid <router:Router>", pid, "The product ID.", "pid R1", _PID),
    Fact("serial <router:Router>", serial, "The serial number.", "serial R1", _SERIAL),
    Fact("udi <router:Router>", udi, "Product ID and serial number, `PID:SN`.", "udi R1", _UDI),
    Fact("level <router:Router>", level, "The level that runs.", "level R1", _LEVEL, _levels),
    Fact(
        "runs <router:Router>",
        runs,
        "The level that runs and the type of the license that it runs on: `advsecurity permanent`.",
        "runs R1",
        _LEVEL_AND_TYPE,
    ),
    Fact(
        "next <router:Router>", next_level, "The level that comes up after a power cut now.", "next R1", _LEVEL, _levels
    ),
    Fact(
        "type <router:Router> <feature:Feature>",
        kind,
        "The type of the license for the feature, of the one in use where there are several; `none` without one.",
        "type R1 advipservices",
        _TYPE,
    ),
    Fact(
        "left <router:Router> <feature:Feature>",
        left,
        "The time of use left, within a day: `52`, `52d`, `7 weeks 3 days`.",
        "left R1 advipservices",
        _TIME,
    ),
    Fact(
        "pak <pak:Word> left",
        pak_left,
        "The number of licenses of a PAK that are not registered.",
        "pak {PAK} left",
        _NUMBER,
    ),
    Fact("order <order:Word> pak", pak_code, "The PAK of a sales order.", "order {ORDER} pak", _PAK),
    Fact("register <router:Router>", register, "The configuration register.", "register R1", _REGISTER),
    Fact("image <router:Router>", image, "The file name of the image that runs.", "image R1", _IMAGE),
    Fact(
        "upgrade <router:Router>",
        upgrade,
        "A product number that can be ordered to upgrade the router, any of them; `none` where there is none, or where"
        " it holds the license already.",
        "upgrade R1",
        _SKU,
    ),
)
"""Every fact that a question can ask for."""
