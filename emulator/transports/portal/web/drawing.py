"""Drawing a page from its template. What was typed never becomes part of the page unescaped."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from emulator.kernel.errors import visible
from emulator.kernel.time import format_duration
from emulator.transports.portal.operation import Caller

if TYPE_CHECKING:
    from jinja2 import Environment

    from emulator.transports.portal.operations.purchase import Product


class Drawable(Protocol):
    """A page that a template draws."""

    caller: Caller | None


TEMPLATES = Path(__file__).parent.parent / "templates"


class Template(msgspec.Struct, frozen=True):
    """The template of a page, by the name of its file; looked for when the portal starts."""

    file: str


@cache
def environment() -> "Environment":
    """The templates; a name that a page forgot to give is an error, not an empty place."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    drawn = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn.filters |= {"date": date, "moment": moment, "duration": format_duration, "size": size, "pair": pair}
    drawn.filters["product_choice"] = product_choice
    return drawn


def draw(template: Template, page: Drawable, **facts: object) -> str:
    """Draw a page as HTML; control characters of what it shows are written as `cat -v` shows them."""
    text = environment().get_template(template.file).render(page=page, caller=page.caller, **facts)
    return visible(text.replace("\r\n", "\n"))


def moment(at: datetime | str) -> str:
    """Date and time to the minute, as a person writes it, in UTC of the simulated calendar."""
    return f"{_read(at):%Y-%m-%d %H:%M}"


def date(at: datetime | str) -> str:
    return f"{_read(at):%Y-%m-%d}"


def pair(word: str) -> tuple[str, str]:
    """A choice that is shown as it is sent."""
    return word, word


def product_choice(product: "Product") -> tuple[str, str]:
    """A product to choose: its SKU and what it gives."""
    return product.sku, f"{product.sku} – {product.description}"


def size(bytes_: int) -> str:
    return f"{bytes_:,} bytes" if bytes_ != 1 else "1 byte"


def _read(at: datetime | str) -> datetime:
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)
