"""Messages of the license agent as plain data. The vocabulary is ours, for the vendor's is not public (I).

What can be asked is that of the MIB and of the list of capabilities (C): identity, credential, licenses, install,
clear, annotate, save, agreement, permission and rehost tickets; and the level, save and reload that end an upgrade (I).
The tag of a record is the element of a message, its fields are the elements inside, in their order (`xml_form.py`); the
schema and the page that describe the vocabulary are written from these records.
"""

from enum import StrEnum
from typing import get_args

import msgspec

from emulator.license_agent.causes import AgentCause

# --- operations ------------------------------------------------------------------------------------------------


class GetUdi(msgspec.Struct, frozen=True, tag="GET_UDI"):
    """The UDI of the device."""


class GetCredential(msgspec.Struct, frozen=True, tag="GET_CREDENTIAL"):
    """The signed statement of the device about itself, which the license portal takes for a rehost."""


class ListLicenses(msgspec.Struct, frozen=True, tag="LIST_LICENSES"):
    """All licenses of the device, those of its image included."""


class ListFeatures(msgspec.Struct, frozen=True, tag="LIST_FEATURES"):
    """The features of the running image that licenses are for."""


class GetLevels(msgspec.Struct, frozen=True, tag="GET_LEVELS"):
    """The levels of the image: the one that runs, the configured one, and that of the next boot."""


class GetAgreement(msgspec.Struct, frozen=True, tag="GET_AGREEMENT", omit_defaults=True):
    """The end user license agreement.

    Attributes:
        file: a license file; the text is empty where none of its licenses is under the agreement.
    """

    file: bytes = b""


class Install(msgspec.Struct, frozen=True, tag="INSTALL", omit_defaults=True):
    """Install the licenses of a file.

    Attributes:
        file: the license file.
        accept_agreement: the user accepts the agreement for those of its licenses that ask for it.
        stop_on_failure: the first license that fails is the last one that is tried.
    """

    file: bytes
    accept_agreement: bool = False
    stop_on_failure: bool = False


class Clear(msgspec.Struct, frozen=True, tag="CLEAR"):
    """Remove an installed license that is not in use.

    Attributes:
        license: its number in the list of licenses.
    """

    license: int


class Annotate(msgspec.Struct, frozen=True, tag="ANNOTATE", omit_defaults=True):
    """Set the comment of an installed license.

    Attributes:
        license: its number in the list of licenses.
        comment: at most 99 printable ASCII characters; without it the comment is removed.
    """

    license: int
    comment: str = ""


class SaveLicenses(msgspec.Struct, frozen=True, tag="SAVE_LICENSES"):
    """All installed licenses as one license file."""


class ProcessTicket(msgspec.Struct, frozen=True, tag="PROCESS_PERMISSION_TICKET"):
    """Revoke what a permission ticket says; the answer is the rehost ticket.

    Attributes:
        ticket: the permission ticket.
    """

    ticket: bytes


class RegenerateTicket(msgspec.Struct, frozen=True, tag="REGENERATE_REHOST_TICKET"):
    """The rehost ticket of a permission ticket once more.

    Attributes:
        ticket: the permission ticket; of one that was not carried out here, the last rehost ticket is written.
    """

    ticket: bytes


class SetLevel(msgspec.Struct, frozen=True, tag="SET_LEVEL", omit_defaults=True):
    """Choose the level of the next boot, as `license boot module` does.

    Attributes:
        level: a level of the image; without it the licenses decide.
        accept_agreement: the user accepts the agreement of the license that the level needs.
    """

    level: str = ""
    accept_agreement: bool = False


class SaveConfiguration(msgspec.Struct, frozen=True, tag="SAVE_CONFIGURATION"):
    """Save the running configuration for the next boot."""


class Reload(msgspec.Struct, frozen=True, tag="RELOAD"):
    """Restart the device a second after the answer; what is not saved is lost."""


AgentOperation = (
    GetUdi
    | GetCredential
    | ListLicenses
    | ListFeatures
    | GetLevels
    | GetAgreement
    | Install
    | Clear
    | Annotate
    | SaveLicenses
    | ProcessTicket
    | RegenerateTicket
    | SetLevel
    | SaveConfiguration
    | Reload
)

OPERATIONS: tuple[type[AgentOperation], ...] = get_args(AgentOperation)

READS = (GetUdi, ListLicenses, ListFeatures, GetLevels, GetAgreement)
"""Operations that change nothing."""

MOST_OPERATIONS = 16
"""Operations of one request."""


class AgentRequest(msgspec.Struct, frozen=True):
    """A request of a manager.

    Attributes:
        request_id: chosen by the manager, and repeated in the answer.
        operations: carried out in this order, each by itself; one that fails does not keep the next from being tried.
    """

    request_id: str
    operations: tuple[AgentOperation, ...]

    @property
    def reads(self) -> bool:
        """Tell whether it changes nothing."""
        return all(isinstance(each, READS) for each in self.operations)


# --- results ---------------------------------------------------------------------------------------------------


