"""Explanations: whoever follows the next step, again and again, comes to what was asked for."""

import pytest

from emulator.images.features import feature_table, features_of
from emulator.kernel.errors import UnknownName
from emulator.router.network.agent_settings import agent_listener
from emulator.router.network.http_access import lets_in
from emulator.world.explanation.explain import explain
from emulator.world.explanation.paths import PATHS, explain_path
from emulator.world.explanation.view import BENCH, LinkState, MendingStep
from emulator.world.known_lines import is_understood
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.world.explanation.broken_states import CHOOSE, IGNORE, IMAGE, LEVEL, STAY, VLAN, Follower


def names(links, state):
    return [link.name for link in links if link.state is state]


@pytest.mark.parametrize(
    ("bench", "typed"),
    [
        pytest.param((), None, id="out of the box"),
        pytest.param(("order SL-880-AIS=",), (), id="PAK on paper"),
        pytest.param(("internet R1 off",), (), id="no Internet"),
        pytest.param(
            (),
            ("configure terminal", "license boot module c880-data level advsecurity", "end", "write"),
            id="another level chosen",
        ),
        pytest.param((), (*CHOOSE, "yes", "end"), id="chosen but not saved"),
        pytest.param((), (*CHOOSE, "yes", "end", "write"), id="saved but not reloaded"),
        pytest.param((), (*CHOOSE, "no", "end", "write"), id="agreement refused"),
        pytest.param(("software get c880data-universalk9-mz.150-1.M4 usb", "usb insert R2"), (), id="stick elsewhere"),
        pytest.param(("server portal closed 12d",), (), id="portal closed"),
        pytest.param((), (*CHOOSE, "yes", *IGNORE, "write", "reload", ""), id="saved configuration ignored"),
        pytest.param((), (*IGNORE, "reload", ""), id="register ignores a configuration that is not there"),
        pytest.param((), STAY, id="register stays in ROMMON"),
        pytest.param((), (*STAY, "reload", ""), id="in ROMMON by the register"),
        pytest.param((), (f"delete flash:{IMAGE}", "", ""), id="image deleted"),
        pytest.param((f"damage R1 file {IMAGE}",), (), id="image damaged"),
        pytest.param((f"damage R1 file {IMAGE}", "power R1 cycle"), (), id="image damaged and booted"),
    ],
)
def test_the_next_step_leads_to_the_level(bench, typed):
    world = world_of("R1", "R2")
    follower = Follower(world)
    if typed is not None:
        ConsoleDriver(world).boot().type(*typed)
    for line in bench:
        follower.bench.succeeds(line)
    way = follower.follow(lambda: explain(world, "R1", LEVEL))
    assert way[-1].next == ()
    assert names(way[-1].links, LinkState.BROKEN) == []
    assert world.router("R1").running.level == LEVEL


def test_a_permanent_license_waits_for_the_next_boot_beside_an_evaluation_in_use():
    world = world_of("R1")
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    console.type(*CHOOSE, "yes", "end", "write", "reload", "", "", "enable")
    console.type(f"license install usbflash0:{bench.license_on_stick()}")
    facts = {link.name: link.fact for link in explain(world, "R1", LEVEL).links}
    order = "Permanent is used before Evaluation (priority Medium)"
    assert facts["priority"] == f"{order}; until the next boot Evaluation is in use"
    assert "Evaluation in Evaluation License Storage, index 0" in facts["license line"]
    console.type("reload", "")
    assert {link.name: link.fact for link in explain(world, "R1", LEVEL).links}["priority"] == order


@pytest.mark.parametrize("acts", [("power R1 cycle",), ("power R1 cycle", "cable R1 FastEthernet4 out"), ()])
def test_a_router_without_a_usb_port_gets_its_image_over_the_network(acts):
    world = world_of(pid="CISCO861-K9")
    follower, router = Follower(world), world.router("R1")
    ConsoleDriver(world).boot()
    for line in (f"damage R1 file {router.platform.factory_image}", *acts):
        follower.bench.succeeds(line)
    follower.follow(lambda: explain(world, "R1", "advsecurity"))
    assert router.running.level == "advsecurity"


def test_a_damaged_image_before_a_good_one_is_deleted():
    world = world_of("R1")
    follower = Follower(world)
    ConsoleDriver(world).boot()
    follower.follow(lambda: explain(world, "R1", LEVEL))
    other = "c880data-universalk9-mz.151-4.M5.bin"
    for line in ("usb remove R1", f"software get {other} usb", "usb insert R1"):
        follower.bench.succeeds(line)
    console = ConsoleDriver(world).log_in()
    console.type(f"copy usbflash0:{other} flash:", "")
    follower.bench.succeeds(f"damage R1 file {IMAGE}")
    console.type("configure terminal", "license boot module c880-data level advsecurity", "end", "write", "reload", "")
    follower.bench.succeeds("power R1 cycle")
    way = follower.follow(lambda: explain(world, "R1", LEVEL))
    assert [step.line for each in way for step in each.next][:2] == ["advance 10m", f"boot flash:{other}"]


def test_a_device_that_was_replaced_is_sold_nothing():
    world = world_of("R1", "R2")
    follower = Follower(world)
    ConsoleDriver(world, "R2").boot()
    follower.follow(lambda: explain(world, "R1", LEVEL))
    follower.bench.succeeds("portal rma R1 R2")
    console = ConsoleDriver(world).log_in()
    console.type("configure terminal", "license boot module c880-data level advsecurity", "end", "write", "reload", "")
    console.log_in().type(f"license clear {LEVEL}", "yes")
    way = follower.follow(lambda: explain(world, "R1", LEVEL))
    assert names(way[0].links, LinkState.BROKEN) == ["order", "PAK", "registration", "store"]
    assert way[0].links[0].fact.endswith("is no longer served")
    assert {step.place for each in way for step in each.next} == {"R1"}


