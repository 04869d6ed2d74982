"""Virtual terminal lines: who gets one and who does not, log-in, and how a connection ends."""

import pytest

from emulator.console.line.admission import LineRefusal, LineRefused
from emulator.console.line.phases import LinePhase, PromptKind
from emulator.console.ssh_agreement import SshAgreement
from emulator.kernel.time import MINUTE, SECOND
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, VtyDriver


@pytest.fixture
def open_router(console: ConsoleDriver) -> ConsoleDriver:
    """A router whose terminal lines ask for the password `word`."""
    console.type("configure terminal", "line vty 0 4", "password word", "end")
    return console


def configure(console: ConsoleDriver, *lines: str) -> World:
    console.type("configure terminal", *lines, "end")
    return console.world


def refused(world: World, peer: str = "192.0.2.1", protocol: str = "telnet") -> LineRefused:
    with pytest.raises(LineRefused) as caught:
        world.lines_of("R1").open_vty(peer, protocol)
    return caught.value


def test_telnet_logs_in_on_the_line(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world)
    assert client.screen == "\n\nUser Access Verification\n\n"
    assert client.prompt == "Password: "
    assert client.line.prompt.hidden
    client.type("wrong", "word")
    assert client.prompt == "Router>"


def test_a_client_that_is_known_is_asked_nothing(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world, "192.0.2.7", "ssh", "ann", 15)
    assert client.screen == "\n"
    assert client.prompt == "Router#"
    client.type("configure terminal", "end")
    open_router.sees("%SYS-5-CONFIG_I: Configured from console by ann on vty0 (192.0.2.7)")
    assert open_router.router.running.configured_by == "ann"


HEAD = "Connection Version Mode Encryption  Hmac         State                 Username\n"
NO_VERSION_1 = "%No SSHv1 server connections running.\n"


def test_ssh_connections_are_shown_with_what_was_agreed_on(open_router: ConsoleDriver) -> None:
    VtyDriver(open_router.world)
    agreement = SshAgreement("aes256-cbc", "hmac-sha1", "3des-cbc", "hmac-md5-96")
    line = open_router.world.lines_of("R1").open_vty("192.0.2.7", "ssh", "ann", 15, agreement)
    line.terminal.begin(lambda _: None, lambda: None)
    open_router.type("show ssh")
    rows = (
        "1          2.0     IN   aes256-cbc  hmac-sha1    Session started       ann\n"
        "1          2.0     OUT  3des-cbc    hmac-md5-96  Session started       ann\n"
    )
    open_router.sees(HEAD + rows + NO_VERSION_1)
    open_router.type("disconnect ssh 1", "", "show ssh")
    open_router.sees("%No SSHv2 server connections running.\n" + NO_VERSION_1)


def test_a_router_agrees_on_what_the_other_one_prefers(open_router: ConsoleDriver) -> None:
    open_router.world.lines_of("R1").connect("192.0.2.7", "ssh", 1, "ann", 15).begin(lambda _: None, lambda: None)
    open_router.type("show ssh")
    open_router.sees("0          2.0     IN   aes128-cbc  hmac-sha1    Session started       ann\n")


def test_no_password_is_told(console: ConsoleDriver) -> None:
    caught = refused(console.world)
    assert caught.reason is LineRefusal.UNSET
    assert caught.text == "\n\nPassword required, but none set\n"


def test_no_login_lets_in(console: ConsoleDriver) -> None:
    client = VtyDriver(configure(console, "line vty 0 4", "no login"))
    assert client.screen == "\n"
    assert client.prompt == "Router>"


def test_all_lines_in_use(open_router: ConsoleDriver) -> None:
    clients = [VtyDriver(open_router.world) for _ in range(5)]
    assert [client.line.name for client in clients] == [f"vty {number}" for number in range(5)]
    assert refused(open_router.world).reason is LineRefusal.NO_LINE
    clients[2].type("word", "exit")
    assert clients[2].hung_up
    assert VtyDriver(open_router.world).line.name == "vty 2"


