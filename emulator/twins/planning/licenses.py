"""The licenses of a twin, from whichever forms of `show license` were captured, or from `show version` alone.

The fullest form counts: by license (`detail`), by store (`all`), by feature. What a form cannot tell is taken from the
image, and that is told. What the image brings along, and how the release words it, becomes part of the image's
manifest in this world. Permanent licenses of levels are those of the factory (C: `-SEC-` products have both).
"""

import re
from collections.abc import Iterator

import msgspec

from emulator.captures.facts import LicenseFacts
from emulator.captures.reading.commands import Kind
from emulator.console.configuration.feature_lines import feature_of
from emulator.hardware.platform import Platform
from emulator.images.features import Feature, feature_table
from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import Refused
from emulator.kernel.time import DAY, Duration
from emulator.licensing.store import StoreName
from emulator.licensing.types import RIGHT_TO_USE, TYPES, LicenseType
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.license_lines import (
    BUILT_IN_TYPES,
    EVALUATION_DAYS,
    FORMS,
    TITLES,
    UNKNOWN_COUNT,
    WHOLE,
    PlannedLicense,
)
from emulator.twins.planning.periods import span_of, used_so_that
from emulator.twins.planning.release import carrying, worded
from emulator.twins.report import Matter


class LicensePlan(msgspec.Struct, frozen=True):
    """Licenses to install, and the level that runs.

    Attributes:
        lines: every license that was seen or is assumed.
        level: the running level.
        boot_level: what the configuration has to ask for, so that the next level is the one that was seen.
        image: the image, with what the screens tell of it.
    """

    lines: tuple[PlannedLicense, ...]
    level: str
    boot_level: str | None
    image: ImageManifest
    right_to_use: bool


def plan_licenses(device: CapturedDevice, platform: Platform, image: ImageManifest) -> LicensePlan:
    """The licenses of the device.

    Raises:
        Refused: the features are those of another family.
    """
    entries = _entries(device)
    _of_this_family(device, image)
    image = worded(device, image)
    permanent = {entry.feature for entry in entries if TITLES.get(entry.type or "") is LicenseType.PERMANENT}
    lines = [line for each in entries if (line := _line(device, each, image, each.feature in permanent)) is not None]
    level = _level(device, platform, lines, image)
    if not any(device.all_licenses(form) is not None for form in WHOLE) and all(line.built_in for line in lines):
        lines = [*lines, *_assumed(device, platform, image, level, lines)]
    image, right_to_use = carrying(device, image, lines)
    return LicensePlan(tuple(lines), level, _boot_level(device, lines, image, level), image, right_to_use)


def _of_this_family(device: CapturedDevice, image: ImageManifest) -> None:
    """A list of all features has the levels among them."""
    for form in (Kind.LICENSE, Kind.LICENSE_DETAIL):
        facts = device.licenses(form)
        if facts is not None and facts.entries and not {each.feature for each in facts.entries} & set(image.levels):
            names = ", ".join(dict.fromkeys(each.feature for each in facts.entries[:3]))
            raise Refused(f"{facts.file}: features such as {names} are those of another family of routers")


def _entries(device: CapturedDevice) -> tuple[LicenseFacts, ...]:
    """The entries of the fullest form; those without a license are left out."""
    for form in FORMS:
        facts = device.licenses(form)
        if facts is not None and facts.entries:
            if form not in WHOLE:
                device.twin.tell(
                    Matter.ASSUMED, f"'{form.value}' tells of some licenses only; no others are taken to be there"
                )
            return tuple(each for each in facts.entries if each.type)
    return ()