def test_a_full_store_is_expanded():
    world = world_of(image="c880data-universalk9-mz.154-3.M5.bin")
    follower, router = Follower(world), world.router("R1")
    console = ConsoleDriver(world).boot()
    for _ in range(32):
        follower.bench.succeeds("portal extension R1 SSL_VPN 1d")
    for line in ("portal resend R1", "mail save 33 usb", "usb insert R1"):
        follower.bench.succeeds(line)
    assert router.state.usb is not None
    console.type(f"license install usbflash0:{router.state.usb.files[0].name}", "yes")
    assert len(router.activation.inventory.licenses.primary) == 32
    way = follower.follow(lambda: explain(world, "R1", LEVEL))
    assert "license expand nvram" in [step.line for each in way for step in each.next]


def test_a_license_that_was_cleared_comes_back_by_the_next_steps():
    world = world_of("R1")
    follower = Follower(world)
    ConsoleDriver(world).boot()
    follower.follow(lambda: explain(world, "R1", LEVEL))
    console = ConsoleDriver(world).log_in()
    console.type("configure terminal", "license boot module c880-data level advsecurity", "end", "write", "reload", "")
    console.log_in().type(f"license clear {LEVEL}", "yes")
    broken = next(link for link in explain(world, "R1", LEVEL).links if link.name == "license line")
    assert broken.state is LinkState.BROKEN
    assert "was cleared from the router" in broken.fact
    follower.follow(lambda: explain(world, "R1", LEVEL))
    [pak] = records_of(world).paks.values()
    assert pak.left == 0, "one PAK was enough"


def test_an_evaluation_needs_no_order():
    world = world_of("R1")
    ConsoleDriver(world).boot().type(*CHOOSE, "yes", "end", "write", "reload", "")
    explained = explain(world, "R1", LEVEL)
    assert explained.holds
    assert names(explained.links, LinkState.NOT_NEEDED) == ["order", "PAK", "registration"]
    assert explained.links[4].fact.startswith("Evaluation (Active, In Use, 59d23h")


def test_a_level_is_asked_for_by_its_functions_too():
    world = world_of("R1")
    ConsoleDriver(world).boot()
    for row in feature_table():
        explained = explain(world, "R1", row.name)
        assert explained.holds == world.router("R1").has_feature(row.name), row.name
        assert explained.holds or explained.next or names(explained.links, LinkState.BROKEN) == ["feature"], row.name
    with pytest.raises(UnknownName, match=r"unknown level or feature 'bgpp'\. Did you mean bgp\?"):
        explain(world, "R1", "bgpp")


def test_the_parser_is_asked_for_the_command():
    world = world_of("R1")
    console = ConsoleDriver(world).boot()
    console.type(*CHOOSE, "yes", "end", "write", "reload", "").log_in()
    added = features_of(LEVEL, "880") - features_of("advsecurity", "880")
    for row in feature_table():
        if row.name in added:
            assert is_understood(world, world.router("R1"), row.command.partition(",")[0]), row.name


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("bench", "typed"),
    [
        ((), None),
        (("cable R1 FastEthernet4 out", "internet R1 off"), ()),
        (("cable R1 FastEthernet0 out",), (*VLAN, "ip address 192.0.2.9 255.255.255.0", "shutdown", "end")),
        ((), ("configure terminal", "license call-home url https://nobody.example/x", "end")),
        ((), ("configure terminal", "license call-home url http://plain.example/", "end")),
    ],
)
def test_the_next_step_leads_to_the_server(path, bench, typed):
    world = world_of("R1")
    follower = Follower(world)
    if typed is not None:
        ConsoleDriver(world).boot().type(*typed)
    for line in bench:
        follower.bench.succeeds(line)
    follower.follow(lambda: explain_path(world, "R1", path))
    router = world.router("R1")
    reached = {
        "call-home": lambda: router.call_home.connected("R1"),
        "license-agent": lambda: agent_listener(router.configuration, "secure") and lets_in(router.configuration),
    }
    assert reached.get(path, lambda: world.reach("R1", "192.0.2.10") is not None)()


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        ((), ["web server", "listener", "log-in"]),
        (("ip http server",), ["listener", "log-in"]),
        (("license agent listener http plaintext /x", "enable secret lab"), ["web server", "listener"]),
        (("ip http secure-server", "license agent listener http plaintext /x"), ["listener", "log-in"]),
        (("ip http server", "license agent listener http plaintext /x", "ip http authentication local"), ["log-in"]),
        (("ip http server", "license agent listener http plaintext /x authenticate none"), []),
        (("ip http server", "license agent listener http plaintext /x", "ip http authentication local",
          "username anna privilege 15 secret lab"), []),
    ],
)  # fmt: skip
def test_the_way_to_the_license_agent_is_mended_step_by_step(lines, broken):
    world = world_of("R1")
    ConsoleDriver(world).boot().type("configure terminal", *lines, "end")
    assert names(explain_path(world, "R1", "license-agent").links, LinkState.BROKEN) == broken
    Follower(world).follow(lambda: explain_path(world, "R1", "license-agent"))


def test_a_step_is_shown_behind_its_prompt():
    assert [MendingStep(BENCH, "time").shown, MendingStep("R1", "reload").shown] == ["bench>time", "R1#reload"]
