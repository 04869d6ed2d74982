"""Worlds of older formats: one numbered step each, kept for ever, with a sample file in the tests.

Format 1 had the back end's records and the mailbox in the world's file. They move to a database. Format 2 had no
secret: its keys followed from the public seed. What they signed is installed and stays good, so such a world keeps them
as a known secret, with which it is never served.
"""

from base64 import b64decode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec

from emulator.backend.account_names import DEFAULT_USER, default_address
from emulator.backend.entities import Origin
from emulator.backend.letters import iso
from emulator.backend.manufacturing import contract_number
from emulator.backend.rehost import ticket_nonce
from emulator.backend.store.plain import Plain
from emulator.keys.sealing import derive_sealing_key
from emulator.keys.signing import SigningKey, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import parse_udi
from emulator.world.recipe import parse_start
from emulator.world.state import WorldState

Data = dict[str, Any]

OLD_CONTRACT_DIGITS = 9


def upgraded(data: bytes, version: int) -> tuple[WorldState, Plain | None]:
    """Upgrade a world of an older format; returns it, and the records of its back end if they were in its file.

    Raises:
        msgspec.DecodeError: the file is damaged.
    """
    try:
        world = msgspec.json.decode(data, type=dict[str, Any])
        records = v1_to_v2(world) if version == 1 else None
        v2_to_v3(world, sha256(data).hexdigest()[:32])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise msgspec.ValidationError(f"it is not understood ({error!r})") from error
    return msgspec.convert(world, WorldState), records


def v1_to_v2(world: Data) -> Plain:
    """Move back end and mailbox out of a world's data; returns them as records."""
    old, letters = world.pop("backend"), world.pop("mail")
    start = parse_start(world["start"])
    secret = WorldSecret.known(world["seed"])
    key = derive_signing_key(secret, "licensing")
    tables: Plain = {
        "counters": [
            {"name": "order", "value": len(old.get("orders", {}))},
            {"name": "license", "value": old.get("licenses_issued", 0)},
            {"name": "ticket", "value": old.get("tickets_issued", 0)},
            {"name": "letter", "value": len(letters)},
        ],
        "accounts": [_account(name, password) for name, password in sorted(old.get("accounts", {}).items())],
        "devices": _devices(old),
        "contracts": _contracts(old, key),
        "orders": [
            {
                "number": each["number"],
                "sku": each["sku"],
                "quantity": each["quantity"],
                "owner": None,
                "at": each["at"],
                "sequence": number,
            }
            for number, each in enumerate(old.get("orders", {}).values(), 1)
        ],
        "paks": [_pak(each, old) for each in old.get("paks", {}).values()],
        "licenses": _licenses(old, start),
        "permissions": _permissions(old, key, secret, start),
        "rmas": [_rma(each, key) for each in old.get("rmas", {}).values()],
        "audit": [_entry(number, each) for number, each in enumerate(old.get("audit", []), 1)],
        "outbox": [_letter(number, each, start) for number, each in enumerate(letters, 1)],
    }
    return {name: rows for name, rows in tables.items() if rows}


def v2_to_v3(world: Data, identity: str) -> None:
    """Give a world an identity, which follows from its old file, and the secret that its keys came from."""
    del world["format"]
    if not isinstance(world["seed"], int):
        raise TypeError("its seed is no number")
    world |= {"identity": identity, "secret_mark": WorldSecret.known(world["seed"]).mark}


def _udi(udi: Data) -> str:
    return f"{udi['pid']}:{udi['serial']}"


def _words(texts: object) -> str:
    return msgspec.json.encode(texts).decode()


def _account(name: str, password: str) -> Data:
    """Every account of a lab could do everything."""
    return {"name": name, "role": "operator", "password": password, "address": default_address(name), "opened": 0}


def _devices(old: Data) -> list[Data]:
    """All that were made, and all that something else tells of."""
    named = {*old.get("devices", {}), *old.get("held", {}), *old.get("last_file", {})}
    for pak in old.get("paks", {}).values():
        named.update(pak.get("issued", {}))
    for rma in old.get("rmas", {}).values():
        named.update((_udi(rma["failed"]), _udi(rma["replacement"])))
    named.update(_udi(each["ticket"]["source"]) for each in old.get("permissions", {}).values())
    rows = []
    for udi in sorted(named):
        made = old.get("devices", {}).get(udi)
        rows.append(
            {
                "udi": udi,
                "made": made and made["made"],
                "features": _words(made["features"] if made else []),
                "owner": None,
                "last_file": old.get("last_file", {}).get(udi),
            }
        )
    return rows


