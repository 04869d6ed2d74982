"""Each predicate of the table, seen to hold and seen not to hold, with the fact of the world that it tells."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.backend.refusals import PortalRefusal
from emulator.grammar import GrammarError
from emulator.kernel.errors import UnknownName
from emulator.kernel.time import DAY, MINUTE
from emulator.scenarios.predicates import BadPredicate, Question, Scene, WorldRecord, judge, judge_in, licenses
from emulator.scenarios.predicates.act_wording import done, sentence, undone
from emulator.scenarios.predicates.facts import FACTS
from emulator.scenarios.predicates.language import PREDICATES, grammar
from emulator.scenarios.predicates.record import ACTS, Happening
from emulator.scenarios.predicates.scene import Predicate, PredicateVerdict, yes
from tests.driver import SERIAL, UDI, BenchDriver, ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
CONFIGURATION = """hostname branch
interface Vlan1
 ip address 192.0.2.1 255.255.255.0
enable secret cisco
"""


class Lab:
    """Two routers, a bench, and the record since the first of them was configured."""

    def __init__(self, configuration: str = CONFIGURATION) -> None:
        self.world = world_of("R1", "R2", startup=configuration)
        self.bench = BenchDriver(self.world)
        self.console = ConsoleDriver(self.world)
        self.console.router.power_on()
        self.world.clock.settle()
        self.console.wait()
        self.console.pass_time(MINUTE)
        self.console.type("", "enable", "cisco", "terminal length 0")
        self.record = WorldRecord(self.world)

    def judge(self, text: str) -> PredicateVerdict:
        return judge(text, self.world, self.record)

    def holds(self, *texts: str) -> None:
        for text in texts:
            verdict = self.judge(text)
            assert verdict.holds, f"{text}: {verdict.sentence}"
            assert not self.judge(f"not {text}").holds

    def fails(self, text: str, because: str) -> None:
        verdict = self.judge(text)
        assert not verdict.holds, f"{text}: {verdict.sentence}"
        assert verdict.sentence == because

    def install(self) -> str:
        """Buy advipservices for R1 and install it; the value is the PAK."""
        file = self.bench.license_on_stick()
        self.console.type(f"license install usbflash0:{file}")
        return self.bench.do("mail 1").partition("(PAK): ")[2].split()[0]


@pytest.fixture
def lab() -> Lab:
    return Lab()


def test_levels_and_licenses(lab: Lab) -> None:
    lab.holds("level R1 advsecurity", "uses R1 advsecurity permanent", "holds R1 advipservices evaluation")
    lab.holds("next R1 advsecurity", "holds R2 advipservices none", "left R1 advipservices 60d", "phase R2 off")
    lab.fails("level R2 advsecurity", "R2 is off.")
    lab.fails("holds R1 advipservices permanent", "R1 holds a license for advipservices of type Evaluation"
              " (Active, Not in Use, EULA not accepted), and runs advsecurity.")  # fmt: skip
    lab.fails("left R1 advsecurity 60d", "R1 has no license for advsecurity that runs out.")
    lab.install()
    lab.holds("holds R1 advipservices permanent", "not level R1 advipservices", "next R1 advipservices")
    lab.fails("uses R1 advipservices permanent", "R1 runs advsecurity on a license of type Permanent.")
    lab.console.type("write memory", "reload", "")
    lab.world.clock.run_to(lab.world.now + 10 * MINUTE)
    lab.holds("level R1 advipservices", "uses R1 advipservices permanent", "did R1 boot advipservices")
    lab.fails("next R1 advsecurity", "After a power cut now, R1 would come up at advipservices.")


def test_time_of_use_is_judged_within_an_hour(lab: Lab) -> None:
    lab.console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end")
    lab.console.type("write memory", "reload", "")
    lab.world.clock.run_to(lab.world.now + 10 * DAY)
    lab.holds("uses R1 advipservices evaluation", "left R1 advipservices 50d", "did R1 accept advipservices")
    lab.fails("left R1 advipservices 51d", f"The license for advipservices of type Evaluation on R1 has"
              f" {lab.judge('left R1 advipservices 0s').sentence.split()[-2]} left.")  # fmt: skip
    lab.world.clock.run_to(lab.world.now + 51 * DAY)
    lab.holds("did R1 expire advipservices", "next R1 advsecurity", "R1 boot before R1 expire")
    assert not lab.judge("R1 expire before R1 boot").holds


def test_what_next_sees_is_the_saved_configuration(lab: Lab) -> None:
    lab.install()
    lab.console.type("configure terminal", "license boot module c880-data level advsecurity", "end")
    lab.holds("next R1 advipservices", "survives R1 { level R1 advipservices; config R1 { hostname branch } }")
    lab.console.type("write memory")
    lab.holds("next R1 advsecurity")
    lab.fails("survives R1 level R1 advipservices", "After a power cut now: R1 runs advsecurity.")


def test_what_was_so_at_the_start_stays_so(lab: Lab) -> None:
    lab.holds("began { secret R1 cisco; level R1 advsecurity }", "began { not saved R1 { hostname other } }")
    lab.console.type("configure terminal", "hostname other", "no enable secret", "end", "write memory")
    lab.holds("began { secret R1 cisco; not saved R1 { hostname other } }", "saved R1 { hostname other }")
    lab.fails("began { level R1 advipservices; phase R1 running }", "At the start: R1 runs advsecurity.")
    lab.fails(
        "began { owns R1 advipservices }",
        "At the start: At the portal, no license for advipservices is registered for R1.",
    )


def test_the_log(lab: Lab) -> None:
    lab.fails("logged R1 LICENSE-6-INSTALL", "The log of R1 has no message LICENSE-6-INSTALL.")
    lab.install()
    lab.holds("logged R1 LICENSE-6-INSTALL", "logged R1 license-6-install", "began { not logged R1 LICENSE-6-INSTALL }")
    lab.fails("logged R2 LICENSE-6-INSTALL", "R2 does not run IOS, so it has no log.")
    lab.fails("logged R1 LICENSE-6", "The log of R1 has no message LICENSE-6.")


def test_the_device(lab: Lab) -> None:
    lab.holds(f"image R1 {IMAGE}", f"file R1 {IMAGE} whole", "file R1 x.lic absent", "register R1 0x2102",
              "secret R1 cisco", "phase R1 running")  # fmt: skip
    lab.fails("secret R1 guess", "That secret does not open the privileged prompt of R1.")
    lab.fails("secret R2 cisco", "R2 does not run IOS, so it has no privileged prompt.")
    lab.console.type("configure terminal", "config-register 0x2142", "no enable secret", "end")
    lab.fails("register R1 0x2102", "The configuration register of R1 is 0x2102 and will be 0x2142 at the next start.")
    lab.fails("secret R1 cisco", "The privileged prompt of R1 opens without a secret.")
    lab.bench.succeeds(f"damage R1 file {IMAGE}")
    assert not lab.judge(f"file R1 {IMAGE} whole").holds
    lab.fails(f"file R1 {IMAGE} absent", f"{IMAGE} is in the flash of R1.")


def test_a_spoiled_license_file_is_not_whole(lab: Lab) -> None:
    file = lab.bench.license_on_stick()
    lab.console.type(f"copy usbflash0:{file} flash:", "")
    lab.holds(f"file R1 {file} whole")
    lab.bench.succeeds(f"damage R1 file {file}")
    assert not lab.judge(f"file R1 {file} whole").holds


@pytest.mark.parametrize(
    "lines",
    [
        "hostname branch",
        "HOSTNAME branch",
        "host branch",
        "interface Vlan1; ip address 192.0.2.1 255.255.255.0",
        "int vl1; ip addr 192.0.2.1 255.255.255.0; exit; hostname branch",
        "interface Vlan1; no shutdown",
        "interface FastEthernet4; no ip address",
        "no ip domain name",
        "enable secret cisco",
    ],
)
def test_a_configuration_is_judged_by_meaning(lab: Lab, lines: str) -> None:
    lab.holds(f"config R1 {{ {lines} }}", f"saved R1 {{ {lines} }}", f"saved R2 {{ {lines} }}")


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        ("hostname other", "has no 'hostname other'"),
        ("interface Vlan1; ip address 192.0.2.2 255.255.255.0", "no 'ip address 192.0.2.2 255.255.255.0' under 'int"),
        ("interface Vlan1; shutdown", "has no 'shutdown' under 'interface Vlan1'"),
        ("enable secret other", "has no 'enable secret 5 "),
        ("no enable secret", "still has 'enable secret 5 "),
        ("hostnam branc hx", "does not understand the line 'hostnam branc hx'"),
    ],
)  # fmt: skip
def test_a_line_that_would_change_something_is_told(lab: Lab, lines: str, because: str) -> None:
    for where in ("config R1", "saved R1"):
        verdict = lab.judge(f"{where} {{ {lines} }}")
        assert not verdict.holds
        assert because in verdict.sentence


def test_a_line_of_a_level_that_does_not_run_can_be_saved_and_not_running() -> None:
    lab = Lab(f"{CONFIGURATION}router ospf 1\n network 192.0.2.0 0.0.0.255 area 0\n")
    lab.holds("saved R1 { router ospf 1; network 192.0.2.0 0.0.0.255 area 0 }")
    lab.fails("config R1 { router ospf 1 }", "At level advsecurity, R1 does not understand the line 'router ospf 1'.")
    lab.holds("kept R1")
    lab.console.type("write memory")
    lab.fails("kept R1", "The startup configuration of R1 has lost 'router ospf 1' (and 1 more).")
    lab.fails("kept R1 except hostname", "The startup configuration of R1 has lost 'router ospf 1' (and 1 more).")
    lab.holds("kept R1 except { router ospf; network }")


def test_no_line_is_lost_with_a_newer_release(lab: Lab) -> None:
    lab.console.type("write memory")
    running = lab.world.router("R1").state.running
    assert running is not None
    running.image = "c880data-universalk9-mz.154-3.M5.bin"
    lab.holds("kept R1")


def test_paks_and_entitlements(lab: Lab) -> None:
    lab.holds("bought 0", "not owns R1 advipservices", "never register", "never R1 install")
    lab.fails("once advipservices R1 R2", "None of them holds a permanent license for advipservices, and at the"
              " portal none is registered for them.")  # fmt: skip
    pak = lab.install()
    lab.holds(f"pak {pak} left 0", "owns R1 advipservices", f"owns {UDI} advipservices", "once advipservices R1 R2",
              "bought 1", "order before register", "register before R1 install", f"did R1 register {pak}")  # fmt: skip
    lab.fails("bought 0", "1 license has been ordered since the start.")
    lab.fails(f"pak {pak} left 1", f"No license is left of the PAK {pak}, out of 1.")
    lab.fails("pak NONE left 0", "There is no PAK NONE.")
    lab.fails("once advipservices R2", "None of them holds a permanent license for advipservices, and at the"
              " portal none is registered for them.")  # fmt: skip
    lab.fails("owns R2 advipservices", "At the portal, no license for advipservices is registered for R2.")
    lab.fails("R1 install before register", lab.judge("R1 install before register").sentence)


def test_what_was_done_and_what_was_not(lab: Lab) -> None:
    lab.holds("never R1 erase", "never verify", "never internet")
    lab.console.type("erase startup-config", "", f"verify flash:{IMAGE}")
    lab.bench.succeeds("internet R2 off")
    lab.holds("did R1 erase", f"did R1 verify {IMAGE}", "never R2 erase", "never internet", "R1 erase before verify")
    lab.bench.succeeds("internet R2 on")
    lab.holds("did R2 internet", "never R1 internet")
    lab.fails("did R2 boot", "R2 has not booted since the start.")


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_was_not_done_is_told_in_a_sentence(act: str) -> None:
    for router in (None, "R1"):
        for subject in (None, "X"):
            told = sentence(undone(router, act, subject))
            assert re.fullmatch(r"[A-Z][^{}]* since the start\.", told), told
            assert router is None or act == "order" or router in told


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_was_done_is_told_in_a_sentence(act: str) -> None:
    told = sentence(done(Happening(0, act, ("R1", "R2"), "X", 0), ["R1", "R2"], "Mon 2010-03-01 09:00:00 UTC"))
    assert re.fullmatch(r"[A-Z][^{}]* on Mon 2010-03-01 09:00:00 UTC\.", told), told
    assert act == "order" or "R1" in told


def test_time_without_a_level_is_added_up(lab: Lab) -> None:
    lab.holds("out R1 advsecurity 0s")
    lab.bench.succeeds("power R1 cycle")
    lab.world.clock.run_to(lab.world.now + 10 * MINUTE)
    lab.holds("level R1 advsecurity", "out R1 advsecurity 2m", "not out R1 advsecurity 10s")
    lab.bench.succeeds("power R1 off")
    lab.world.clock.run_to(lab.world.now + DAY)
    lab.holds("not out R1 advsecurity 1d", "out R1 advsecurity 1d2m", "not out R2 advsecurity 1d")


def test_nothing_but_what_is_named_was_touched(lab: Lab) -> None:
    lab.holds("untouched", "untouched except R1")
    lab.console.type("configure terminal", "hostname other", "end")
    lab.fails("untouched", "The running configuration of R1 has changed.")
    lab.fails("untouched except R2", "The running configuration of R1 has changed.")
    lab.holds("untouched except R1", "untouched except R1, R2")
    lab.console.type("write memory")
    lab.fails("untouched", "The startup configuration of R1 has changed.")
    pak = lab.install()
    lab.holds("untouched except R1")
    lab.fails("untouched except R2 ", "The startup configuration of R1 has changed.")
    lab.bench.succeeds("order L-880-AIS=")
    other = lab.bench.do("mail 3").partition("(PAK): ")[2].split()[0]
    assert other != pak
    lab.bench.succeeds(f"portal register {other} R2")
    lab.fails("untouched except R1", f"The PAK {other} has been used for CISCO881-K9:{SERIAL[:-1]}8.")
    lab.holds(f"untouched except R1 {other}")


def test_predicates_are_composed(lab: Lab) -> None:
    lab.holds("all { level R1 advsecurity; bought 0 }", "any { bought 0; level R1 advipservices }",
              "not any { level R1 advipservices; level R2 advsecurity }",
              "not all {level R1 advsecurity; bought 1; did rma}",
              "all {\n  level R1 advsecurity\n  config R1 {\n    hostname branch\n  }\n}")  # fmt: skip
    lab.fails("all { level R1 advsecurity; level R2 advsecurity; level R1 advipservices }", "R2 is off. R1 runs"
              " advsecurity.")  # fmt: skip


def test_a_fork_leaves_the_world_alone(lab: Lab) -> None:
    lab.install()
    now, acts = lab.world.now, lab.record.acts(lab.world)
    lab.judge("survives R1 { owns R1 advipservices; did R1 install; pak X left 1 }")
    lab.judge("next R1 advipservices")
    assert lab.world.now == now
    assert lab.record.acts(lab.world) == acts
    lab.holds("level R1 advsecurity", "phase R1 running")


def test_predicates_of_one_scene_share_a_fork_that_none_changes(lab: Lab) -> None:
    texts = ("survives R1 { config R1 { banner motd #x# } }", "survives R1 { phase R1 running; not phase R2 running }")
    with Scene(lab.world, lab.record) as scene:
        assert scene.after_power_cut("R1") is scene.after_power_cut("R1")
        assert scene.after_power_cut("R1") is not scene.after_power_cut("R2")
        assert [judge_in(scene, text) for text in texts * 2] == [lab.judge(text) for text in texts] * 2


def test_a_record_goes_on_from_what_was_kept(lab: Lab) -> None:
    lab.install()
    lab.record.close()
    again = WorldRecord(lab.world, lab.record.beginning, tuple(lab.record.happened))
    assert again.acts(lab.world) == lab.record.acts(lab.world)
    assert judge("register before R1 install", lab.world, again).holds
    lab.console.type("erase startup-config", "")
    assert judge("did R1 erase", lab.world, again).holds
    assert not judge("did R1 erase", lab.world, lab.record).holds


def test_what_happens_while_the_records_are_away_is_recorded(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.bench.succeeds("order L-880-AIS=")

    def away(*_: object, **__: object) -> None:
        raise PortalRefusal.SERVICE_DOWN.error(seconds=5)

    with monkeypatch.context() as patched:
        patched.setattr(lab.world.backend.queries, "audit", away)
        lab.console.type("erase startup-config", "")
    lab.holds("did R1 erase", "R1 erase before order")


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("lvel R1 advsecurity", "'lvel' is not known. Did you mean level?"),
        ("level R9 advsecurity", "'R9' is not known after 'level'. Known: R1, R2"),
        ("level R1 advipservics", "'advipservics' is not known after 'level R1'. Did you mean advipservices?"),
        ("uses R1 advsecurity permanant", "after 'uses R1 advsecurity'. Did you mean permanent?"),
        ("level R1", "'level R1' is incomplete: what may follow is advipservices, advipservices_npe, advsecurity, "),
        ("did instal R1", "'R1' is not known"),
        ("survives R1 { level R1 advipservics }", "Did you mean advipservices?"),
        ("all { level R1 advsecurity", "a brace has no counterpart"),
        ("all { }", "nothing stands between the braces"),
        ("once advipservices R1 R7", "unknown router 'R7'"),
        ("untouched except R7", "unknown"),
        ("not " * 40 + "bought 1", "deeper"),
        ("", "a predicate is wanted"),
        ("level R1 advsecurity please", "'please' is not known after 'level R1 advsecurity'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_the_nearest_right_word(lab: Lab, text: str, because: str) -> None:
    with pytest.raises(BadPredicate) as caught:
        lab.judge(text)
    assert because in str(caught.value)


def words(line: str) -> Iterator[str]:
    """The words that begin a line of the table."""
    first = line.split(maxsplit=1)[0]
    yield first if not first.startswith("[") else "before"


def test_every_predicate_of_the_table_is_used_here_and_its_example_can_be_read(lab: Lab) -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    for row in PREDICATES:
        assert all(f"{word} " in text for word in words(row.line)), row.line
        assert row.meaning.endswith(".")
    assert len(grammar().commands) == len(PREDICATES) + len(FACTS)


def _about_a_router(_scene: Scene, *, router: str) -> PredicateVerdict:
    return yes(f"{router} is there")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("shines <router:Ruoter>", "unknown argument type 'Ruoter'. Did you mean Router?"),
        ("shines <router:Router> <level:Level>", "the line gives (router, level), its handler takes (router)"),
        ("level <router:Router> <level:Level>", "the line gives (router, level), its handler takes (router)"),
        ("shines [<router:Router>", "'[' is not closed"),
    ],
)
def test_a_wrong_row_is_told_with_its_file_before_anything_is_judged(
    monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    row = Predicate(line, _about_a_router, "It shines.", "shines R1")
    monkeypatch.setattr(licenses, "PREDICATES", (*licenses.PREDICATES, row))
    grammar.cache_clear()
    with pytest.raises(GrammarError) as caught:
        grammar()
    assert str(caught.value) == f'emulator/scenarios/predicates/licenses.py: "{line}": {told}'


QUESTIONS = {
    "PID": Question("Which product?", fact="pid R1"),
    "SERIAL": Question("Which serial number?", fact="serial R1"),
    "UDI": Question("Which UDI?", fact="udi R1"),
    "LEVEL": Question("Which level?", fact="level R1"),
    "NEXT": Question("Which level next?", fact="next R1"),
    "RUNS": Question("Which level, on which license?", fact="runs R1"),
    "TYPE": Question("Which type?", fact="type R1 advsecurity"),
    "TRIAL": Question("Which type?", fact="type R1 advipservices"),
    "DAYS": Question("How long?", fact="left R1 advipservices"),
    "REGISTER": Question("Which register?", fact="register R1"),
    "IMAGE": Question("Which image?", fact="image R1"),
    "UPGRADE": Question("What is to be ordered?", fact="upgrade R1"),
    "OFF": Question("Which level does R2 run?", fact="level R2"),
    "WHO": Question("Who was erased?", choices={"R1": "did R1 erase", "R2": "did R2 erase", "nobody": "never erase"}),
}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("PID", ["CISCO881-K9", " cisco881-k9. "], ["CISCO881", "CISCO881W-K9"]),
        ("SERIAL", [SERIAL, SERIAL.lower()], [SERIAL[:-1], ""]),
        ("UDI", [UDI], [SERIAL]),
        ("LEVEL", ["advsecurity"], ["advipservices", "adv"]),
        ("NEXT", ["advsecurity"], ["advipservices"]),
        ("RUNS", ["advsecurity permanent", "AdvSecurity Permanent."], ["advsecurity evaluation", "permanent"]),
        ("TYPE", ["permanent", "Permanent"], ["evaluation", "none"]),
        ("TRIAL", ["evaluation"], ["permanent"]),
        (
            "DAYS",
            ["60", "60d", "8 weeks 4 days", "8 weeks and 3 days", "59d 23h"],
            ["58", "8 weeks", "many", "3 rods"],
        ),
        ("REGISTER", ["0x2102", "2102"], ["0x2142", "8450"]),
        ("IMAGE", [IMAGE], [IMAGE[:-4]]),
        ("UPGRADE", ["L-880-AIS=", "SL-880-AIS="], ["none", "L-IAD880-AIS="]),
        ("OFF", [], ["advsecurity", "none"]),
        ("WHO", ["nobody", "Nobody"], ["R1", "R2", "R3"]),
    ],
)
def test_an_answer_is_a_fact_of_this_world(lab: Lab, name: str, right: list[str], wrong: list[str]) -> None:
    lab.record.questions = QUESTIONS
    lab.fails(f"answer {name}", f"{name} has not been answered.")
    for text in right:
        lab.record.answer(name, text)
        lab.holds(f"answer {name}")
    for text in wrong:
        lab.record.answer(name, text)
        verdict = lab.judge(f"answer {name}")
        assert not verdict.holds, f"{text}: {verdict.sentence}"
        assert not any(each in verdict.sentence for each in right if name != "WHO")


def test_the_number_left_of_a_pak_can_be_asked_for(lab: Lab) -> None:
    pak = lab.install()
    lab.record.questions = {"LEFT": Question("How many?", fact=f"pak {pak} left")}
    lab.record.answer("LEFT", "1")
    lab.fails("answer LEFT", "'1' is not the answer to LEFT.")
    lab.record.answer("LEFT", "0")
    lab.holds("answer LEFT")


def test_the_pak_of_a_sales_order_can_be_asked_for(lab: Lab) -> None:
    order = lab.bench.succeeds("order L-880-AIS=").split()[2].rstrip(":")
    lab.record.questions = {
        "PAK": Question("Which PAK?", fact=f"order {order} pak"),
        "NONE": Question("Which PAK?", fact="order 1 pak"),
    }
    pak = lab.bench.succeeds(f"portal lost-pak {order}").split()[1]
    for text, holds in ((pak, True), (f" {pak[:4].lower()}-{pak[4:]}.", True), (pak[::-1], False)):
        lab.record.answer("PAK", text)
        assert lab.judge("answer PAK").holds == holds, text
    lab.record.answer("NONE", pak)
    lab.fails("answer NONE", "At the moment no answer to NONE is right.")


def test_what_is_foretold_is_answered_some_time_ahead(lab: Lab) -> None:
    lab.record.questions = QUESTIONS
    lab.record.answer("LEVEL", "advsecurity")
    lab.bench.succeeds("advance 2d")
    lab.fails("answer LEVEL ahead 3d", "LEVEL was answered 2d ago; it is to be foretold 3d ahead.")
    lab.holds("answer LEVEL ahead 1d1d", "answer LEVEL")
    lab.record.answer("LEVEL", "advipservices")
    lab.bench.succeeds("advance 2d")
    lab.fails("answer LEVEL ahead 2d", "'advipservices' is not the answer to LEVEL.")


def test_what_is_foretold_is_answered_before_it_happens(lab: Lab) -> None:
    lab.record.questions = QUESTIONS
    lab.record.answer("WHO", "R1")
    lab.fails("answer WHO before R1 erase", "R1 has not had its startup configuration erased since the start.")
    lab.console.type("erase startup-config", "")
    lab.holds("answer WHO before R1 erase", "answer WHO")
    lab.record.answer("WHO", "R1")
    told = lab.judge("did R1 erase").sentence
    lab.fails("answer WHO before R1 erase", f"WHO was answered too late: {told[0].lower()}{told[1:]}")
    lab.holds("answer WHO")
    order = {"ORDER": Question("Will anything be ordered?", choices={"yes": "did order", "no": "never order"})}
    lab.record.questions = order
    lab.record.answer("ORDER", "yes")
    lab.bench.succeeds("order L-880-AIS=")
    lab.holds("answer ORDER before order")
    lab.record.answer("ORDER", "yes")
    assert not lab.judge("answer ORDER before order").holds


def test_a_misbelief_that_is_told_is_recognised(lab: Lab) -> None:
    lab.record.questions = QUESTIONS
    lab.fails("answered TRIAL permanent", "TRIAL has not been answered.")
    lab.record.answer("TRIAL", "Permanent.")
    lab.holds("answered TRIAL permanent")
    lab.record.answer("TRIAL", "evaluation")
    lab.fails("answered TRIAL permanent", "The last answer to TRIAL is 'evaluation'.")


def test_only_what_is_asked_can_be_answered(lab: Lab) -> None:
    lab.record.questions = QUESTIONS
    with pytest.raises(UnknownName, match=r"unknown question 'SERAIL'\. Did you mean SERIAL\?"):
        lab.record.answer("SERAIL", "X")
    with pytest.raises(BadPredicate, match=r"'SERAIL' is not known after 'answer'\. Did you mean SERIAL\?"):
        lab.judge("answer SERAIL")


def test_questions_about_each_other_are_refused(lab: Lab) -> None:
    lab.record.questions = {"A": Question("?", choices={"x": "answer A"})}
    with pytest.raises(BadPredicate, match="deeper than 8"):
        lab.judge("answer A")