def _line(
    device: CapturedDevice, entry: LicenseFacts, image: ImageManifest, beside_permanent: bool
) -> PlannedLicense | None:
    title = entry.type or ""
    kind = TITLES.get(title)
    if kind is None:
        device.twin.tell(Matter.UNREAD, f"a license of the type '{title}' is not known here", _place(device, entry))
        return None
    state = entry.state or ""
    in_use = state.endswith(", In Use")
    built_in = kind in BUILT_IN_TYPES and entry.store != StoreName.PRIMARY
    left, used = span_of(entry.left), span_of(entry.used)
    period = _period(kind, entry, image)
    consumed: Duration = 0
    if period is not None:
        if title == RIGHT_TO_USE:
            consumed = period
        elif "Not Activated" not in (entry.left or ""):
            consumed, agrees = used_so_that(period, left, used)
            if not agrees:
                device.twin.tell(Matter.CONTRADICTION, "what is left and what was used do not make the whole period",
                                 _place(device, entry))  # fmt: skip
    count, seats = _count(entry.count)
    return PlannedLicense(
        entry.feature,
        kind,
        built_in,
        in_use,
        accepted=in_use or "EULA accepted" in state or state.startswith("Expired") or consumed > 0,
        high=entry.priority == "High" or (beside_permanent and _asks(state)),
        period=period,
        used=consumed,
        count=count,
        seats=seats,
        ends=entry.ends,
        left=left.low if left is not None else None,
        exclusive=entry.addition != "Additive",
        index=entry.index,
        version=entry.version or "1.0",
    )


def _asks(state: str) -> bool:
    """A license beside a permanent one is inactive; if it waits for its agreement instead, it comes first."""
    return state.endswith("EULA not accepted")


def _place(device: CapturedDevice, entry: LicenseFacts) -> str:
    facts = next((found for form in FORMS if (found := device.licenses(form)) and entry in found.entries), None)
    return f"{facts.file}:{entry.line}" if facts is not None else ""


def _period(kind: LicenseType, entry: LicenseFacts, image: ImageManifest) -> Duration | None:
    if not TYPES[kind].metered:
        return None
    total, left, used = span_of(entry.total), span_of(entry.left), span_of(entry.used)
    if total is not None:
        return total.low
    known = next((each.days * DAY for each in image.evaluations if each.feature == entry.feature), None)
    whole = (left.low if left else 0) + (used.low if used else 0)
    if kind in BUILT_IN_TYPES:
        return max(known or EVALUATION_DAYS * DAY, left.low if left else 0)
    return max(whole, DAY)


def _count(text: str | None) -> tuple[int | None, int]:
    """Read how many uses a license allows and how many are taken, as in `4/4/0  (Active/In-use/Violation)`."""
    head = (text or "").partition("(")[0].replace(" ", "")
    numbers = [int(part) for part in head.split("/") if part.isdecimal() and len(part) < 8]
    if len(numbers) == 3:
        return max(numbers[0], 1), numbers[1]
    if len(numbers) == 2:
        return UNKNOWN_COUNT, numbers[0]
    return None, 0


# --- what runs -----------------------------------------------------------------------------------------------------


def _level(device: CapturedDevice, platform: Platform, lines: list[PlannedLicense], image: ImageManifest) -> str:
    version = device.version
    if version is not None and version.level is not None:
        if version.level in image.levels:
            return version.level
        device.twin.tell(Matter.WARNING, f"{image.file} knows no level {version.level}", version.place("level"))
    used = [level for level in image.levels if any(line.feature == level and line.in_use for line in lines)]
    if used:
        return used[-1]
    installed = [level for level in image.levels if any(line.feature == level and not line.built_in for line in lines)]
    factory = [level for level in image.levels if level in platform.factory_levels]
    level = (installed or factory or list(image.levels))[-1 if installed or factory else 0]
    needed = level_needed(device, platform, image)
    if needed is not None and image.levels.index(needed[0]) > image.levels.index(level):
        device.twin.tell(
            Matter.ASSUMED,
            f"nothing tells the running level; it is {needed[0]}, for {level} has no '{needed[1]}'",
        )
        return needed[0]
    device.twin.tell(Matter.ASSUMED, f"nothing tells the running level; it is {level}")
    return level


