"""The benchmarks there are: the module that measures each, and how many times its reference it may take."""

from typing import NamedTuple


class Benchmark(NamedTuple):
    """A row of the table.

    Attributes:
        module: of this package, with a function of the benchmark's name; imported when it is asked for, so that none
            needs what another does.
        budget: the largest ratio of value to reference.
    """

    module: str
    budget: float


BENCHMARKS = {
    "fleet_clock": Benchmark("fleet", 2.5),
    "forecast": Benchmark("fleet", 1.5),
    "router_memory": Benchmark("fleet", 0.75),
    "snapshot": Benchmark("fleet", 3),
    "fork": Benchmark("fleet", 1.5),
    "first_prompt": Benchmark("prompt", 2),
    "parse_complete": Benchmark("grammar", 1),
    "scenario_cpu": Benchmark("replays", 0.5),
    "lab_check": Benchmark("labs", 1),
    "license_issue": Benchmark("issue", 3),
    "call_home": Benchmark("call_home", 2.5),
    "ssh_command": Benchmark("ssh", 2),
    "ssh_login": Benchmark("ssh", 1.5),
    "ssh_fleet_start": Benchmark("ssh", 2),
    "ssh_fleet_memory": Benchmark("ssh", 1),
    "web_keystroke": Benchmark("web", 2),
    "class_keystroke": Benchmark("classroom", 2),
    "class_memory": Benchmark("classroom", 1),
    "snmp_bulk": Benchmark("snmp", 1.6),
    "snmp_v3": Benchmark("snmp", 3),
    "snmp_start": Benchmark("snmp", 1),
    "manager_table": Benchmark("manager", 5),
    "manager_poll": Benchmark("manager", 3),
    "manager_deploy": Benchmark("manager", 4),
}