@pytest.mark.parametrize(
    ("lines", "peer", "protocol", "reason"),
    [
        (["transport input ssh"], "192.0.2.1", "telnet", LineRefusal.TRANSPORT),
        (["transport input ssh"], "192.0.2.1", "ssh", None),
        (["transport input none"], "192.0.2.1", "ssh", LineRefusal.TRANSPORT),
        (["transport input telnet ssh"], "192.0.2.1", "telnet", None),
        (["transport input all"], "192.0.2.1", "telnet", None),
        (["access-class 10 in"], "192.0.2.1", "telnet", None),
        (["access-class 10 in"], "198.51.100.1", "telnet", LineRefusal.ACCESS_CLASS),
        (["access-class 11 in"], "198.51.100.1", "telnet", None),
        (["access-class ADMIN in"], "10.1.1.1", "ssh", None),
        (["access-class ADMIN in"], "10.1.2.1", "ssh", LineRefusal.ACCESS_CLASS),
        (["no exec"], "192.0.2.1", "telnet", LineRefusal.NO_EXEC),
    ],
)
def test_who_is_let_in(
    open_router: ConsoleDriver, lines: list[str], peer: str, protocol: str, reason: LineRefusal | None
) -> None:
    lists = ["access-list 10 permit 192.0.2.0 0.0.0.255", "ip access-list extended ADMIN"]
    lists += ["permit tcp 10.1.1.0 0.0.0.255 any eq 22", "deny ip any any", "exit"]
    world = configure(open_router, *lists, "line vty 0 4", *lines)
    if reason is None:
        assert world.lines_of("R1").open_vty(peer, protocol).name == "vty 0"
    else:
        caught = refused(world, peer, protocol)
        assert (caught.reason, caught.text) == (reason, "")


def test_a_line_of_its_own_for_a_protocol(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "line vty 0 4", "transport input ssh", "line vty 5 6", "transport input telnet")
    configure(open_router, "line vty 5 6", "no login")
    names = [world.lines_of("R1").open_vty("192.0.2.1", protocol).name for protocol in ("telnet", "ssh", "telnet")]
    assert names == ["vty 5", "vty 0", "vty 6"]
    assert refused(world).reason is LineRefusal.NO_LINE


def test_no_ios_no_line(open_router: ConsoleDriver) -> None:
    open_router.router.power_off()
    assert refused(open_router.world).reason is LineRefusal.NOT_RUNNING


@pytest.mark.parametrize("end", ["power", "reload", "break"])
def test_what_runs_is_gone_and_so_are_connections(open_router: ConsoleDriver, end: str) -> None:
    client = VtyDriver(open_router.world).type("word")
    if end == "power":
        open_router.router.power_off()
    elif end == "reload":
        open_router.router.reload()
    else:
        open_router.router.state.config_register = 0x2002
        open_router.router.reset_control.send_break()
    assert client.hung_up
    assert open_router.world.lines_of("R1").vty(0) is None


def test_a_reload_typed_at_a_terminal_line(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world, "192.0.2.7", "ssh", "ann", 15)
    client.type("reload", "no", "")
    assert client.hung_up
    open_router.sees("%SYS-5-RELOAD: Reload requested by ann on vty0 (192.0.2.7).")
    open_router.log_in()
    assert open_router.prompt == "Router#"


def test_sessions_are_apart(open_router: ConsoleDriver) -> None:
    one, two = (VtyDriver(open_router.world, user=name, privilege=15) for name in ("ann", "bob"))
    one.type("terminal length 0", "configure terminal", "hostname Branch")
    assert one.prompt == "Branch(config)#"
    assert two.prompt == "Branch#"
    assert open_router.prompt == "Branch#"
    assert two.line.history == []
    assert (one.line.exec.length, two.line.exec.length) == (0, 24)


def test_three_wrong_passwords_end_the_connection(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world).type("a", "b", "c")
    assert client.shown == "% Bad passwords\n\n"
    assert client.hung_up


def test_idling_ends_the_connection(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world).type("word")
    client.pass_time(9 * MINUTE)
    client.type("show clock").pass_time(10 * MINUTE - SECOND)
    assert not client.hung_up
    client.pass_time(SECOND)
    assert client.hung_up


def test_the_idle_time_begins_when_a_command_has_ended(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "line vty 0 4", "exec-timeout 0 7")
    client = VtyDriver(world, user="ann", privilege=15).type("ping 203.0.113.9")
    assert "Success rate is 0 percent" in client.screen
    client.pass_time(6 * SECOND)
    assert not client.hung_up
    client.pass_time(SECOND)
    assert client.hung_up


def test_a_log_in_may_take_half_a_minute(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world)
    client.pass_time(30 * SECOND)
    assert client.screen.endswith("\n% Password:  timeout expired!\n")
    assert client.hung_up


def test_an_absolute_timeout_ends_what_goes_on(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "line vty 0 4", "absolute-timeout 2", "exec-timeout 0 0")
    client = VtyDriver(world).type("word")
    client.pass_time(2 * MINUTE - SECOND)
    client.type("show clock")
    assert not client.hung_up
    client.pass_time(SECOND)
    assert client.hung_up


