"""Facts about the image, by the license screens: its wording, its evaluations, the features it knows."""

from typing import Any

from msgspec.structs import replace

from emulator.captures.facts import FeaturesFacts
from emulator.captures.reading.commands import Kind
from emulator.images.manifest import BuiltInEvaluation, Dialect, FeatureTerms, ImageManifest
from emulator.kernel.time import DAY
from emulator.licensing.states import LicenseState
from emulator.licensing.store import StoreName
from emulator.licensing.types import LicenseType
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.license_lines import EVALUATION_DAYS, FORMS, OLD_STORE, PlannedLicense


def worded(device: CapturedDevice, image: ImageManifest) -> ImageManifest:
    """The image with the wording of its release, as far as the screens show it."""
    changes: dict[str, Any] = {}
    every = [each for form in FORMS if (facts := device.licenses(form)) is not None for each in facts.entries]
    if any(each.store == OLD_STORE for each in every):
        changes["license_built_in_store"] = OLD_STORE
    if any(each.store == StoreName.BUILT_IN for each in every):
        changes["license_built_in_store"] = str(StoreName.BUILT_IN)
    pending = [each.state for each in every if each.state and "EULA" in each.state]
    if pending:
        changes["license_state_prefix"] = any(state.startswith("Active, ") for state in pending)
    detail = device.licenses(Kind.LICENSE_DETAIL)
    if detail is not None and detail.entries:
        changes["license_detail_terms"] = any(each.lock is not None for each in detail.entries)
        metered = [each for each in detail.entries if each.total is not None]
        if metered:
            changes["license_period_used"] = any(each.used is not None for each in metered)
    if device.features is not None and device.features.rows:
        changes["license_right_to_use_column"] = any(row.right_to_use is not None for row in device.features.rows)
        base = [row.enabled for row in device.features.rows if row.feature == image.levels[0]]
        if base:
            changes["license_base_enabled"] = base[0]
    shown = [udi.wide for udi in device.udis if udi.wide is not None]
    if shown:
        changes["license_udi_wide"] = shown[-1]
    changes |= _unused_period(device, image.dialect)
    dialect = replace(
        image.dialect, **{key: value for key, value in changes.items() if getattr(image.dialect, key) != value}
    )
    return image if dialect == image.dialect else replace(image, dialect=dialect)


def _unused_period(device: CapturedDevice, dialect: Dialect) -> dict[str, Any]:
    """Tell how `show license` writes an evaluation that was never used."""
    facts = device.licenses(Kind.LICENSE)
    unused = {
        each.type: "Not Activated" in (each.left or "")
        for each in (facts.entries if facts is not None else ())
        if each.type in {"Evaluation", "EvalRightToUse"} and each.state is not None
        and each.state.endswith(LicenseState.EULA_PENDING.value.removeprefix("Active, "))
    }  # fmt: skip
    if not unused or (dialect.license_unused_period == "by type"
                      and all(waits == (title == "EvalRightToUse") for title, waits in unused.items())):  # fmt: skip
        return {}
    return {"license_unused_period": "not activated" if all(unused.values()) else "full"}


def carrying(device: CapturedDevice, image: ImageManifest, lines: list[PlannedLicense]) -> tuple[ImageManifest, bool]:
    """The image with the evaluations that were seen, in the order of their store, and the features in theirs."""
    seen = sorted((line for line in lines if line.built_in), key=lambda line: (line.index is None, line.index or 0))
    whole = any(device.licenses(form) is not None for form in (Kind.LICENSE_DETAIL, Kind.LICENSE_ALL))
    there = {each.feature: each for each in image.evaluations}
    evaluations = [_evaluation(line, there.get(line.feature)) for line in seen]
    if not whole:
        known = {line.feature for line in seen}
        shown = device.licenses(Kind.LICENSE)
        listed = {each.feature for each in shown.entries if each.type is None} if shown is not None else set()
        evaluations += [each for each in image.evaluations if each.feature not in known | listed]
    rights = {line.feature: line.type is LicenseType.EVAL_RIGHT_TO_USE for line in seen}
    ways = [flag for flag in (False, True) if _carries(image, evaluations, rights, chosen=flag)]
    if not ways:
        image = replace(image, evaluations=tuple(evaluations))
    right_to_use = bool(ways) and ways[0]
    return _listing(device, image, right_to_use=right_to_use), right_to_use


def _carries(
    image: ImageManifest, evaluations: list[BuiltInEvaluation], rights: dict[str, bool], *, chosen: bool
) -> bool:
    """Tell whether the image as it is, racked with a right to use or without, brings the evaluations that were seen."""
    brought = [(each.feature, each.days, each.count) for each in image.evaluations]
    return brought == [(each.feature, each.days, each.count) for each in evaluations] and all(
        rights.get(each.feature) in {None, each.right_to_use or (chosen and each.may_become_right)}
        for each in image.evaluations
    )


def _evaluation(line: PlannedLicense, known: BuiltInEvaluation | None) -> BuiltInEvaluation:
    days = (line.period or EVALUATION_DAYS * DAY) // DAY
    right = line.type is LicenseType.EVAL_RIGHT_TO_USE
    may = known is not None and known.may_become_right
    return BuiltInEvaluation(line.feature, days, right_to_use=right, may_become_right=may, count=line.count)


def _with_terms(features: FeaturesFacts, image: ImageManifest, *, right_to_use: bool) -> ImageManifest:
    """Return what the table says of features beyond what follows from their licenses."""
    lines = {line.feature: line for line in (image.built_in_as_right if right_to_use else image.built_in)}
    base = image.levels[0]
    terms = []
    for row in features.rows:
        line = lines.get(row.feature)
        right = line is not None and not line.rule.stops
        usual = FeatureTerms(
            row.feature, enforcement=row.feature != base, evaluation=line is not None, right_to_use=right
        )
        said = right if row.right_to_use is None else row.right_to_use
        seen = FeatureTerms(row.feature, row.enforcement, row.evaluation, said)
        if seen != usual:
            terms.append(seen)
    return replace(image, terms=tuple(terms)) if tuple(terms) != image.terms else image


def _listing(device: CapturedDevice, image: ImageManifest, *, right_to_use: bool) -> ImageManifest:
    """The licensable features as they were listed."""
    features = device.features
    shown = device.licenses(Kind.LICENSE)
    names: tuple[str, ...] = ()
    if features is not None and features.rows:
        names = tuple(row.feature for row in features.rows)
        subscriptions = tuple(row.feature for row in features.rows if row.subscription)
        if subscriptions != image.subscriptions:
            image = replace(image, subscriptions=subscriptions)
        image = _with_terms(features, image, right_to_use=right_to_use)
    elif shown is not None and shown.entries:
        names = tuple(dict.fromkeys(each.feature for each in shown.entries))
    if names and names != image.licensable:
        image = replace(image, order=names)
    return image
