"""The forms of the manager that come back as they were left."""

DEPLOY, BULK, TRANSFER, REPLACE, DISCOVERY = "deploy", "bulk", "transfer", "replace", "discovery"
UDI_LIST, POLICY = "udi-list", "policy"

_ADDRESSES = {
    DEPLOY: "/deploy", BULK: "/devices", TRANSFER: "/rehost", REPLACE: "/rma", DISCOVERY: "/discovery",
    UDI_LIST: "/udis", POLICY: "/policies",
}  # fmt: skip


def address_of(name: str) -> str | None:
    """The page on which a draft is gone on with; None for what is no draft's name."""
    return _ADDRESSES.get(name)
