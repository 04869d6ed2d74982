"""A request that its sender gave a key of its own, so that it can be sent again without being carried out again.

The answer to an order may be lost with its connection. Whoever sends it again with the same key gets the first answer.
The key is recorded in the transaction that carries the request out, so the two stand or fall together, also where the
process is killed in between (I; the `Idempotency-Key` of HTTP interfaces).
"""

from hashlib import sha256

import msgspec


class RequestKey:
    """The key of one request, and the hash of what is asked for under it.

    Attributes:
        claimed: whether a transaction with the key was committed.
    """

    def __init__(self, account: str, key: str, operation: str, inputs: object) -> None:
        self.account = account
        self.key = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        asked = msgspec.json.encode([operation, inputs], order="deterministic")
        self.request = sha256(asked).hexdigest()
        self.claimed = False
