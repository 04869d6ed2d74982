"""The style, the scripts and the icons of the web faces, as files of one address."""

from pathlib import Path

from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

ASSETS = Path(__file__).parent / "assets"


def static_files() -> Mount:
    """The files at `/static`."""
    return Mount("/static", StaticFiles(directory=ASSETS))
