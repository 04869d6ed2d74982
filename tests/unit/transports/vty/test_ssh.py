"""SSH to a router of a served world: who gets in, what a shell and one command show, and what is refused."""

import asyncio
import contextlib

import asyncssh
import pytest

from emulator.console.configuration.ssh_algorithms import offers
from emulator.router.network.ssh_access import key_hash
from tests.driver import ConsoleDriver
from tests.unit.transports.vty.network import STARTUP, booted, served

pytestmark = pytest.mark.anyio


async def test_a_shell_shows_what_the_console_shows():
    async with served(booted()) as network, network.shell() as talk:
        await talk.sees("#")
        shown = await talk.type("show privilege\r", "R1#")
        assert shown == "show privilege\r\nCurrent privilege level is 15\r\nR1#"


async def test_one_command_shows_its_output_alone_and_does_not_page():
    async with served(booted()) as network, network.log_in() as connection:
        result = await connection.run("show version")
        assert "Cisco IOS Software" in result.stdout
        assert "--More--" not in result.stdout
        assert "R1#" not in result.stdout
        assert result.exit_status == 0


async def test_the_banner_and_the_algorithms_are_those_of_the_release():
    async with served(booted()) as network, network.log_in() as connection:
        assert connection.get_extra_info("server_version") == "SSH-2.0-Cisco-1.25"
        assert connection.get_server_host_key().get_algorithm() == "ssh-rsa"


async def test_a_modern_client_finds_nothing_in_common():
    async with served(booted()) as network:
        with pytest.raises(asyncssh.KeyExchangeFailed, match="No matching"):
            await asyncssh.connect(network.address(), network.ssh_port, known_hosts=None, config=None)


@pytest.mark.parametrize(("user", "password"), [("admin", "wrong"), ("nobody", "lab"), ("", ""), ("admin", "")])
async def test_who_does_not_know_the_password_stays_out(user, password):
    async with served(booted()) as network:
        with pytest.raises(asyncssh.Error):
            await network.log_in(user=user, password=password)


@pytest.mark.parametrize(
    ("methods", "user", "password", "shown"),
    [
        ("local", "admin", "lab", ">"),
        ("enable", "anybody", "cisco", ">"),
        ("group tacacs+ local", "guest", "guest", ">"),
        ("local\naaa authorization exec default local", "admin", "lab", "#"),
    ],
)
async def test_aaa_decides_who_comes_in(methods, user, password, shown):
    lists = f"aaa new-model\naaa authentication login default {methods}\n"
    world = booted(startup=STARTUP.replace("line con 0", lists + "line con 0").replace(" login local\n", ""))
    async with served(world) as network:
        async with network.shell(user=user, password=password) as talk:
            await talk.sees(shown)
        with pytest.raises(asyncssh.Error):
            await network.log_in(user=user, password="wrong")


async def test_when_all_lines_are_taken_the_next_is_refused():
    async with served(booted()) as network, contextlib.AsyncExitStack() as shells:
        for _ in range(5):
            await shells.enter_async_context(network.shell())
        with pytest.raises((OSError, asyncssh.Error)):
            await network.log_in()


async def test_an_access_class_keeps_out_whom_it_does_not_name():
    rules = "access-list 7 permit 192.0.2.0 0.0.0.255\n"
    startup = STARTUP.replace("line con 0", rules + "line con 0").replace("vty 0 4", "vty 0 4\n access-class 7 in")
    async with served(booted(startup=startup)) as network:
        with pytest.raises((OSError, asyncssh.Error)):
            await network.log_in()


async def test_a_user_has_his_own_level():
    async with served(booted()) as network, network.shell(user="guest", password="guest") as talk:
        await talk.sees(">")
        await talk.type("enable\r", "Password: ")
        await talk.type("cisco\r", "R1#")


async def test_a_client_that_is_wrong_too_often_is_cut_off():
    world = booted(startup=STARTUP.replace("line vty", "ip ssh authentication-retries 2\nline vty"))
    tries = []

    class Client(asyncssh.SSHClient):
        def password_auth_requested(self):
            tries.append(1)
            return f"wrong {len(tries)}"

    async with served(world) as network:
        with pytest.raises(asyncssh.DisconnectError):
            await network.log_in(password=None, client_factory=Client)
    assert len(tries) == 2


