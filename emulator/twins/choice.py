"""The choices of the person who imports: a product, an image. They decide over what the captures tell or leave open."""

import msgspec


class ImportChoice(msgspec.Struct, frozen=True):
    """Product and image of every twin of an import; None leaves it to the captures."""

    pid: str | None = None
    image: str | None = None


FREE = ImportChoice()
"""No choice: the captures decide."""
