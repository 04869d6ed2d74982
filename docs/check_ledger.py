"""Check a ledger of `isrtwin manager ledger` offline: python check_ledger.py LEDGER [EARLIER] [--key HEX].

It needs Python and the package `cryptography`, and nothing of isrtwin. The exit status is 0 where everything holds:
each entry follows the one before it, the last digest is signed by the key of the manager (compare the key, or give it
by --key), and a ledger that was written earlier is the beginning of this one.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def check(file: Path) -> tuple[str, list[str]]:
    """Check one ledger; returns its key and its digests."""
    head, *entries, last = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    digest, digests = "", []
    for position, each in enumerate(entries, 1):
        told = [position, *(each[name] for name in ("at", "by", "act", "subject", "outcome"))]
        digest = sha256(f"{digest}\n{json.dumps(told, separators=(',', ':'))}".encode()).hexdigest()
        if each["digest"] != digest or each["position"] != position:
            sys.exit(f"{file}: entry {position} does not follow the one before it")
        digests.append(digest)
    if (last["entries"], last["head"]) != (len(entries), digest):
        sys.exit(f"{file}: it is cut off or goes on behind its end")
    signed = f"{head['ledger']}\n{last['entries']} {last['head']} {last['made']}\n".encode()
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"])).verify(bytes.fromhex(last["signature"]), signed)
    except InvalidSignature:
        sys.exit(f"{file}: its signature is wrong")
    return head["key"], digests


def checked(file: Path) -> tuple[str, list[str]]:
    """Check one ledger, and end where it cannot be read."""
    try:
        return check(file)
    except OSError as error:
        sys.exit(f"{file}: cannot be read: {error.strerror}")
    except (ValueError, KeyError, TypeError):
        sys.exit(f"{file}: it is no ledger, or a line of it is damaged")


def main() -> None:
    """Check the ledgers that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ledger", type=Path)
    parser.add_argument("earlier", type=Path, nargs="?")
    parser.add_argument("--key", help="public key of the manager, as `manager pair key` shows it")
    options = parser.parse_args()
    key, digests = checked(options.ledger)
    if options.key is not None and key != options.key:
        sys.exit(f"{options.ledger}: it is signed by another key, {key}")
    if options.earlier is not None:
        earlier_key, beginning = checked(options.earlier)
        if earlier_key != key or digests[: len(beginning)] != beginning:
            sys.exit(f"{options.ledger}: it does not begin with {options.earlier}")
    print(f"{len(digests)} entries hold, signed by {key}")


if __name__ == "__main__":
    main()
