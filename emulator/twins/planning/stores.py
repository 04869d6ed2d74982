"""The license stores of a twin: licenses made by the world's own licensing key, so that they check.

Levels are licensed as at the factory, by the back end; every other license that was seen is signed with the same key
outside of any order, and that is told, for the portal has no record of it.
"""

import msgspec
from msgspec.structs import replace

from emulator.kernel.time import Duration, Instant
from emulator.keys.documents import read_license_file, write_license_file
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.lines import LicenseLine
from emulator.licensing.store import HistoryKind, Licenses, StoredLicense
from emulator.licensing.types import TYPES, LicenseType
from emulator.licensing.udi import Udi
from emulator.twins.planning.license_lines import PlannedLicense
from emulator.twins.planning.licenses import LicensePlan
from emulator.twins.report import Matter, Twin

SOURCE = "a captured router"


class Installed(msgspec.Struct, frozen=True):
    """The stores, and what the level uses.

    Attributes:
        used_before, in_use_since: of a metered license in use.
        seats: uses taken of counted features.
        counting: since when their metered licenses count.
    """

    licenses: Licenses
    license_id: str | None
    used_before: Duration
    in_use_since: Instant
    seats: dict[str, int]
    counting: dict[str, Instant]


def factory_levels(plan: LicensePlan) -> tuple[str, ...]:
    """The levels whose permanent licenses the factory installs, in the order of the image."""
    features = {plan.lines[at].feature for at in _of_factory(plan)}
    return tuple(level for level in plan.image.levels if level in features)


def _of_factory(plan: LicensePlan) -> list[int]:
    """Tell which lines are of the factory: of every level the first permanent license."""
    first: dict[str, int] = {}
    for at, line in enumerate(plan.lines):
        permanent = line.type is LicenseType.PERMANENT and not line.built_in and line.count is None
        if permanent and line.feature in plan.image.levels and line.version == "1.0":
            first.setdefault(line.feature, at)
    return list(first.values())


class Stores:
    """Puts the licenses of one twin in place."""

    def __init__(self, twin: Twin, plan: LicensePlan, udi: Udi, key: SigningKey, now: Instant) -> None:
        self._twin, self._plan, self._udi, self._key, self._now = twin, plan, udi, key, now

    def fill(self, licenses: Licenses, booted: Instant, today: int | None) -> Installed:
        """The stores with everything that was seen; `licenses` are those of the factory."""
        primary = list(licenses.primary)
        ids: dict[int, str] = {}
        factory = _of_factory(self._plan)
        for at, line in enumerate(self._plan.lines):
            if line.built_in:
                ids[at] = f"built-in/{line.feature}"
            elif at in factory:
                ids[at] = next(each.line.id for each in licenses.primary if each.line.feature == line.feature)
            elif (stored := self._signed(at + 1, line, len(primary), today)) is not None:
                primary.append(stored)
                ids[at] = stored.line.id
        for each in primary[len(factory) :]:
            licenses = licenses.noting(self._now, HistoryKind.INSTALLED, each.line)
        licenses = replace(licenses, primary=self._at_their_places(primary, ids))
        return self._with_use(licenses, ids, booted)

    def _signed(self, number: int, line: PlannedLicense, index: int, today: int | None) -> StoredLicense | None:
        ends = None
        if TYPES[line.type].meter == "calendar":
            ends = (today or 0) + (line.left or 0)
        made = LicenseLine(
            f"twin{number}", line.feature, line.type, self._udi, line.period, line.exclusive, line.version,
            line.count, ends,
        )  # fmt: skip
        entry = FileLine(made, SOURCE, "")
        try:
            document = write_license_file(LicenseFile((entry,)), self._key)
        except ValueError as error:
            self._twin.tell(Matter.UNREAD, f"a license for {line.feature} cannot be made: {error}")
            return None
        read = read_license_file(document, Verifier(self._key.public))[0]
        assert isinstance(read, FileLine)
        self._twin.tell(Matter.ASSUMED, f"the license for {line.feature} was issued outside of any order")
        return StoredLicense(made, index, source=read.source, created=read.created, proof=read.proof)

    def _at_their_places(self, primary: list[StoredLicense], ids: dict[int, str]) -> tuple[StoredLicense, ...]:
        """Each at the store index that was seen, if they make sense together."""
        seen = {ids[at]: line.index for at, line in enumerate(self._plan.lines) if at in ids and not line.built_in}
        indexes = [seen.get(each.line.id) for each in primary]
        if None in indexes or len(set(indexes)) != len(indexes):
            return tuple(replace(each, index=number) for number, each in enumerate(primary))
        placed = [replace(each, index=index) for each, index in zip(primary, indexes, strict=True) if index is not None]
        return tuple(sorted(placed, key=lambda each: each.index))

    def _with_use(self, licenses: Licenses, ids: dict[int, str], booted: Instant) -> Installed:
        license_id: str | None = None
        used_before, since = 0, booted
        seats: dict[str, int] = {}
        counting: dict[str, Instant] = {}
        lines = {line.id: line for line in self._built_in()} | {each.line.id: each.line for each in licenses.primary}
        for at, own in sorted(ids.items()):
            line = self._plan.lines[at]
            if line.accepted and own in lines and lines[own].rule.eula != "never":
                licenses = licenses.noting(booted, HistoryKind.EULA_ACCEPTED, lines[own])
            if line.high:
                licenses = replace(licenses, priorities={**licenses.priorities, line.feature: "high"})
            before = line.used
            if line.in_use and line.feature == self._plan.level and license_id is None:
                license_id = own
                before = max(line.used - (self._now - booted), 0)
                used_before, since = before, self._now - (line.used - before)
            if line.count is not None and line.seats:
                seats[line.feature] = seats.get(line.feature, 0) + line.seats
                if line.period is not None:
                    counting[own] = self._now
            licenses = licenses.saving_use(own, before)
        return Installed(licenses, license_id, used_before, since, seats, counting)

    def _built_in(self) -> tuple[LicenseLine, ...]:
        image = self._plan.image
        return image.built_in_as_right if self._plan.right_to_use else image.built_in