def _contracts(old: Data, key: SigningKey) -> list[Data]:
    return [
        {"number": contract_number(key, udi, OLD_CONTRACT_DIGITS), "udi": udi, "since": made["made"]}
        for udi, made in sorted(old.get("devices", {}).items())
    ]


def _pak(pak: Data, old: Data) -> Data:
    order = old["orders"][pak["order"]]
    row = {name: pak[name] for name in ("code", "order", "sku", "quantity")}
    return {**row, "spent": len(pak.get("issued", {})), "owner": None, "at": order["at"]}


def _licenses(old: Data, start: datetime) -> list[Data]:
    held, rows = old.get("licenses", {}), []
    for id_, each in held.items():
        line, root = each["line"], each
        while root.get("predecessor"):
            root = held[root["predecessor"]]
        created = datetime.fromisoformat(each["created"])
        rows.append(
            {
                "number": int(id_.rpartition("-")[2]),
                "id": id_,
                "udi": _udi(line["udi"]),
                "feature": line["feature"],
                "version": line.get("version", "1.0"),
                "type": line["type"],
                "period": line.get("period"),
                "exclusive": line.get("exclusive", True),
                "count": line.get("count"),
                "ends": line.get("ends"),
                "source": each["source"],
                "created": each["created"],
                "at": round((created - start).total_seconds() * 1000),
                "origin": _origin(each),
                "root": root["line"]["id"],
                "sku": each.get("sku"),
                "pak": each.get("pak"),
                "predecessor": each.get("predecessor"),
                "state": each.get("state", "current"),
            }
        )
    return rows


SOURCES = (
    ("Factory", Origin.FACTORY),
    ("License portal, demo", Origin.DEMO),
    ("TAC, extension", Origin.EXTENSION),
    ("License portal, RMA", Origin.RMA),
    ("License portal, rehost", Origin.REHOST),
)


def _origin(license_: Data) -> str:
    found = (origin for prefix, origin in SOURCES if license_["source"].startswith(prefix))
    return next(found, Origin.REGISTRATION).value


def _permissions(old: Data, key: SigningKey, secret: WorldSecret, start: datetime) -> list[Data]:
    still_open = set(old.get("open_permissions", {}).values())
    rows = []
    for id_, each in old.get("permissions", {}).items():
        target, source = each.get("target"), parse_udi(_udi(each["ticket"]["source"]))
        sealed = {
            "issued": iso(start + timedelta(milliseconds=each["at"])),
            "nonce": ticket_nonce(key, id_, source),
            "recipient": derive_sealing_key(secret, f"device {source}").public.hex(),
        }
        state = "answered" if target else "open" if id_ in still_open else "void"
        rows.append(
            {
                "id": id_,
                "number": int(id_.rpartition("-")[2]),
                "source": str(source),
                "ticket": _words({**each["ticket"], **sealed}),
                "at": each["at"],
                "state": state,
                "target": target and _udi(target),
                "issued": _words(each.get("issued", [])),
            }
        )
    return rows


def _rma(rma: Data, key: SigningKey) -> Data:
    failed = _udi(rma["failed"])
    row = {"failed": failed, "replacement": _udi(rma["replacement"]), "at": rma["at"]}
    return {**row, "contract": contract_number(key, failed, OLD_CONTRACT_DIGITS), "issued": _words(rma["issued"])}


def _entry(number: int, entry: Data) -> Data:
    """An act of format 1 told its devices in its subject and its detail."""
    names = [word for word in (entry["subject"], *entry.get("detail", "").split()) if ":" in word]
    device, other = [*names, "", ""][:2]
    return {
        "number": number,
        "at": entry["at"],
        "act": entry["act"],
        "by": "factory" if entry["act"] == "manufacture" else DEFAULT_USER,
        "subject": entry["subject"],
        "detail": entry.get("detail", ""),
        "why": "",
        "device": device,
        "other": other,
    }


def _letter(number: int, letter: Data, start: datetime) -> Data:
    """A letter keeps its words, and what was attached to it as it was."""
    row: Data = {
        "number": number,
        "due": letter["due"],
        "account": DEFAULT_USER,
        "address": default_address(DEFAULT_USER),
        "date": iso(start + timedelta(milliseconds=letter["due"])),
        "sender": letter["sender"],
        "subject": letter["subject"],
        "body": letter["body"],
        "kind": "",
        "file": "",
        "refers": "[]",
        "content": None,
        "delivered": letter["due"],
    }
    for attachment in letter.get("attachments", []):
        row |= {"kind": "content", "file": attachment["name"]}
        row["content"] = b64decode(attachment["content"], validate=True)
    return row