@pytest.mark.parametrize(("lines", "notice"), [([], 20), (["logout-warning"], 20), (["logout-warning 45"], 45)])
def test_the_end_of_an_absolute_timeout_is_told_before(
    open_router: ConsoleDriver, lines: list[str], notice: int
) -> None:
    world = configure(open_router, "line vty 0 4", "absolute-timeout 2", *lines)
    told = "* Line timeout expired\n"
    for _ in range(2):
        client = VtyDriver(world).type("word")
        client.pass_time(2 * MINUTE - (notice + 1) * SECOND)
        assert told not in client.screen
        client.pass_time(SECOND)
        assert client.screen.count(told) == 1
        client.type("show clock").pass_time(notice * SECOND)
        assert client.screen.count(told) == 1
        assert client.hung_up


def test_a_client_that_is_gone(open_router: ConsoleDriver) -> None:
    lines = open_router.world.lines_of("R1")
    client = VtyDriver(open_router.world, "192.0.2.7", "ssh", "ann", 15).type("configure terminal")
    client.line.terminal.client_gone()
    assert client.hung_up
    assert lines.vty(0) is None
    open_router.sees("Configured from console by ann on vty0 (192.0.2.7)")
    client.line.terminal.client_gone()
    client.line.terminal.submit("show clock")
    assert client.line.prompt.kind is PromptKind.NONE
    assert client.line.phase is LinePhase.CLOSED


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        ([], "\nR Router 2 core\nL\n\nUser Access Verification\n\nE\n"),
        (["no motd-banner"], "\nL\n\nUser Access Verification\n\nE\n"),
        (["no exec-banner"], "\nL\n\nUser Access Verification\n\n"),
    ],
)
def test_banners(open_router: ConsoleDriver, lines: list[str], seen: str) -> None:
    banners = ["banner motd #R $(hostname) $(line) $(line-desc)#", "banner login #L#", "banner exec #E#"]
    world = configure(open_router, *banners, "line vty 0 4", "location core", *lines)
    client = VtyDriver(world).type("word")
    assert client.screen.replace("Password: \n", "") == seen


def test_a_client_that_is_known_has_seen_the_banner_of_the_log_in(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "banner motd #M#", "banner login #L $(line)#", "banner exec #E#")
    assert world.lines_of("R1").login_banner() == "L 2\n"
    assert VtyDriver(world, user="ann", privilege=1).screen == "\nM\nE\n"


@pytest.mark.parametrize(
    ("lines", "user", "password", "level"),
    [
        ([], "anybody", "word", 1),
        ([], "anybody", "wrong", None),
        (["line vty 0 4", "login local"], "ann", "secret", 15),
        (["line vty 0 4", "login local"], "bob", "secret", 3),
        (["line vty 0 4", "login local"], "ann", "word", None),
        (["line vty 0 4", "login local"], "carl", "secret", None),
        (["aaa new-model"], "ann", "secret", 3),
        (["aaa new-model", "aaa authorization exec default local"], "ann", "secret", 15),
        (["aaa new-model", "aaa authentication login default group radius"], "ann", "secret", None),
        (["aaa new-model", "aaa authentication login default group radius local"], "ann", "secret", 3),
    ],
)
def test_names_and_passwords(
    open_router: ConsoleDriver, lines: list[str], user: str, password: str, level: int | None
) -> None:
    users = ["username ann privilege 15 secret secret", "username bob secret secret"]
    world = configure(open_router, *users, "line vty 0 4", "privilege level 3", "exit", *lines)
    level = 3 if level == 1 else level
    assert world.lines_of("R1").check_login(user, password, "192.0.2.1") == level


def test_log_ins_are_told_of_with_their_source(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "login on-success log", "login on-failure log")
    lines = world.lines_of("R1")
    lines.check_login("ann", "wrong", "192.0.2.1")
    lines.check_login("ann", "word", "192.0.2.1")
    VtyDriver(world, "192.0.2.2").type("word")
    open_router.sees(
        "LOGIN_FAILED: Login failed [user: ann] [Source: 192.0.2.1] [localport: 22]",
        "LOGIN_SUCCESS: Login Success [user: ann] [Source: 192.0.2.1] [localport: 22]",
        "LOGIN_SUCCESS: Login Success [user: ] [Source: 192.0.2.2] [localport: 23]",
    )


def test_time_that_the_bench_lets_pass_is_no_idling(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world).type("word")
    bench = BenchDriver(open_router.world)
    bench.succeeds("advance 60d")
    client.pass_time(10 * MINUTE - SECOND)
    assert not client.hung_up
    client.pass_time(SECOND)
    assert client.hung_up


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["transport preferred telnet"], "Translating"),
        (["transport preferred none"], "% Invalid input detected at '^' marker."),
    ],
)
def test_a_word_that_is_no_command(open_router: ConsoleDriver, lines: list[str], answer: str) -> None:
    client = VtyDriver(configure(open_router, "line vty 0 4", *lines)).type("word", "foo")
    assert answer in client.screen


