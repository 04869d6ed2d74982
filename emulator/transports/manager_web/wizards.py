"""The forms of the manager that come back as they were left."""

DEPLOY, BULK, TRANSFER, REPLACE = "deploy", "bulk", "transfer", "replace"

_ADDRESSES = {DEPLOY: "/deploy", BULK: "/devices", TRANSFER: "/rehost", REPLACE: "/rma"}


def address_of(name: str) -> str | None:
    """The page on which a draft is gone on with; None for what is no draft's name."""
    return _ADDRESSES.get(name)