async def test_a_public_key_is_enough():
    key = asyncssh.generate_private_key("ssh-rsa", key_size=2048)
    chain = f"ip ssh pubkey-chain\n  username admin\n   key-hash ssh-rsa {key_hash(key.public_data)} me@host\n"
    world = booted(startup=STARTUP.replace("line vty", chain + "line vty"))
    async with served(world) as network:
        async with network.shell(password=None, client_keys=[key]) as talk:
            await talk.sees("#")
        with pytest.raises(asyncssh.PermissionDenied):
            await network.log_in(user="guest", password=None, client_keys=[key])


async def test_a_public_key_is_typed_in_lines():
    key = asyncssh.generate_private_key("ssh-rsa", key_size=2048)
    text = key.export_public_key().decode().strip()
    world = booted()
    async with served(world) as network:
        async with network.shell() as talk:
            await talk.type("configure terminal\rip ssh pubkey-chain\rusername admin\rkey-string\r", "pubkey-data)#")
            for at in range(0, len(text), 72):
                await talk.type(text[at : at + 72] + "\r", "pubkey-data)#")
            await talk.type("exit\r", "pubkey-user)#")
            await talk.type("key-string\rnonsense\rexit\r", "%SSH: Failed to decode the Key Value")
            await talk.type(
                "end\rshow running-config | include key-hash\r", f"key-hash ssh-rsa {key_hash(key.public_data)}"
            )
        async with network.shell(password=None, client_keys=[key]) as talk:
            await talk.sees("#")


async def test_the_host_key_is_the_same_after_a_reload():
    world = booted()
    async with served(world) as network:
        async with network.log_in() as connection:
            before = connection.get_server_host_key().public_data
        router = world.router("R1")
        router.power_off()
        router.power_on()
        world.clock.run_while(lambda: world.lines_of("R1").console.busy)
        async with network.log_in() as connection:
            assert connection.get_server_host_key().public_data == before


@pytest.mark.parametrize("how", ["no key", "no power", "version 1", "telnet only", "not racked"])
async def test_a_router_without_ssh_takes_no_connection(how):
    startup = {
        "version 1": STARTUP.replace("line vty", "ip ssh version 1\nline vty"),
        "telnet only": STARTUP.replace("vty 0 4", "vty 0 4\n transport input telnet"),
    }.get(how, STARTUP)
    world = booted(startup=startup)
    if how == "no key":
        world.router("R1").running.rsa_keys = ()
    if how == "no power":
        world.router("R1").power_off()
    async with served(world) as network:
        address = "127.1.0.9" if how == "not racked" else network.address()
        with pytest.raises((OSError, asyncssh.Error)):
            await asyncssh.connect(address, network.ssh_port, known_hosts=None, config=None)


async def test_a_reload_ends_the_connection_and_the_router_comes_back():
    async with served(booted()) as network:
        async with network.shell() as talk:
            await talk.type("reload\r", "[confirm]")
            await talk.type("\r")
            await talk.ends()
        for _ in range(200):
            try:
                async with network.shell() as talk:
                    await talk.sees("#")
                break
            except (OSError, asyncssh.Error):
                await asyncio.sleep(0)
        else:
            raise AssertionError("the router did not come back")


async def test_one_connection_has_one_channel():
    async with served(booted()) as network, network.log_in() as connection:
        first = await connection.create_process(term_type="vt100")
        refused = 0
        for _ in range(200):
            try:
                await connection.create_process(term_type="vt100")
            except asyncssh.ChannelOpenError:
                refused += 1
        assert refused == 200
        first.stdin.write("exit\r")
        await first.wait_closed()


async def test_nothing_but_sessions_is_offered():
    async with served(booted()) as network, network.log_in() as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", 1)
    async with served(booted()) as network, network.log_in() as connection:
        with pytest.raises((asyncssh.Error, OSError)):
            await connection.start_sftp_client()


