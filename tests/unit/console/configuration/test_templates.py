"""Templates of BGP neighbors: each kind has its mode, its word to leave it, and its place in the configuration."""

from tests.driver import ConsoleDriver, world_of


def test_each_kind_of_template_has_its_prompt_and_its_end() -> None:
    console = ConsoleDriver(world_of("R1", factory=("advsecurity", "advipservices"))).boot()
    console.type("configure terminal", "router bgp 65000", "template peer-policy POLICY")
    assert console.prompt == "Router(config-router-ptmp)#"
    console.type("route-map OUT out", "exit-peer-policy")
    assert console.prompt == "Router(config-router)#"
    console.type("template peer-session SESSION")
    assert console.prompt == "Router(config-router-stmp)#"
    console.type("remote-as 65001", "exit-peer-session", "end")
    console.screen = ""
    console.type("show running-config | section router bgp")
    console.sees(
        "template peer-policy POLICY\n  route-map OUT out\n exit-peer-policy\n !\n",
        " template peer-session SESSION\n  remote-as 65001\n exit-peer-session\n !\n",
    )
