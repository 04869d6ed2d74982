"""`explain`, `status` and `forecast` at the bench: what they print."""

from tests.driver import BenchDriver, ConsoleDriver, world_of


def test_explain_prints_the_chain_and_the_next_steps() -> None:
    world = world_of("R1")
    ConsoleDriver(world).boot()
    bench = BenchDriver(world)
    choose = "R1#configure terminal; R1#license boot module c880-data level advipservices; R1#end"
    evaluation = "Evaluation (Active, Not in Use, EULA not accepted, 60d left)"
    assert bench.succeeds("explain R1 advipservices").splitlines() == [
        "R1 advipservices: no",
        "    order         broken      no order on hand has a license left for it",
        "    PAK           blocked     it comes with the order",
        "    registration  blocked     nothing is registered for it",
        "    license line  ok          Evaluation in Evaluation License Storage, index 0",
        f"    store         broken      {evaluation}: its agreement is not accepted",
        "    priority      blocked     there is no license to prefer",
        "    level choice  blocked     advsecurity runs, and no license allows advipservices",
        "    feature       blocked     the subsystems of advipservices do not run",
        "    command       blocked     'router ospf' is not in the parser at advsecurity",
        "    next: bench>order L-880-AIS=",
        f"    also: {choose}",
    ]
    assert bench.succeeds("explain R1 call-home").startswith("R1 call-home: yes\n")
    assert bench.succeeds("explain R1") == bench.succeeds("explain R1 ADVIPSERVICES")
    assert (
        bench.is_refused("explain R1 advipservice")
        == "% unknown level or feature 'advipservice'. Did you mean advipservices?\n"
    )


def test_status_tells_what_a_reload_changes_where_it_changes_something() -> None:
    world = world_of("R1")
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    quiet = bench.succeeds("status R1")
    console.type("configure terminal", "hostname branch", "end")
    assert bench.succeeds("status R1") == quiet + (
        "    lost by a reload, not saved: hostname branch\n    back after a reload, still saved: hostname Router\n"
    )


def test_forecast_looks_as_far_as_it_is_told() -> None:
    world = world_of("R1")
    choose = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    ConsoleDriver(world).boot().type(*choose, "reload", "")
    bench = BenchDriver(world)
    assert bench.succeeds("forecast 40d").splitlines() == [
        "Fri 2010-04-02  Evaluation of advipservices warns, 28d left  R1",
        "Fri 2010-04-09  Evaluation of advipservices warns, 21d left  R1",
    ]
    assert "Fri 2010-04-30  Evaluation of advipservices ends" in bench.succeeds("forecast")
    assert bench.succeeds("forecast 40d csv").startswith("date,router,kind,")
    assert "longer than a hundred years" in bench.is_refused("forecast 99999999d")
