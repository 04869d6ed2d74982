"""Drawing a page from its template. What was typed never becomes part of the page unescaped."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Protocol

import msgspec

from emulator.kernel.errors import visible
from emulator.kernel.time import format_duration
from emulator.transports.web.badges import badge_kind
from emulator.transports.web.caller import Caller

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UDI = re.compile(r"(\b[A-Z0-9][A-Z0-9./+-]{1,21}:[A-Z0-9]{5,14}\b)")
"""A UDI, or what is nearly one."""


class Drawable(Protocol):
    """A page that a template draws."""

    caller: Caller | None


COMPONENTS = Path(__file__).parent / "templates"
"""Templates of the frame and of the components, which every face has."""


OF_EVERY_PAGE = {"page": Drawable, "caller": Caller, "told": Sequence[tuple[str, str]]}
"""Facts that every page is drawn with, and their types; `page` is of the class of the face's pages."""

Facts = ParamSpec("Facts")


class NoFacts(msgspec.Struct, frozen=True):
    """Facts of a page that shows none of its own."""


@dataclass(frozen=True)
class Template(Generic[Facts]):
    """The template of a page, looked for and checked when the face starts.

    Attributes:
        file: name of the file.
        facts: record (`msgspec.Struct`) of what the page is drawn with, apart from the facts of every page;
            templates show only attributes that the classes of its fields declare.
    """

    file: str
    facts: Callable[Facts, msgspec.Struct]


class Drawing:
    """The templates of one face, and the components that all share."""

    def __init__(self, folder: Path, page: type, filters: Mapping[str, Callable[..., Any]] | None = None) -> None:
        """Get ready.

        Args:
            folder: holds the templates.
            page: class of the pages that they show.
            filters: those of these templates alone.
        """
        self.folder, self.page, self._filters = folder, page, dict(filters or {})

    @cached_property
    def environment(self) -> "Environment":
        """The templates; a name that a page forgot to give is an error, not an empty place."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        drawn = Environment(
            loader=FileSystemLoader([self.folder, COMPONENTS]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        drawn.filters |= FILTERS
        drawn.filters |= self._filters
        return drawn

    def draw(self, file: str, page: Drawable, told: Sequence[tuple[str, str]], facts: msgspec.Struct) -> str:
        """Draw a page as HTML; control characters of what it shows are written as `cat -v` shows them.

        Args:
            file: name of the template.
            page: the request.
            told: sentences for the head of the page, each behind its tone.
            facts: record of the template.
        """
        shown = msgspec.structs.asdict(facts)
        text = self.environment.get_template(file).render(page=page, caller=page.caller, told=told, **shown)
        return visible(text.replace("\r\n", "\n"))

    @property
    def files(self) -> dict[str, Path]:
        """The templates by name; one of the face stands before a component of that name."""
        return {file.name: file for folder in (COMPONENTS, self.folder) for file in sorted(folder.glob("*.html"))}


def moment(at: datetime | str) -> str:
    """Date and time to the minute, as a person writes it, in UTC of the simulated calendar."""
    return f"{_read(at):%Y-%m-%d %H:%M}"


def date(at: datetime | str) -> str:
    return f"{_read(at):%Y-%m-%d}"


def pair(word: str) -> tuple[str, str]:
    """A choice that is shown as it is sent."""
    return word, word


def size(bytes_: int) -> str:
    return f"{bytes_:,} bytes" if bytes_ != 1 else "1 byte"


def figure(number: int) -> str:
    """A number with its thousands set apart."""
    return f"{number:,}"


def capitalize_first(text: str) -> str:
    """A text with a capital at its beginning, the rest as it stands."""
    return text[:1].upper() + text[1:]


def udis(text: str) -> "Markup":
    """A text in which each UDI, right or wrong, stays whole; one that is torn can be neither read nor copied."""
    from markupsafe import Markup

    return _set_apart(_UDI.split(text), Markup('<span class="udi">{}</span>'))


_CODE = re.compile(r"`([^`\n]+)`")
"""Words to be typed, as sentences mark them."""


def told(text: str) -> "Markup":
    """A sentence with what is to be typed set as code, and UDIs whole."""
    from markupsafe import Markup

    return _set_apart([udis(each) for each in _CODE.split(text)], Markup("<code>{}</code>"))


def _set_apart(parts: Sequence[str], form: "Markup") -> "Markup":
    """Join parts, of which each second one is set into a form; what is no markup yet is escaped."""
    return form[:0].join(form.format(each) if number % 2 else each for number, each in enumerate(parts))


def _read(at: datetime | str) -> datetime:
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": date,
    "moment": moment,
    "duration": format_duration,
    "size": size,
    "figure": figure,
    "udis": udis,
    "told": told,
    "capitalize_first": capitalize_first,
    "pair": pair,
    "badge_kind": badge_kind,
}
"""Filters by which every template writes its values."""
