"""Arguments of jobs: what each kind needs to know; they are kept with the job and come as JSON from programs."""

import msgspec

from emulator.manager.store.devices import DeviceFilter


class JobArguments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of a job; `due` is the moment before which it does not begin, in ISO 8601, empty for now."""

    due: str = ""


class Chosen(JobArguments, frozen=True, kw_only=True):
    """Devices by UDI, or all that a filter leaves where none is named."""

    udis: tuple[str, ...] = ()
    filter: DeviceFilter = DeviceFilter()


class PollJob(Chosen, frozen=True, kw_only=True):
    """Read devices again."""


class DiscoverJob(JobArguments, frozen=True, kw_only=True):
    """Look at addresses: ranges, and the rows of a seed file that have one; put what is found into a group.

    Attributes:
        port: of SSH, where an address names none.
        credentials: names of the credential sets to try, in this order; none tries all.
        transports: those to try, in this order, such as `https/lic-agent`; none takes those of the group, or SSH.
    """

    ranges: tuple[str, ...] = ()
    seed_file: str = ""
    port: int = 22
    group: str = ""
    credentials: tuple[str, ...] = ()
    transports: tuple[str, ...] = ()


class DriftJob(Chosen, frozen=True, kw_only=True):
    """Compare devices with what the portal issued for them, or the devices of captures with both; change nothing.

    Attributes:
        captures: recordings of terminals; with some, the devices in them are compared, and no others.
    """

    captures: tuple[bytes, ...] = ()


class DeployJob(Chosen, frozen=True, kw_only=True):
    """Obtain licenses of a PAK for devices and install them; `reload` them then, and have them `save` before that."""

    pak: str
    reload: bool = False
    save: bool = False


class PreviewJob(Chosen, frozen=True, kw_only=True):
    """Read devices and tell what a deployment of a PAK would do to each, with a `reload` or without; change nothing."""

    pak: str
    reload: bool = False


class ObtainJob(Chosen, frozen=True, kw_only=True):
    """Obtain licenses of a PAK for devices, which are not reached."""

    pak: str


class DeployHeldJob(Chosen, frozen=True, kw_only=True):
    """Install the licenses that were obtained and are not on their devices yet."""

    reload: bool = False
    save: bool = False


class ResendJob(Chosen, frozen=True, kw_only=True):
    """Have the portal send all licenses of devices again, and install those that they lost."""

    accept: bool = False


class InstallJob(JobArguments, frozen=True, kw_only=True):
    """Install a license file on a device."""

    udi: str
    name: str
    content: bytes
    accept: bool = False


class RehostJob(JobArguments, frozen=True, kw_only=True):
    """Move the licenses of one device to another; a rehost that was begun goes on where it is."""

    source: str
    target: str
    accept: bool = False


class ReplaceJob(JobArguments, frozen=True, kw_only=True):
    """Have the licenses of a failed device for its replacement (RMA); `contract` is that of the failed one."""

    failed: str
    replacement: str
    contract: str
    accept: bool = False


class AnnotateJob(Chosen, frozen=True, kw_only=True):
    """Put a comment on the license of a feature on devices; at most 99 characters."""

    feature: str
    comment: str


class ClearJob(Chosen, frozen=True, kw_only=True):
    """Clear the installed license of a feature on devices; one that is in use stays."""

    feature: str


class EvaluateJob(Chosen, frozen=True, kw_only=True):
    """Begin the evaluation of a level on devices, and save it; what else is not saved is saved with it.

    Attributes:
        accept: accept the license agreement where a device asks for it.
        reload: reload the devices, so that they run the level.
        dry_run: tell what would be done to each, and change nothing.
    """

    level: str
    accept: bool = False
    reload: bool = False
    dry_run: bool = False


class RefreshPaksJob(JobArguments, frozen=True, kw_only=True):
    """Ask the portal for PAKs, and add those that are new; none is every PAK of the inventory."""

    paks: tuple[str, ...] = ()