async def test_the_window_is_the_screen():
    async with served(booted()) as network, network.log_in() as connection:
        process = await connection.create_process(term_type="vt100", term_size=(132, 50))
        process.stdin.write("terminal length\x15show terminal\r")
        async with asyncio.timeout(20):
            text = await process.stdout.readuntil("columns")
        assert "Length: 50 lines, Width: 132 columns" in text


async def test_only_this_machine_can_come(tmp_path):
    async with served(booted()) as network:
        sockets = await asyncio.create_subprocess_exec(
            "ss", "-ltnH", f"sport = :{network.ssh_port}", stdout=asyncio.subprocess.PIPE
        )
        listening, _ = await sockets.communicate()
        assert b"%lo:" in listening


async def test_nothing_of_a_router_is_made_before_somebody_comes():
    world = booted("R1", "R2")
    world.forget_lines("R1")
    world.forget_lines("R2")
    async with served(world) as network:
        assert not world._lines
        async with network.shell("R2"):
            assert list(world._lines) == ["R2"]


def test_every_algorithm_of_the_table_is_one_that_the_library_has() -> None:
    spoken = [
        *asyncssh.kex.get_kex_algs(), *asyncssh.encryption.get_encryption_algs(), *asyncssh.mac.get_mac_algs()
    ]  # fmt: skip
    for offer in offers():
        for name in (*offer.key_exchange, *offer.ciphers, *offer.macs):
            assert name.encode() in spoken


LATER = {"image": "c880data-universalk9-mz.155-3.M8.bin"}


def type_at_console(network, *lines):
    """Configure R1 at its console, where the administrator logs in."""
    console = ConsoleDriver(network.world)
    console.type("", "admin", "lab", "configure terminal", *lines)
    shown = console.screen
    console.type("end", "exit")
    return shown


async def agreed(network, **options):
    async with network.log_in(**options) as connection:
        return connection.get_extra_info("recv_cipher"), connection.get_extra_info("recv_mac")


async def test_a_client_sees_what_it_has_agreed_on():
    async with (
        served(booted()) as network,
        network.log_in(encryption_algs=["aes256-cbc"], mac_algs=["hmac-sha1-96"]) as connection,
    ):
        shown = (await connection.run("show ssh")).stdout.splitlines()
    assert shown[-3:-1] == [
        f"0          2.0     {mode:<5}aes256-cbc  hmac-sha1-96 Session started       admin" for mode in ("IN", "OUT")
    ]


async def test_the_configuration_says_which_algorithms_are_offered():
    wide = {"encryption_algs": ["aes128-cbc", "aes256-ctr"], "mac_algs": ["hmac-sha1-96", "hmac-sha1"]}
    async with served(booted(**LATER)) as network:
        assert await agreed(network, **wide) == ("aes128-cbc", "hmac-sha1-96")
        type_at_console(
            network, "ip ssh server algorithm encryption aes256-ctr", "ip ssh server algorithm mac hmac-sha1"
        )
        assert await agreed(network, **wide) == ("aes256-ctr", "hmac-sha1")
        with pytest.raises(asyncssh.KeyExchangeFailed, match="No matching encryption"):
            await agreed(network, encryption_algs=["aes128-cbc"])
        type_at_console(network, "no ip ssh server algorithm encryption")
        assert await agreed(network, encryption_algs=["aes128-cbc"]) == ("aes128-cbc", "hmac-sha1")


@pytest.mark.parametrize(
    ("methods", "tried", "comes_in"),
    [
        ("publickey", "password", False),
        ("password", "password", True),
        ("keyboard", "keyboard-interactive", True),
        ("keyboard", "password", False),
        ("keyboard password", "password", True),
    ],
)
async def test_the_configuration_says_how_a_client_proves_who_it_is(methods, tried, comes_in):
    async with served(booted(**LATER)) as network:
        type_at_console(network, f"ip ssh server algorithm authentication {methods}")
        if comes_in:
            async with network.log_in(preferred_auth=tried):
                return
        with pytest.raises(asyncssh.PermissionDenied):
            await network.log_in(preferred_auth=tried)


async def test_an_older_release_has_no_such_line():
    async with served(booted()) as network:
        assert "% Invalid input detected" in type_at_console(network, "ip ssh server algorithm mac hmac-sha1")