def test_enable_wants_a_password_over_the_network(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world).type("word", "enable")
    client.sees_exactly("% No password set\n")
    configure(open_router, "enable secret topsecret")
    client.type("enable", "topsecret")
    assert client.prompt == "Router#"


def test_a_line_may_run_one_command(open_router: ConsoleDriver) -> None:
    client = VtyDriver(configure(open_router, "line vty 0 4", "autocommand show privilege"))
    client.type("word").sees("Current privilege level is 1\n")
    assert client.hung_up


def test_the_command_of_a_user_comes_first(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "username ann autocommand show clock", "line vty 0 4", "autocommand show privilege")
    client = VtyDriver(world, user="ann", privilege=15)
    client.wait()
    assert "UTC" in client.screen
    assert client.hung_up


@pytest.mark.parametrize("command", ["show privilege", "show privilege | exclude password 0 other"])
@pytest.mark.parametrize("credential", ["password lab", "secret lab"])
def test_a_user_logs_in_to_one_command(open_router: ConsoleDriver, credential: str, command: str) -> None:
    own = (f"username ann privilege 3 {credential}", f"username ann autocommand {command}")
    client = VtyDriver(configure(open_router, *own, "line vty 0 4", "login local")).type("ann", "lab")
    client.sees("Current privilege level is 3\n")
    assert client.hung_up


def test_messages_go_where_they_are_wanted(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "line vty 1", "monitor")
    one, two, three = (VtyDriver(world, user=name, privilege=15) for name in ("a", "b", "c"))
    three.type("terminal monitor")
    configure(open_router)
    told = "%SYS-5-CONFIG_I: Configured from console by console"
    assert [told in each.screen for each in (one, two, three)] == [False, True, True]
    configure(open_router, "logging monitor errors")
    assert [each.screen.count(told) for each in (one, two, three)] == [0, 1, 1]
    configure(open_router, "logging monitor")
    three.type("terminal no monitor")
    configure(open_router)
    assert [each.screen.count(told) for each in (one, two, three)] == [0, 3, 2]


def test_a_message_waits_for_the_command_that_prints(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world, user="ann", privilege=15).type("terminal monitor", "terminal length 5")
    client.type("show version")
    assert client.prompt == " --More-- "
    configure(open_router)
    client.sees("%SYS-5-CONFIG_I")


def test_the_console_asks_for_return_and_a_terminal_line_does_not(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world, user="ann", privilege=15).type("exit")
    assert client.shown == ""
    assert client.hung_up
    open_router.type("exit").sees("con0 is now available")


def test_a_session_begins_with_the_terminal_that_is_configured(open_router: ConsoleDriver) -> None:
    world = configure(open_router, "line vty 0 4", "length 0", "width 132", "history size 5")
    client = VtyDriver(world).type("word")
    assert (client.line.exec.length, client.line.exec.width, client.line.exec.history_size) == (0, 132, 5)
    assert open_router.line.exec.width == 80


def test_con_0_is_cleared_from_a_terminal_line(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world, user="ann", privilege=15)
    open_router.type("configure terminal")
    client.type("clear line console 0", "").sees(" [OK]\n")
    assert open_router.line.phase is LinePhase.CLOSED
    assert open_router.screen.count("con0 is now available") == 1
    open_router.type("", "enable")
    assert open_router.prompt == "Router#"


def test_a_cleared_client_is_cut_off_in_the_middle(open_router: ConsoleDriver) -> None:
    client = VtyDriver(open_router.world, user="ann", privilege=15)
    client.line.terminal.submit("ping 192.0.2.99")
    open_router.world.clock.settle()
    open_router.type("clear line vty 0", "")
    assert client.hung_up
    open_router.pass_time(MINUTE)
    assert "Success" not in client.screen


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["transport output none"], "% telnet connections not permitted from this terminal\n"),
        (["transport output ssh"], "% telnet connections not permitted from this terminal\n"),
        (["access-class 20 out"], "% Connections to that host not permitted from this terminal\n"),
        (["session-limit 0"], "% Session limit exceeded\n"),
        (["transport output telnet", "access-class 21 out"], "Trying 198.51.100.9 ..."),
    ],
)
def test_which_connections_a_line_may_open(open_router: ConsoleDriver, lines: list[str], answer: str) -> None:
    lists = ["access-list 20 permit 192.0.2.0 0.0.0.255", "access-list 21 permit host 198.51.100.9"]
    client = VtyDriver(configure(open_router, *lists, "line vty 0 4", *lines)).type("word", "telnet 198.51.100.9")
    assert client.shown.startswith(answer)
