"""Worlds of older formats open, and go on where they were."""

import shutil
from pathlib import Path

import msgspec
import pytest

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.store.database import Database
from emulator.kernel.errors import DataFileError
from emulator.keys.documents import read_license_file
from emulator.licensing.udi import Udi, parse_udi
from emulator.world.build import open_world
from emulator.world.directory import WorldDirectory
from emulator.world.saved_file import format_of
from emulator.world.state import FORMAT
from emulator.world.upgrades import upgraded
from emulator.world.world import World
from tests.backend_records import records_of

SAMPLE = Path(__file__).with_name("samples") / "format-1.json"
OLD = msgspec.json.decode(SAMPLE.read_bytes())
R1, R2, R3 = (f"CISCO881-K9:FTX1405YDC{number}" for number in (7, 8, 9))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with the world of format 1."""
    shutil.copy(SAMPLE, tmp_path / "world.json")
    return tmp_path


@pytest.fixture
def world(directory: Path) -> World:
    with WorldDirectory(directory) as held:
        state = held.load()
        assert state is not None
        return open_world(state, held.database, secret=held.secret)


def test_it_is_rewritten_in_the_present_format(directory: Path) -> None:
    with WorldDirectory(directory) as held:
        first = held.load()
        assert first is not None
        assert first.now == OLD["now"]
        again = held.load()
    assert msgspec.json.encode(again) == msgspec.json.encode(first)
    data = (directory / "world.json").read_bytes()
    assert format_of(data, "") == FORMAT
    assert b'"backend"' not in data


def test_what_was_bought_issued_and_moved_is_on_record(world: World) -> None:
    found, old = records_of(world), OLD["backend"]
    assert {code: pak.left for code, pak in found.paks.items()} == {
        code: pak["quantity"] - len(pak.get("issued", {})) for code, pak in old["paks"].items()
    }
    assert {id_: (each.state, each.sku, each.created) for id_, each in found.licenses.items()} == {
        id_: (each.get("state", "current"), each.get("sku"), each["created"]) for id_, each in old["licenses"].items()
    }
    assert {udi: each.ticket.id for udi, each in found.open_permissions.items()} == old["open_permissions"]
    assert len(found.rows("audit")) == len(old["audit"])
    for udi, ids in old["held"].items():
        shown = world.backend.queries.entitlements(parse_udi(udi), by="lab")
        assert [each.line.id for each in shown] == ids


def test_every_license_goes_back_to_what_was_bought(world: World) -> None:
    licenses = records_of(world).licenses
    assert {each.origin for each in licenses.values()} == {
        "factory", "registration", "demo", "extension", "rma", "rehost"
    }  # fmt: skip
    for each in licenses.values():
        assert licenses[each.root].predecessor is None
        assert (each.predecessor is None) == (each.root == each.line.id)


def test_the_mailbox_is_as_it_was_and_the_paper_letter_still_comes(world: World) -> None:
    old = OLD["mail"]
    arrived = sorted((each for each in old if each["due"] <= world.now), key=lambda each: each["due"])
    letters = world.post.arrived()
    assert [(each.subject, each.body) for each in letters] == [(each["subject"], each["body"]) for each in arrived]
    assert [each.attachments[0].name for each in letters if each.attachments] == [
        each["attachments"][0]["name"] for each in arrived if each.get("attachments")
    ]
    for each in letters:
        for attachment in each.attachments:
            if attachment.name.endswith(".lic"):
                assert read_license_file(attachment.content, world.license_verifier)
    coming = sorted(each["due"] for each in old if each["due"] > world.now)
    for number, due in enumerate(coming, 1):
        assert world.next_due() == due
        world.clock.run_to(due)
        assert world.post.count() == len(letters) + number


def test_the_back_end_goes_on_where_it_was(world: World) -> None:
    backend, now = world.backend, world.now
    pak = next(code for code, each in records_of(world).paks.items() if each.left)
    [letter] = backend.register(pak, [Udi("CISCO881-K9", "FTX1406BBBB")], now, by="lab")
    assert letter.number == len(OLD["mail"]) + 1
    number = OLD["backend"]["licenses_issued"] + 1
    assert list(records_of(world).licenses)[-1].endswith(f"-{number:06d}")
    number = backend.order("L-880-AIS=", 1, now, by="lab")[0].number
    assert list(records_of(world).orders) == [*OLD["backend"]["orders"], number]
    assert backend.accounts.logs_in("joe", "s3cret")
    assert backend.accounts.logs_in("lab", "lab")
    with pytest.raises(PortalError) as caught:
        backend.resend(parse_udi(R2), now, by="lab")
    assert caught.value.refusal is PortalRefusal.REPLACED
    contract = backend.contract(parse_udi(R2), by="lab").number
    assert backend.rma(parse_udi(R2), parse_udi(R3), now, by="lab", contract=contract).attachments
    assert backend.permission(parse_udi(R1), now, by="lab").attachments


def test_a_migration_that_was_cut_short_is_done_again(directory: Path) -> None:
    with WorldDirectory(directory) as held:
        _, records = upgraded(SAMPLE.read_bytes(), 1)
        assert records is not None
        database = Database(held.database)
        database.load(records)
        database.close()
        assert held.load() is not None
        database, other = Database(held.database), Database()
        other.load(records)
        assert database.dump() == other.dump()
        database.close()


@pytest.mark.parametrize("damage", [{"backend": []}, {"backend": {"paks": {"X": {}}}}, {"mail": [{}]}, {"seed": "x"}])
def test_a_damaged_one_is_told_of_and_left_alone(directory: Path, damage: dict[str, object]) -> None:
    file = directory / "world.json"
    file.write_bytes(msgspec.json.encode({**OLD, **damage}))
    before = file.read_bytes()
    with WorldDirectory(directory) as held, pytest.raises(DataFileError, match="is damaged"):
        held.load()
    assert file.read_bytes() == before
    assert not (directory / "backend.sqlite").exists()