class LicenseEntry(msgspec.Struct, frozen=True, tag="LICENSE", tag_field="element", omit_defaults=True):
    """A license.

    Attributes:
        number: names it in other operations.
        store: name of its store.
        store_index: place in that store, as `show license` has it.
        feature: what it is for.
        version: version of the feature.
        type: word of `show license detail`.
        state: words of `show license detail`.
        priority: word of `show license detail`.
        count: uses that it allows; absent for one that is not counted.
        period: seconds of one that runs out.
        used: seconds of these that are used.
        left: seconds of these that are left.
        ends: last day of a subscription.
        agreement_accepted: its agreement was accepted, or it has none.
        comment: the comment; absent without one.
    """

    number: int
    store: str
    store_index: int
    feature: str
    version: str
    type: str
    state: str
    priority: str
    agreement_accepted: bool
    count: int | None = None
    period: int | None = None
    used: int | None = None
    left: int | None = None
    ends: str = ""
    comment: str = ""


class FeatureEntry(msgspec.Struct, frozen=True, tag="FEATURE"):
    """A feature.

    Attributes:
        name: as licenses have it.
        enforced: it does not run without a license.
        evaluation: the image brings an evaluation for it.
        subscription: its licenses are subscriptions.
        enabled: it runs now.
        right_to_use: its evaluation becomes a right to use.
    """

    name: str
    enforced: bool
    evaluation: bool
    subscription: bool
    enabled: bool
    right_to_use: bool


class LineState(StrEnum):
    """Ends of one license of a file."""

    INSTALLED = "installed"
    FAILED = "failed"
    NOT_TRIED = "not-tried"


class LineEntry(msgspec.Struct, frozen=True, tag="LINE", omit_defaults=True):
    """The end of one license of a file, in the order of the file.

    Attributes:
        end: what became of it.
        cause: the cause of a failure.
    """

    end: LineState
    cause: AgentCause | None = None


class DeviceResult(msgspec.Struct, frozen=True, tag="DEVICE"):
    """The UDI.

    Attributes:
        pid: product ID.
        sn: serial number.
    """

    pid: str
    sn: str


class DocumentResult(msgspec.Struct, frozen=True, tag="DOCUMENT"):
    """A document of the device.

    Attributes:
        content: its bytes.
    """

    content: bytes


class LicensesResult(msgspec.Struct, frozen=True, tag="LICENSES"):
    """The licenses, in the order of `show license`.

    Attributes:
        licenses: each of them.
    """

    licenses: tuple[LicenseEntry, ...]


class FeaturesResult(msgspec.Struct, frozen=True, tag="FEATURES"):
    """The features, in the order of `show license feature`.

    Attributes:
        features: each of them.
    """

    features: tuple[FeatureEntry, ...]


class LevelsResult(msgspec.Struct, frozen=True, tag="LEVELS", omit_defaults=True):
    """The levels of the software module.

    Attributes:
        module: its name.
        running: level of this boot.
        next: level of the next boot.
        configured: level that the configuration chooses; absent where it chooses none.
    """

    module: str
    running: str
    next: str
    configured: str = ""


class AgreementResult(msgspec.Struct, frozen=True, tag="AGREEMENT"):
    """The end user license agreement.

    Attributes:
        text: its text; empty where none is needed.
    """

    text: str


class InstalledResult(msgspec.Struct, frozen=True, tag="INSTALLED"):
    """The ends of the licenses of a file.

    Attributes:
        lines: each of them.
    """

    lines: tuple[LineEntry, ...]


class DoneResult(msgspec.Struct, frozen=True, tag="DONE"):
    """The operation was carried out."""


class FailedResult(msgspec.Struct, frozen=True, tag="FAILED"):
    """The operation failed, and changed nothing.

    Attributes:
        cause: the cause.
        text: a sentence about it.
    """

    cause: AgentCause
    text: str


AgentResult = (
    DeviceResult
    | DocumentResult
    | LicensesResult
    | FeaturesResult
    | LevelsResult
    | AgreementResult
    | InstalledResult
    | DoneResult
    | FailedResult
)

RESULTS: tuple[type[AgentResult], ...] = get_args(AgentResult)


class AgentAnswer(msgspec.Struct, frozen=True):
    """The answer to a request; one result for each operation, in their order."""

    request_id: str
    results: tuple[AgentResult, ...]


# --- notifications ---------------------------------------------------------------------------------------------


class AgentNotification(msgspec.Struct, frozen=True, tag="NOTIFICATION", omit_defaults=True):
    """A notice of the device to a manager.

    Attributes:
        pid: product ID of the device.
        sn: serial number of the device.
        number: counts the notices of a served device from 1; one that is sent again has the same number.
        time: calendar of the device.
        event: name of the notification in the MIBs.
        text: system message of the event.
        feature: feature of the license.
        version: version of the feature.
        level: level of the next boot.
    """

    pid: str
    sn: str
    number: int
    time: str
    event: str
    text: str
    feature: str = ""
    version: str = ""
    level: str = ""
