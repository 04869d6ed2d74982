"""Operations of the license agent, each carried out on a router that runs.

Lists come from the views that the screens show, and acts are those of license actions (`router/licensing/acts.py`), so
that neither can disagree. I: a license of the image is refused as a store of its own; RELOAD restarts a second after
the answer, as by SNMP.
"""

from collections.abc import Callable, Mapping
from typing import Any

from emulator.console.render.files.running_config import configuration_text
from emulator.kernel.time import SECOND, Duration
from emulator.license_agent.causes import TEXTS, AgentCause, cause_of
from emulator.license_agent.messages import (
    AgentOperation,
    AgentResult,
    AgreementResult,
    Annotate,
    Clear,
    DeviceResult,
    DocumentResult,
    DoneResult,
    FailedResult,
    FeatureEntry,
    FeaturesResult,
    GetAgreement,
    GetCredential,
    GetLevels,
    GetUdi,
    Install,
    InstalledResult,
    LevelsResult,
    LicenseEntry,
    LicensesResult,
    LineEntry,
    LineState,
    ListFeatures,
    ListLicenses,
    ProcessTicket,
    RegenerateTicket,
    Reload,
    SaveConfiguration,
    SaveLicenses,
    SetLevel,
)
from emulator.licensing.file import COMMENT_LIMIT
from emulator.licensing.store import StoredLicense, StoreName
from emulator.licensing.views import LicenseView
from emulator.router.clocks import WallTime
from emulator.router.device import Router
from emulator.router.license_action import ActionResult, ActionState
from emulator.router.licensing.action_queue import LEVEL_TOLD_AFTER
from emulator.router.licensing.acts import (
    ActionFailed,
    carry_out_ticket,
    check_ticket,
    clear_license,
    device_credential,
    find_license,
    install_entries,
    last_rehost_ticket,
    license_backup,
    needs_agreement,
    read_entries,
    read_ticket,
)
from emulator.router.licensing.boot_level import choose_boot_level
from emulator.router.licensing.numbers import STORES, license_number, store_number
from emulator.router.state import DeferredTask, LicenseCounter

RELOADS_AFTER: Duration = SECOND


class OperationFailed(Exception):
    """An operation cannot be done; nothing of it was."""

    def __init__(self, cause: AgentCause, counter: LicenseCounter | None = None) -> None:
        super().__init__(cause, counter)
        self.cause, self.counter = cause, counter


# --- what is read ----------------------------------------------------------------------------------------------


def _udi(router: Router, _: GetUdi) -> AgentResult:
    return DeviceResult(router.state.udi.pid, router.state.udi.serial)


def _licenses(router: Router, _: ListLicenses) -> AgentResult:
    return LicensesResult(tuple(_entry(router, view) for view in router.activation.inventory.views()))


def _entry(router: Router, view: LicenseView) -> LicenseEntry:
    inventory, line = router.activation.inventory, view.line
    return LicenseEntry(
        number=license_number(view.stored),
        store=inventory.store_title(view.stored.store),
        store_index=view.stored.index,
        feature=line.feature,
        version=line.version,
        type=view.title,
        state=view.state,
        priority=view.priority,
        agreement_accepted=inventory.licenses.accepted(line),
        count=line.count,
        period=_seconds(line.period),
        used=_seconds(view.used),
        left=_seconds(view.left),
        ends="" if line.ends is None else WallTime(line.ends).local.date().isoformat(),
        comment=view.stored.comment,
    )


def _seconds(period: Duration | None) -> int | None:
    return None if period is None else period // SECOND


def _features(router: Router, _: ListFeatures) -> AgentResult:
    return FeaturesResult(
        tuple(
            FeatureEntry(
                name=row.feature,
                enforced=row.enforcement,
                evaluation=row.evaluation,
                subscription=row.subscription,
                enabled=row.enabled,
                right_to_use=row.right_to_use,
            )
            for row in router.activation.inventory.feature_rows()
        )
    )


def _levels(router: Router, _: GetLevels) -> AgentResult:
    module = router.manifest.license_module
    return LevelsResult(
        module=module,
        running=router.running.level,
        next=router.activation.inventory.next_level().level,
        configured=router.configuration.boot_level(module) or "",
    )


def _agreement(router: Router, asked: GetAgreement) -> AgentResult:
    needed = not asked.file or needs_agreement(read_entries(router, asked.file))
    return AgreementResult(router.context.agreement() if needed else "")


# --- what is changed -------------------------------------------------------------------------------------------


def _credential(router: Router, _: GetCredential) -> AgentResult:
    content = device_credential(router)
    router.state.count(LicenseCounter.CREDENTIAL_SAVED)
    return DocumentResult(content)


