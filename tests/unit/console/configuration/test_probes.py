"""Probes of IP SLA: `exit` leaves them for global configuration, and 12.4T takes their old spelling."""

from tests.driver import ConsoleDriver, world_of

OLD = "c880data-universalk9-mz.124-24.T4.bin"


def test_exit_leaves_the_probe_and_what_it_measures(console: ConsoleDriver) -> None:
    console.type("configure terminal", "ip sla 1", "icmp-echo 192.0.2.9")
    assert console.prompt.endswith("(config-ip-sla-echo)#")
    console.type("exit")
    assert console.prompt.endswith("(config)#")
    console.type("ip sla 2", "exit")
    assert console.prompt.endswith("(config)#")


def test_the_old_spelling_is_kept_in_the_new_one_and_taken_back_by_either() -> None:
    console = ConsoleDriver(world_of("R1", image=OLD)).boot()
    console.type("configure terminal", "ip sla monitor 1")
    assert console.prompt.endswith("(config-sla-monitor)#")
    console.type("type echo protocol ipIcmpEcho 192.0.2.9 source-ipaddr 192.0.2.1")
    assert console.prompt.endswith("(config-sla-monitor-echo)#")
    console.type("frequency 5", "exit", "ip sla monitor schedule 1 life forever start-time now")
    console.type("do show running-config | section sla")
    console.sees("ip sla 1\n icmp-echo 192.0.2.9 source-ip 192.0.2.1\n frequency 5\n")
    console.sees("ip sla schedule 1 life forever start-time now")
    console.type("no ip sla schedule 1", "no ip sla monitor 1", "do show running-config | include sla")
    assert "\nip sla" not in console.shown
