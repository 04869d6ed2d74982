"""`show license` in each state of an 881's life."""

from emulator.kernel.time import DAY
from tests.driver import UDI, ConsoleDriver, world_of


def entry(index: int, feature: str, *lines: str) -> str:
    return f"Index {index} Feature: {feature:<30s} \n" + "".join(f"\t{line}\n" for line in lines)


BASE = entry(
    2, "advsecurity", "Period left: Life time", "License Type: Permanent", "License State: Active, In Use",
    "License Count: Non-Counted", "License Priority: Medium",
)  # fmt: skip


def test_factory_state(console: ConsoleDriver) -> None:
    """The view that section A.11 of the behaviour notes expects."""
    console.type("show license")
    console.sees_exactly(
        entry(
            1, "advipservices", "Period left: 8  weeks 4  days", "License Type: Evaluation",
            "License State: Active, Not in Use, EULA not accepted", "License Count: Non-Counted",
            "License Priority: None",
        )
        + BASE
        + "\n"
    )  # fmt: skip


def evaluating(console: ConsoleDriver) -> ConsoleDriver:
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    return console.reload()


def test_a_running_evaluation(console: ConsoleDriver) -> None:
    evaluating(console)
    console.world.clock.run_to(console.router.running.booted + 10 * DAY)
    console.type("show license | begin Index 1")
    console.sees(
        entry(
            1, "advipservices", "Period left: 7  weeks 1  day",
            "License Type: Evaluation", "License State: Active, In Use", "License Count: Non-Counted",
            "License Priority: Low",
        )
    )  # fmt: skip
    console.type("show version")
    console.sees("    License Level: advipservices   Type: Evaluation\n    Next reboot license Level: advipservices\n")


def test_an_expired_evaluation(console: ConsoleDriver) -> None:
    evaluating(console).pass_time(61 * DAY)
    console.type("show license")
    console.sees("\tPeriod left: 0  minute  0  second  \n", "\tLicense State: Expired, In Use\n")
    console.type("show version")
    console.sees("    License Level: advipservices   Type: Evaluation\n    Next reboot license Level: advsecurity\n")
    console.reload()
    console.type("show license")
    console.sees("\tLicense State: Expired, Not in Use\n")


def test_a_factory_upgrade() -> None:
    console = ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot()
    console.type("show license")
    console.sees(
        "Index 1 Feature: advipservices                  \n\tPeriod left: Life time\n\tLicense Type: Permanent\n"
        "\tLicense State: Active, In Use\n",
        "Index 2 Feature: advsecurity                    \n\tPeriod left: Life time\n\tLicense Type: Permanent\n"
        "\tLicense State: Active, Not in Use\n",
    )
    console.sees_nothing_of("Evaluation")
    console.type("show license detail advipservices")
    console.sees("\tLicense State: Inactive\n", "Index: 2 \tFeature: advipservices")


def test_without_any_license_the_base_level_runs() -> None:
    console = ConsoleDriver(world_of(factory=())).boot()
    console.type("show license")
    console.sees("Index 2 Feature: advsecurity                    \n\n")
    console.type("show version")
    console.sees(
        "    License Level: advsecurity   Type: Default. No valid license found.\n"
        "    Next reboot license Level: advsecurity\n"
    )
    console.type("show license detail advsecurity")
    console.sees_exactly("\n")


def test_udi_columns(console: ConsoleDriver) -> None:
    """C: PID at column 10, SN at 28, UDI at 44, on screen."""
    console.type("show license udi")
    head, rule, row, blank = console.shown.splitlines()
    assert (rule, blank) == ("-" * 68, "")
    for text in (head, row):
        assert text[9] == " "
    assert (row.index("CISCO881"), row.index("FTX"), row.rindex("CISCO881")) == (10, 28, 44)
    assert (head.index("PID"), head.index("SN"), head.index("UDI")) == (10, 28, 44)
    assert row.endswith(UDI)


def test_the_license_commands_need_privilege(console: ConsoleDriver) -> None:
    console.type("disable", "show license")
    console.sees("% Invalid input detected")
