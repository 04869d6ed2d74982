"""pysnmp as a manager of a served router: walks, a SET by version 3, and a license action, told line by line.

Runs in an environment of its own, as `python pysnmp_manager.py ADDRESS PORT`.
"""

import asyncio
import sys
from typing import Any

from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData,
    ContextData,
    Integer32,
    ObjectIdentity,
    ObjectType,
    OctetString,
    SnmpEngine,
    UdpTransportTarget,
    UsmUserData,
    bulk_walk_cmd,
    get_cmd,
    set_cmd,
    usm3DESEDEPrivProtocol,
    usmAesCfb128Protocol,
    usmHMACMD5AuthProtocol,
    usmHMACSHAAuthProtocol,
)

LOCATION, DESCRIPTIONS = "1.3.6.1.2.1.1.6.0", "1.3.6.1.2.1.2.2.1.2"
FEATURES, ACTIONS = "1.3.6.1.4.1.9.9.543.1.2.3.1.3", "1.3.6.1.4.1.9.9.543.1.1.2.1"


async def main(address: str, port: int) -> None:
    engine = SnmpEngine()
    target = await UdpTransportTarget.create((address, port), timeout=5, retries=2)
    public = CommunityData("public", mpModel=1)
    anna = UsmUserData(
        "anna", "authentic", "encrypted", authProtocol=usmHMACSHAAuthProtocol, privProtocol=usmAesCfb128Protocol
    )

    async def told(kind: Any, who: Any, *objects: Any) -> list[str]:
        problem, status, _, found = await kind(engine, who, target, ContextData(), *objects)
        assert problem is None, problem
        return [status.prettyPrint() if status else "noError", *(each[1].prettyPrint() for each in found)]

    for oid in (DESCRIPTIONS, FEATURES):
        rows = bulk_walk_cmd(
            engine, public, target, ContextData(), 0, 25, ObjectType(ObjectIdentity(oid)), lexicographicMode=False
        )
        print("walk", oid, *[each[1].prettyPrint() async for _, _, _, found in rows for each in found])
    place = ObjectType(ObjectIdentity(LOCATION), OctetString("Attic"))
    print("public", *await told(set_cmd, public, place))
    print("anna", *await told(set_cmd, anna, place))
    print("place", *await told(get_cmd, anna, ObjectType(ObjectIdentity(LOCATION))))
    inga = UsmUserData(
        "inga", "authentic", "encrypted", authProtocol=usmHMACMD5AuthProtocol, privProtocol=usm3DESEDEPrivProtocol
    )
    print("inga", *await told(get_cmd, inga, ObjectType(ObjectIdentity(LOCATION))))
    row = {20: Integer32(4), 15: Integer32(2), 8: OctetString("flash:none.lic")}
    action = [ObjectType(ObjectIdentity(f"{ACTIONS}.{column}.9"), value) for column, value in row.items()]
    print("action", *await told(set_cmd, anna, *action))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
