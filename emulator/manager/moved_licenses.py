"""Records of licenses that moved to another device, kept as devices and portal have them after a rehost or an RMA.

C: a license that was obtained and could not be deployed stays in the undeployed list. I: that holds for the licenses of
a transfer too, so a target that was away gets them later, and in another network by a bundle. A device that failed for
good keeps its name and its history; its level and licenses are gone with the RMA, and no attempt is made to reach it.
Should it be read again, it is what it tells.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.license_files import said_lines
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from emulator.manager.entities import DeviceReading, ObtainedLicense
from emulator.manager.store.records import ManagerRecords


def keep_moved(
    records: ManagerRecords, target: Udi, name: str, content: bytes, paks: Mapping[str, str], now: int
) -> None:
    """Keep the permanent licenses of a file for the target of a transfer, but for those that are kept already.

    `paks`: the PAKs that paid for them, by feature. A file of another portal, which is not understood, brings none.
    """
    try:
        lines = said_lines(content)
    except InvalidDocument:
        return
    known = {each.id for each in records.licenses.licenses_of([target])}
    for line in lines:
        if (line.udi, line.type) == (target, LicenseType.PERMANENT) and line.id not in known:
            pak = paks.get(line.feature, "")
            records.licenses.keep_license(ObtainedLicense(line.id, target, pak, line.feature, name, content, now))


def retire(records: ManagerRecords, failed: Udi, replacement: Udi) -> dict[str, str]:
    """Take the licenses of a failed device out of the records, and return the PAKs that paid for them, by feature."""
    paks = dict[str, str]()
    for each in records.licenses.licenses_of([failed]):
        paks[each.feature] = each.pak
        records.licenses.drop_license(each.id)
    if (device := records.devices.find(failed)) is not None:
        last = device.reading
        reading = None if last is None else DeviceReading(failed, last.hostname, last.release, last.image)
        records.devices.keep(
            replace(
                device, address=None, transport=None, fault=None, detail="", successor=None, reading=reading,
                replaced_by=replacement,
            )
        )  # fmt: skip
    return paks