def level_needed(device: CapturedDevice, platform: Platform, image: ImageManifest) -> tuple[str, str] | None:
    """The lowest level whose parser has every line of the configuration, and words that ask for it.

    A router prints no line that its level does not have (I): what it does not understand at boot is lost.
    """
    found: tuple[str, str] | None = None
    for feature, words in _asked(device.configuration_text):
        levels = [level for level in image.levels if level in feature.levels.get(platform.family, ())]
        if levels and (found is None or image.levels.index(levels[0]) > image.levels.index(found[0])):
            found = levels[0], words
    return found


def _asked(text: str) -> Iterator[tuple[Feature, str]]:
    """Yield the features that the lines of a configuration ask for, each with the words that do."""
    table = {feature.name: feature for feature in feature_table()}
    commands = [(feature, re.compile(rf"{re.escape(feature.command)}(?![a-z-])")) for feature in table.values()]
    for line in dict.fromkeys(" ".join(each.split()) for each in text.splitlines()):
        yield from ((feature, feature.command) for feature, command in commands if command.match(line))
        asked = feature_of(line)
        if asked is not None:
            yield table[asked[0]], asked[1]


def _assumed(
    device: CapturedDevice, platform: Platform, image: ImageManifest, level: str, seen: list[PlannedLicense]
) -> list[PlannedLicense]:
    """The installed licenses of a device of which no screen lists them."""
    version = device.version
    title = version.level_type if version is not None and version.level_type is not None else "Permanent"
    following = version.next_level if version is not None and version.next_level in image.levels else None
    kind = TITLES.get(title.strip())
    evaluated = kind in BUILT_IN_TYPES
    factory = [each for each in platform.factory_levels if each in image.levels]
    if version is None or version.level is None:
        wanted = factory if level in factory else list(image.levels[: image.levels.index(level) + 1])
    elif kind is LicenseType.PERMANENT:
        wanted = list(image.levels[: image.levels.index(level) + 1])
    else:
        wanted = [each for each in factory if image.levels.index(each) < image.levels.index(level)]
    if (
        following is not None
        and kind is LicenseType.PERMANENT
        and image.levels.index(following) > image.levels.index(level)
    ):
        wanted = list(image.levels[: image.levels.index(following) + 1])
    lines = [
        PlannedLicense(
            each, LicenseType.PERMANENT, built_in=False, in_use=each == level and not evaluated, accepted=True
        )
        for each in wanted
    ]
    if kind in BUILT_IN_TYPES and not any(line.feature == level for line in seen):
        period = next((each.days for each in image.evaluations if each.feature == level), EVALUATION_DAYS) * DAY
        used = (version.uptime or 0) if version is not None else 0
        if used >= period and (following == level or not TYPES[kind].stops):
            used = 0
        if title.strip() == RIGHT_TO_USE:
            used = period
        else:
            began = "it began with this boot" if used else "it has just begun"
            device.twin.tell(Matter.ASSUMED, f"nothing tells what is left of the evaluation of {level}; {began}")
        lines.append(PlannedLicense(level, kind, built_in=True, in_use=True, accepted=True, period=period, used=used))
    elif kind not in {None, LicenseType.PERMANENT} and not evaluated:
        assert kind is not None
        lines.append(
            PlannedLicense(level, kind, built_in=False, in_use=True, accepted=True, period=EVALUATION_DAYS * DAY)
        )
        device.twin.tell(
            Matter.ASSUMED, f"nothing tells the period of the {title} license of {level}; it has {EVALUATION_DAYS} days"
        )
    named = ", ".join(line.feature for line in lines if not line.built_in) or "none"
    device.twin.tell(Matter.ASSUMED, f"no screen lists the licenses; installed are: {named}")
    return lines


def _boot_level(device: CapturedDevice, lines: list[PlannedLicense], image: ImageManifest, level: str) -> str | None:
    """Return what the configuration must ask for, where the licenses alone would not lead to the next level."""
    version = device.version
    following = version.next_level if version is not None and version.next_level in image.levels else level
    by_itself = [
        each
        for each in image.levels
        if any(line.feature == each and TYPES[line.type].automatic and not line.built_in for line in lines)
    ]
    natural = by_itself[-1] if by_itself else image.levels[0]
    return following if following != natural else None
