"""Feature Navigator: two feature sets side by side, and which level a feature needs. Seen without a log-in (R)."""

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
from starlette.responses import Response

from emulator.backend.skus import load_skus
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import Refused, UnknownName
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, Problem
from emulator.transports.web.route import MenuEntry, PageRoute
from emulator.world.feature_navigator import (
    ComparedFeature,
    FeatureSet,
    Need,
    compare,
    feature_set,
    image_for,
    images_of,
    needs,
)


class NavigatorFacts(msgspec.Struct, frozen=True):
    """Two feature sets side by side, what can be chosen, and the level that a feature needs."""

    sides: Sequence[tuple[str, FeatureSet]]
    pids: Sequence[str]
    images: Mapping[str, Sequence[str]]
    levels: Mapping[str, Sequence[str]]
    rows: Sequence[ComparedFeature]
    needs: Sequence[Need]
    asked: str


FEATURES_PAGE = Template("features.html", NavigatorFacts)
DEFAULT_PID = "CISCO881-K9"
SIDES = ("left", "right")


@cache
def _platforms() -> PlatformCatalogue:
    return PlatformCatalogue()


@cache
def _images() -> ImageCatalogue:
    return ImageCatalogue()


def _features(page: PortalPage) -> Response:
    try:
        left, right = (_side(page, side) for side in SIDES)
        found = _needs(page, left)
    except Problem as problem:
        page.problems.append(problem)
        left = right = feature_set(_platforms(), _images(), DEFAULT_PID)
        found = list[Need]()
    rows = compare((left, right))
    if page.value("differing"):
        rows = [row for row in rows if row.there[0] != row.there[1]]
    return page.draw(
        FEATURES_PAGE,
        sides=tuple(zip(SIDES, (left, right), strict=True)),
        pids=_platforms().pids(),
        images={each.pid: images_of(_platforms().get(each.pid), _images()) for each in (left, right)},
        levels={each.image: _images().get(each.image).levels for each in (left, right)},
        rows=rows,
        needs=found,
        asked=page.value("need"),
    )


def _side(page: PortalPage, side: str) -> FeatureSet:
    """The feature set that was chosen on a side; the right one begins with the highest level of the product.

    Raises:
        BadInput: there is no such product, image or level, or they do not go together.
    """
    pid = page.value(f"{side}_pid") or page.value("left_pid") or DEFAULT_PID
    image, level = page.value(f"{side}_image"), page.value(f"{side}_level")
    try:
        platform = _platforms().get(pid)
    except UnknownName as error:
        raise BadInput(f"{error}", f"{side}_pid") from error
    if image and image not in images_of(platform, _images()):
        image = ""  # the product was changed, and its images with it
    manifest = image_for(platform, _images(), image)
    if level not in manifest.levels:
        level = manifest.levels[-1 if side == "right" else 0]
    return feature_set(_platforms(), _images(), pid, manifest.file, level)


def _needs(page: PortalPage, one: FeatureSet) -> list[Need]:
    text = page.value("need")
    if not text:
        return []
    try:
        return list(needs(text, _platforms().get(one.pid), _images().get(one.image), load_skus(), _platforms()))
    except (UnknownName, Refused) as error:
        raise BadInput(f"{error}", "need") from error


PAGES = (PageRoute("/features", _features, public=True, menu=MenuEntry("Feature Navigator", 140)),)
