"""PAKs of the manager: added by code, and what is left on them, as the license portal tells it.

C: PAKs are added by code, and their SKUs and quantities downloaded.
"""

from collections.abc import Sequence

from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.keys.certificates import is_authority
from emulator.manager.context import ManagerContext
from emulator.manager.entities import BackEndAccess, KnownPak, ObtainedLicense
from emulator.manager.errors import BackEndError
from emulator.manager.ports import LicenseBackEnd
from emulator.manager.roles import ManagerAction

DEPLOYED_TYPE = "permanent"
"""Type of the licenses that are deployed here, in the portal's words."""


def keep_back_end(context: ManagerContext, access: BackEndAccess) -> None:
    """Choose the license portal, and the account there.

    Raises:
        NotAllowed: the user may not choose it.
        Refused: the URL is not one over HTTPS, or the token or the authority is malformed.
    """
    context.require(ManagerAction.MANAGE_BACK_END)
    if not access.url.startswith("https://") or not access.url.isascii() or not access.url.isprintable():
        raise Refused(f"'{printable(access.url)}' is not the URL of a portal; write https://host:port/")
    if not access.token or not all("!" <= character <= "~" for character in access.token):
        raise Refused("a token has visible ASCII characters; the account page of the portal makes one")
    if access.authority and not is_authority(access.authority):
        raise Refused("the certificate authority is no certificate in PEM that can be read")
    with context.database.writing() as records:
        records.keep_back_end(access)
        context.record(records, "portal", access.url, "chosen")


def chosen_back_end(context: ManagerContext) -> str:
    """Return the URL of the license portal; empty before one was chosen.

    Raises:
        NotAllowed: the user may not choose it.
    """
    context.require(ManagerAction.MANAGE_BACK_END)
    with context.database.reading() as records:
        access = records.back_end()
    return "" if access is None else access.url


async def refresh_pak(context: ManagerContext, back_end: LicenseBackEnd, code: str) -> KnownPak:
    """Ask the portal for a PAK, and keep what it tells.

    Raises:
        NotAllowed: the user may not manage PAKs.
        BackEndError: the portal does not answer, or has no such PAK for this account.
        Refused: its licenses are not permanent ones.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    return await ask_for_pak(context, back_end, code)


async def ask_for_pak(context: ManagerContext, back_end: LicenseBackEnd, code: str) -> KnownPak:
    """Ask the portal for a PAK on behalf of a use case that was allowed, as `refresh_pak`."""
    found = await back_end.pak(code)
    with context.database.reading() as records:
        seen = records.licenses.is_seen(code)
    if found is None or not seen:
        raise BackEndError(f"the portal has no PAK '{printable(code)}' for this account")
    if found.type != DEPLOYED_TYPE:
        raise Refused(
            f"PAK {code} is for licenses of the type '{printable(found.type)}'; permanent ones are deployed here"
        )
    pak = KnownPak(
        found.code, found.sku, found.feature, found.quantity, found.left, context.now(), found.families
    )  # fmt: skip
    with context.database.writing() as records:
        records.licenses.keep_pak(pak)
        context.record(records, "pak", code, f"{found.sku}, {found.left} of {found.quantity} left")
    return pak


def list_paks(context: ManagerContext, folder: str = "") -> list[KnownPak]:
    """List the PAKs by code; those of a folder, or all.

    Raises:
        NotAllowed: the user may not read PAKs.
        UnknownName: there is no such folder.
    """
    context.require(ManagerAction.READ_PAKS)
    with context.database.reading() as records:
        folders = {each.name: each.paks for each in records.access.folders()}
        if folder and folder not in folders:
            raise UnknownName("folder", folder, folders)
        return [each for each in records.licenses.paks() if not folder or each.code in folders[folder]]


def delete_pak(context: ManagerContext, code: str) -> None:
    """Delete a PAK from the inventory; the licenses that it paid for stay.

    Raises:
        NotAllowed: the user may not manage PAKs.
        UnknownName: there is no such PAK.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    with context.database.writing() as records:
        if not records.licenses.drop_pak(code):
            raise UnknownName("PAK", code, (each.code for each in records.licenses.paks()))
        context.record(records, "pak", code, "deleted")


def find_pak(context: ManagerContext, code: str) -> KnownPak:
    """Return a PAK of the inventory.

    Raises:
        NotAllowed: the user may not read PAKs.
        UnknownName: there is no such PAK.
    """
    paks = {each.code: each for each in list_paks(context)}
    if code not in paks:
        raise UnknownName("PAK", code, paks)
    return paks[code]


def list_licenses(
    context: ManagerContext,
    *,
    pak: str = "",
    udi: str = "",
    undeployed: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[Sequence[ObtainedLicense], int]:
    """Return a part of the licenses that were obtained, by device, and the number of all of them.

    Args:
        context: on whose behalf.
        pak: the code of the PAK that paid for them; empty for any.
        udi: their device; empty for any.
        undeployed: whether those alone are listed that were not seen on their devices yet.
        offset: licenses to pass over.
        limit: licenses to return at most; None for all.

    Raises:
        NotAllowed: the user may not deploy licenses.
    """
    context.require(ManagerAction.DEPLOY)
    with context.database.reading() as records:
        return records.licenses.choose(pak=pak, udi=udi, undeployed=undeployed, offset=offset, limit=limit)


def list_undeployed(context: ManagerContext) -> list[ObtainedLicense]:
    """List the licenses that were obtained and not seen on their devices yet.

    Raises:
        NotAllowed: the user may not deploy licenses.
    """
    context.require(ManagerAction.DEPLOY)
    with context.database.reading() as records:
        return list(records.licenses.undeployed())
