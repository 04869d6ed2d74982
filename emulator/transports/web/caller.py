"""The caller of a page or an interface, as its session or token proves."""

import msgspec


class Caller(msgspec.Struct, frozen=True):
    """Account that asks for something, and the network address that it comes from."""

    account: str
    client: str
    operator: bool = False
