"""The power fails at every write of the license region, under every command that changes the stores.

Afterwards the region holds what it held before the interrupted change or after it, the command can be given again and
comes to its end, and nothing is doubled or lost. Typed at the console; below it, `test_power_failure.py` does the same
to the use cases.
"""

from collections.abc import Callable

import msgspec
import pytest

from emulator.kernel.time import DAY
from emulator.keys.documents import write_license_file
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.lines import LicenseLine
from emulator.licensing.store import HistoryKind, Licenses
from emulator.licensing.types import LicenseType
from emulator.storage.partition import Partition
from tests.backend_records import records_of
from tests.heavy.lab import BASE, MODULE, TOP, Lab, prepared, settle
from tests.unit.router.records import saved

pytestmark = pytest.mark.heavy

PLENTY = 1 << 20
Act = Callable[[Lab], object]


def on_flash(lab: Lab, *lines: tuple[str, LicenseType]) -> None:
    """A license file with these lines, `a.lic`."""
    router = lab.router("R1")
    made = [
        LicenseLine(id_, TOP, kind, router.state.udi, None if kind is LicenseType.PERMANENT else 30 * DAY)
        for id_, kind in lines
    ]
    content = LicenseFile(tuple(FileLine(line, "test", "2010-03-01T09:00:00.000Z") for line in made))
    router.state.flash.write("a.lic", write_license_file(content, lab.world.license_key), 0)


def one_line(lab: Lab) -> None:
    on_flash(lab, ("x-1", LicenseType.PERMANENT))


def three_lines(lab: Lab) -> None:
    on_flash(lab, ("x-1", LicenseType.PERMANENT), ("x-2", LicenseType.EXTENSION), ("x-3", LicenseType.EXTENSION))


def installed(lab: Lab) -> None:
    one_line(lab)
    install(lab)


def idle(lab: Lab) -> None:
    """A license that no boot uses, so that it can be cleared after one."""
    installed(lab)
    lab.boot_line("R1", BASE, yes=True, write=True)


def bought(lab: Lab) -> None:
    lab.do("order L-880-AIS=")


def entitled(lab: Lab) -> None:
    bought(lab)
    lab.register(0, "R1")


def using(lab: Lab) -> None:
    entitled(lab)
    lab.install("R1", lab.letters("License file")[-1])
    lab.reload("R1", save=False)
    lab.console("R1")


def with_ticket(lab: Lab) -> None:
    using(lab)
    lab.do("portal permission R1")
    shown = lab.do(f"mail save {lab.letters('Permission')[-1]} usb")
    router = lab.router("R1")
    stick = lab.world.medium("usb")
    ticket = stick.find(shown.partition(" ")[0])
    assert ticket is not None
    router.state.flash.write("ticket.xml", ticket.content, 0)


def evaluating(lab: Lab) -> None:
    lab.boot_line("R1", TOP, yes=True, write=True)
    lab.reload("R1", save=False)
    lab.console("R1")
    lab.advance(3 * DAY)
    one_line(lab)


def install(lab: Lab) -> None:
    lab.converse("R1", "license install flash:a.lic")


def configure(line: str) -> Act:
    return lambda lab: lab.converse("R1", "configure terminal", line, "end")


def command(line: str) -> Act:
    return lambda lab: lab.converse("R1", line)


CALL_HOME_REVOKE = "license call-home revoke udi CISCO881-K9:FTX1405YDC8"

CASES: dict[str, tuple[Act, Act]] = {
    "install": (one_line, install),
    "install several lines": (three_lines, install),
    "install while the evaluation counts": (evaluating, install),
    "clear": (idle, command(f"license clear {TOP}")),
    "revoke": (with_ticket, command("license revoke flash:ticket.xml flash:rehost.xml")),
    "boot module": (lambda _: None, configure(f"license boot module {MODULE} level {TOP}")),
    "accept end user agreement": (lambda _: None, configure("license accept end user agreement")),
    "comment add": (installed, command(f"license comment add {TOP} hello")),
    "modify priority": (lambda _: None, command(f"license modify priority {TOP} high")),
    "call-home install": (bought, lambda lab: lab.call_home_pak("R1", 0)),
    "call-home resend": (entitled, command("license call-home resend")),
    "call-home revoke": (using, command(CALL_HOME_REVOKE)),
}
"""A name, what comes before, and the command."""


def stores(lab: Lab) -> Licenses:
    return lab.router("R1").activation.inventory.licenses


def written(licenses: Licenses) -> dict[str, object]:
    """The stores as they are written, without the time of use: that is saved by a power cut too."""
    plain: dict[str, object] = msgspec.to_builtins(licenses)
    del plain["used"]
    return plain


def outcome(lab: Lab) -> object:
    """Outcome of the command, whenever it came."""
    after = stores(lab)
    return (
        sorted((stored.line.id, stored.comment) for stored in after.primary),
        after.rehosts,
        after.transfer,
        after.priorities,
        after.eula_for_all,
        sorted((record.kind, record.license_id) for record in after.history),
        records_of(lab.world).paks,
        sorted(each.name for each in lab.router("R1").state.flash.files),
    )


@pytest.mark.parametrize("case", CASES)
def test_power_fails_at_every_write(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare, act = CASES[case]
    lab = Lab(prepared("R1", "R2"))
    prepare(lab)
    lab.console("R1")
    before, data = written(stores(lab)), saved(lab.world)
    commits = [before]
    commit = Partition.commit

    def recording(partition: Partition, content: bytes) -> None:
        commits.append(written(msgspec.json.decode(content, type=Licenses)))
        commit(partition, content)

    uncut = Lab(data)
    uncut.fuse("R1", PLENTY)
    with monkeypatch.context() as patched:
        patched.setattr(Partition, "commit", recording)
        act(uncut)
    remaining = uncut.router("R1").state.partition.fuse
    assert remaining is not None
    writes = PLENTY - remaining
    assert writes >= 4, "the command changes the stores"
    expected, used = outcome(uncut), stores(lab).used

    for succeeding in range(writes):
        cut = Lab(data)
        cut.fuse("R1", succeeding)
        act(cut)
        assert cut.router("R1").state.partition.fuse is None, "the power has failed"
        settle(cut)
        finished = succeeding // 4
        assert written(stores(cut)) in commits[finished : finished + 2], (case, succeeding)
        assert written(stores(cut)) == commits[finished + (succeeding % 4 > 0)], (case, succeeding)
        for license_id, duration in used.items():
            assert stores(cut).used[license_id] >= duration
        act(cut)
        assert outcome(cut) == expected, (case, succeeding)


def test_no_history_record_is_written_twice() -> None:
    lab = Lab(prepared("R1", "R2"))
    using(lab)
    lab.converse("R1", CALL_HOME_REVOKE)
    kinds = [(record.kind, record.license_id) for record in stores(lab).history]
    assert len(kinds) == len(set(kinds))
    assert HistoryKind.REVOKED in {kind for kind, _ in kinds}