def _install(router: Router, asked: Install) -> AgentResult:
    try:
        entries = read_entries(router, asked.file)
    except ActionFailed:
        router.state.count(LicenseCounter.INSTALL_FAILED)
        raise
    ends = install_entries(router, entries, accepted=asked.accept_agreement, stops=asked.stop_on_failure)
    _tell_level(router)
    return InstalledResult(tuple(map(_line_entry, ends)))


def _line_entry(end: ActionResult) -> LineEntry:
    match end.state:
        case ActionState.SUCCESSFUL:
            return LineEntry(LineState.INSTALLED)
        case ActionState.FAILED:
            return LineEntry(LineState.FAILED, cause_of(end.cause))
    return LineEntry(LineState.NOT_TRIED)


def _tell_level(router: Router) -> None:
    router.schedule(DeferredTask.ANNOUNCE_LEVEL, LEVEL_TOLD_AFTER)


def _named(router: Router, number: int) -> StoredLicense:
    """The installed license of a number."""
    found = (find_license(router, number, store) for store in range(1, len(STORES) + 1))
    stored = next((each for each in found if each is not None), None)
    if stored is None:
        raise OperationFailed(AgentCause.UNKNOWN_LICENSE)
    if stored.store is not StoreName.PRIMARY:
        raise OperationFailed(AgentCause.INVALID_STORE)
    return stored


def _clear(router: Router, asked: Clear) -> AgentResult:
    try:
        stored = _named(router, asked.license)
    except OperationFailed as failed:
        raise OperationFailed(failed.cause, LicenseCounter.CLEAR_FAILED) from None
    clear_license(router, asked.license, store_number(stored))
    _tell_level(router)
    return DoneResult()


def _annotate(router: Router, asked: Annotate) -> AgentResult:
    stored, text = _named(router, asked.license), asked.comment
    if router.manifest.dialect.license_comment_truncated:
        text = text[:COMMENT_LIMIT]
    if len(text) > COMMENT_LIMIT or not text.isascii() or not text.isprintable():
        raise OperationFailed(AgentCause.INVALID_COMMENT)
    router.activation.comment(stored, text)
    router.state.count(LicenseCounter.COMMENT_ADDED if text else LicenseCounter.COMMENT_DELETED)
    return DoneResult()


def _save(router: Router, _: SaveLicenses) -> AgentResult:
    content = license_backup(router)
    router.state.count(LicenseCounter.SAVED)
    return DocumentResult(content)


def _process_ticket(router: Router, asked: ProcessTicket) -> AgentResult:
    try:
        ticket = read_ticket(router, asked.ticket)
        verdict = check_ticket(router, ticket)
    except ActionFailed:
        router.state.count(LicenseCounter.REVOKE_FAILED)
        raise
    content = carry_out_ticket(router, ticket, verdict)
    _tell_level(router)
    return DocumentResult(content)


def _regenerate_ticket(router: Router, asked: RegenerateTicket) -> AgentResult:
    return DocumentResult(last_rehost_ticket(router, read_ticket(router, asked.ticket)))


def _set_level(router: Router, asked: SetLevel) -> AgentResult:
    inventory = router.activation.inventory
    if asked.level and asked.level not in router.manifest.levels:
        raise OperationFailed(AgentCause.UNKNOWN_LEVEL)
    if asked.level and not asked.accept_agreement and inventory.needs_eula(asked.level) is not None:
        raise OperationFailed(AgentCause.AGREEMENT_NOT_ACCEPTED)
    choose_boot_level(router, asked.level)
    return DoneResult()


def _save_configuration(router: Router, _: SaveConfiguration) -> AgentResult:
    router.save_startup(configuration_text(router))
    return DoneResult()


def _reload(router: Router, _: Reload) -> AgentResult:
    router.schedule(DeferredTask.RELOAD, RELOADS_AFTER)
    return DoneResult()


PERFORMED: Mapping[type[AgentOperation], Callable[[Router, Any], AgentResult]] = {
    GetUdi: _udi,
    GetCredential: _credential,
    ListLicenses: _licenses,
    ListFeatures: _features,
    GetLevels: _levels,
    GetAgreement: _agreement,
    Install: _install,
    Clear: _clear,
    Annotate: _annotate,
    SaveLicenses: _save,
    ProcessTicket: _process_ticket,
    RegenerateTicket: _regenerate_ticket,
    SetLevel: _set_level,
    SaveConfiguration: _save_configuration,
    Reload: _reload,
}


def perform(router: Router, operation: AgentOperation) -> AgentResult:
    """Carry out an operation on a router that runs.

    Raises:
        Abandoned: the power failed; the stores are then the old or the new ones.
    """
    try:
        return PERFORMED[type(operation)](router, operation)
    except ActionFailed as failed:
        cause, counter = cause_of(failed.cause), failed.counter
    except OperationFailed as failed:
        cause, counter = failed.cause, failed.counter
    if counter is not None:
        router.state.count(counter)
    return FailedResult(cause, TEXTS[cause])
