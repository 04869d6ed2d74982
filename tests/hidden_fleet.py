"""A fleet of which access lists keep a part from one user, and the names that this user must not meet."""

from msgspec.structs import replace

from emulator.licensing.udi import Udi
from emulator.manager import access, inventory
from emulator.manager.access_entities import Listed, UserAccessList
from emulator.manager.context import ManagerContext
from emulator.manager.entities import (
    DeviceAddress,
    DeviceFault,
    DeviceGroup,
    DeviceReading,
    InstalledLicense,
    KnownPak,
    ManagedDevice,
    ManagerUser,
    ObtainedLicense,
    Rehost,
    TrailEntry,
)
from emulator.manager.job_records import ItemState, JobItem
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import PollJob
from emulator.manager.policies import keep_policy
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports.use_cases import make_report
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter, LicensePolicy

OPEN, HIDDEN, MISSING = (Udi("CISCO881-K9", f"FTX1405YD{end}") for end in ("A1", "B2", "C3"))
OPEN_PAK, HIDDEN_PAK, MISSING_PAK = "D4Y22SMARGQ", "D4Y22HDNPAK", "D4Y22NNEPAK"
HIDDEN_SKU = "L-hidden-sku"
INSIDE, OUTSIDE = "inside", "outside"
"""Users of the same role: one on every list, and one on none."""

NAMES = {"groups": "hidden-north", "folders": "hidden-box", "policies": "hidden-plan", "schedules": "hidden-night"}

SECRETS = (HIDDEN.serial, HIDDEN_PAK, "hidden-")
"""Parts of the names that who is outside must not meet."""


def hide(context: ManagerContext) -> None:
    """Fill a manager with things that who is outside sees, and with the like that this user does not see."""
    for name in (INSIDE, OUTSIDE):
        inventory.keep_user(context, ManagerUser(name, ManagerRole.INVENTORY))
    inventory.keep_group(context, DeviceGroup(NAMES["groups"]))
    inventory.keep_group(context, DeviceGroup("open-south"))
    now = context.now()
    with context.database.writing() as records:
        for udi, host in ((OPEN, "192.0.2.1"), (HIDDEN, "192.0.2.2")):
            licenses = (InstalledLicense("advipservices", "Evaluation", "Active, In Use", "Built-In", "2 days"),)
            reading = DeviceReading(udi, f"r-{udi.serial}", "15.0(1)M4", "flash:x", "advipservices", "Evaluation",
                                    "advsecurity", licenses)  # fmt: skip
            records.devices.keep(ManagedDevice(udi, now, DeviceAddress(host), seen=now, reading=reading))
        told, fault = f"{HIDDEN} answers at its address", DeviceFault.OTHER_DEVICE
        device = records.devices.find(OPEN)
        assert device is not None
        records.devices.keep(replace(device, fault=fault, detail=told, successor=HIDDEN))
        for code, sku in ((OPEN_PAK, "L-880-AIS="), (HIDDEN_PAK, HIDDEN_SKU)):
            records.licenses.keep_pak(KnownPak(code, sku, "advipservices", 9, 8, now))
        for number, (udi, code) in enumerate([(OPEN, HIDDEN_PAK), (OPEN, OPEN_PAK), (HIDDEN, OPEN_PAK)]):
            records.licenses.keep_license(ObtainedLicense(f"L{number}", udi, code, "advipservices", "a", b"x", now))
        records.rehosts.keep(Rehost(HIDDEN, OPEN, now, now))
        records.devices.join(NAMES["groups"], [HIDDEN])
        records.add_to_trail(TrailEntry(now, "local", "rehost", str(OPEN), f"from {HIDDEN} by PAK {HIDDEN_PAK}"))
        records.add_to_trail(TrailEntry(now, "local", "group", str(HIDDEN), f"joined {NAMES['groups']}"))
        records.add_to_trail(TrailEntry(now, "local", "group", str(OPEN), f"left {NAMES['groups']}"))
    access.keep_folder(context, NAMES["folders"])
    access.change_folder(context, NAMES["folders"], [HIDDEN_PAK], put=True)
    keep_policy(context, LicensePolicy(NAMES["policies"], "L-*", DeviceFilter(group=NAMES["groups"])))
    poll = PollJob(udis=(str(HIDDEN),))
    control.keep_schedule(context, NAMES["schedules"], "poll", poll, every=86_400_000, first=now + 86_400_000)
    job = control.submit(context, "poll", poll)
    both = control.submit(context, "poll", PollJob(udis=(str(OPEN), str(HIDDEN))))
    with context.database.writing() as records:
        for each, udis in ((job, [HIDDEN]), (both, [OPEN, HIDDEN])):
            records.jobs.add_items(each.id, map(str, udis))
            records.jobs.keep_items(each.id, [JobItem(str(udi), ItemState.DONE, "read", "") for udi in udis])
            records.jobs.keep(replace(each, total=len(udis)))
    for kind in ReportKind:
        make_report(context, kind, DeviceFilter())
    for _ in range(2):
        make_report(context, ReportKind.DEVICES, DeviceFilter(group=NAMES["groups"]))
    for about, subject in ((Listed.GROUP, NAMES["groups"]), (Listed.FOLDER, NAMES["folders"])):
        access.keep_access(context, UserAccessList(about, subject, (INSIDE,)))
