"""The golden screens: one short script for each, and what the console shows while it is played.

A command without arguments needs no script: the screen that its `output` names is what it prints after a boot.
`tests/golden/NAME.txt` holds what `NAME` must show, byte for byte. To write the files anew after a change that was
meant, run `python -m tests.screens [NAME ...]` in the top directory, and read the difference before it is committed.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from emulator.console.line.line_table import ESCAPE
from emulator.kernel.errors import EmulatorError, UnknownName
from emulator.kernel.time import SECOND
from emulator.world.build import console_grammar
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, VtyDriver, world_of
from tests.routing_screens import ROUTING_SCRIPTS
from tests.service_screens import SERVICE_SCRIPTS

GOLDEN = Path(__file__).parent / "golden"
IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
NEWER = "c880data-universalk9-mz.154-2.T1.bin"

Script = Callable[[ConsoleDriver, BenchDriver], object]


def typing(*lines: str) -> Script:
    """A script that only types."""
    return lambda console, _: console.type(*lines)


def installing(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.screen = ""
    console.type(f"license install usbflash0:{file}", f"license install usbflash0:{file}", "show license")


def clearing(console: ConsoleDriver, bench: BenchDriver) -> None:
    installing(console, bench)
    console.screen = ""
    console.type("license clear advipservices", "yes", "license clear advipservices", "license clear advsecurity")


def revoking(console: ConsoleDriver, bench: BenchDriver) -> None:
    installing(console, bench)
    bench.do("usb remove R1", "portal permission R1")
    ticket = bench.mail_to("usb")
    bench.do("usb insert R1")
    console.screen = ""
    revoke = f"license revoke usbflash0:{ticket} flash:rehost.xml"
    console.type(revoke, "yes", revoke, "show license detail advipservices")


def reaching_the_server(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("software get c880data-universalk9-mz.154-2.T1.bin tftp")
    console.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    console.screen = ""
    console.type("copy tftp: flash:", "192.0.2.10", "c880data-universalk9-mz.154-2.T1.bin", "", "dir flash:")


def copying_by(protocol: str, user: tuple[str, ...] = (), password: tuple[str, ...] = ()) -> Script:
    """A script that fetches a file by a protocol and stores it again; then what fails: file, log-in, server."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        bench.world.store("tftp", "a.lic", b"x" * 1149, 1149)
        console.type(*ADDRESS, "configure terminal", "hostname R1", "end")
        console.screen = ""
        console.type(f"copy {protocol}: flash:", "192.0.2.10", *user, "a.lic", "", *password)
        console.type(f"copy flash:a.lic {protocol}:", "192.0.2.10", *user, "b.lic", *password)
        console.type(f"copy {protocol}://{'lab@' if password else ''}192.0.2.10/none flash:c.lic", "", *password)
        if protocol != "rcp":
            console.type(f"copy {protocol}://lab:wrong@192.0.2.10/a.lic flash:c.lic", "")
        console.type(f"copy {protocol}://192.0.2.99/a.lic flash:c.lic", "")

    return script


def mailing(*lines: str) -> Script:
    """A script that types at a router of release 15.4 that has a mail server, a profile and the lab's network."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        bench.do(f"software get {NEWER} usb", "usb insert R1")
        console.type("write", f"delete flash:{IMAGE}", "", "", f"copy usbflash0:{NEWER} flash:", "", *RELOAD)
        console.type(*ADDRESS)
        bench.do("advance 1m")
        console.screen = ""
        console.type(*MAIL_SETTINGS, *lines)

    return script


MAIL_SETTINGS = (
    "configure terminal", "service call-home", "call-home", "contact-email-addr noc@lab.example",
    "mail-server 192.0.2.99 priority 10", "mail-server 192.0.2.10 priority 20", "profile lab", "active",
    "destination transport-method email", "destination address email admin@lab.example", "end",
)  # fmt: skip
ADDRESS = ("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")


def connecting(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("rack R2 CISCO881-K9 serial FTX1405YDC8", "power R2 on")
    other = ConsoleDriver(console.world, "R2").boot()
    other.type("configure terminal", "hostname R2", "username admin privilege 15 secret lab", "line vty 0 4",
               "login local", "interface vlan 1", "ip address 192.0.2.2 255.255.255.0", "end")  # fmt: skip
    console.type(*ADDRESS)
    bench.do("advance 1m")
    console.screen = ""
    console.type("telnet 192.0.2.2", "admin", "lab", "show privilege", "exit")
    console.type("ssh -l admin 192.0.2.2", "guess", "lab", "show privilege", "exit", "ssh 192.0.2.2")
    console.type("telnet 192.0.2.2", "admin", "lab", ESCAPE, "show sessions", "where", "show users", "resume 1")
    console.type(
        "show privilege", ESCAPE, "", ESCAPE, "resume 2", "exit", "n", "disconnect 1", "", "show sessions", "resume"
    )
    other.type("configure terminal", "line vty 0 4", "transport input ssh", "end")
    console.type("telnet 192.0.2.2")


def with_the_stick(*lines: str) -> Script:
    """A script that types with a stick in R1 that holds the newer image."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        bench.do(f"software get {NEWER} usb", "usb insert R1")
        console.type(*lines)

    return script


copying_from_the_stick = with_the_stick(f"copy usbflash0:{NEWER} flash:", "", f"copy usbflash0:{NEWER} flash:", "", "n")


def copying_configurations(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type(*ADDRESS)
    console.screen = ""
    console.type(
        "copy running-config flash:",
        "run.cfg",
        "copy startup-config flash:",
        "",
        "copy flash:run.cfg startup-config",
        "",
        "copy startup-config tftp:",
        "192.0.2.10",
        "",
    )


def a_copy_cut_short(console: ConsoleDriver, bench: BenchDriver) -> None:
    """The cable, then the stick."""
    bench.do(f"software get {NEWER} tftp", f"software get {NEWER} usb", "usb insert R1")
    console.type(*ADDRESS)
    console.screen = ""
    for source, act in (("tftp://192.0.2.10/", "cable R1 FastEthernet0 out"), ("usbflash0:", "usb remove R1")):
        console.type(f"copy {source}{NEWER} flash:")
        console.screen += console.prompt + "\n"
        console.line.terminal.submit("")
        console.pass_time(2_000)
        bench.do(act)
        console.wait()
    console.type("dir")


def verifying(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type(f"verify {IMAGE}", f"verify /md5 {IMAGE}", "copy running-config flash:a", "", "verify flash:a")
    bench.do(f"damage R1 file {IMAGE}")
    console.type(f"verify {IMAGE}", f"verify /md5 {IMAGE} 0123456789abcdef0123456789abcdef")


def first_boot(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("power R1 off")
    console.screen = ""
    console.boot()


def stopping_in_rommon(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do(f"damage R1 file {IMAGE}")
    console.type("reload", "", "dir flash:", "hello", "dev", "help", "boot flash:nope", "dir")


def in_rommon(*lines: str) -> Script:
    """A script that types in ROMMON, where the register keeps the router."""

    def script(console: ConsoleDriver, _: BenchDriver) -> None:
        console.type("configure terminal", "config-register 0x2100", "end", "write", "reload", "")
        console.screen = ""
        console.type(*lines)

    return script


DOWNLOAD = ("IP_ADDRESS=192.0.2.1", "IP_SUBNET_MASK=255.255.255.0", "DEFAULT_GATEWAY=192.0.2.254",
            "TFTP_SERVER=192.0.2.10", f"TFTP_FILE={NEWER}")  # fmt: skip


def downloading(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds(f"software get {NEWER} tftp")
    in_rommon("tftpdnld", *DOWNLOAD, "tftpdnld", "y", "dir flash:", "tftpdnld -r")(console, bench)


def sending_breaks(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type("configure terminal", "config-register 0x2002", "end", "write", "reload", "")
    console.log_in()
    console.screen = ""
    bench.succeeds("break R1")
    console.type("stack", "context", "frame 0", "sysret", "cont", "show privilege")
    bench.succeeds("break R1")
    console.type("reset")
    console.log_in()
    console.type("show version | include return|reason")


def crashing(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type("write", "clock set 10:00:00 1 february 2011")
    console.screen = ""
    for cause in ("sigtrap", "bus-error", "forced"):
        bench.succeeds(f"fault R1 crash {cause}")
        console.log_in()
        console.type("show version | include return|reason")


def waking_a_tired_flash(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("fault R1 flash")
    console.type("write", "reload", "", "dir flash:", "reset", "")


LOG_IN = ("lab", "lab")
TARGET = "CISCO881-K9:FTX1405YDC8"


def calling_home(*scripts: tuple[str, ...]) -> Script:
    """A script that calls home with a PAK for two licenses, which stands for `PAK`."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        bench.do("order L-880-AIS= quantity 2")
        pak = next(reversed(records_of(console.world).paks))
        console.screen = ""
        for command, *answers in scripts:
            console.type(command.replace("PAK", pak), *LOG_IN, *answers)

    return script


FETCH = ("license call-home install pak PAK", "yes")
COUNTERS = ("license comment add advsecurity x", "license save flash:a.lic", "license clear advsecurity",
            "license install flash:a.lic")  # fmt: skip
FORMS = ("", " all", " detail", " feature", " file", " evaluation", " expiring", " in-use", " permanent",
         " image levels", " handle", " udi", " status", " statistics")  # fmt: skip
"""Every form of `show license` but those of the agent and of call home."""

ACCEPT = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
RELOAD = ("reload", "", "", "enable", "terminal length 0")


def in_state(*acts: str) -> Script:
    """Every form of `show license` in a state that the acts lead to; an act that begins with a bar is the bench's."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        for act in acts:
            if act.startswith("|"):
                bench.succeeds(act[1:])
            else:
                console.type(act)
        console.screen = ""
        console.type(*(f"show license{form}" for form in FORMS))

    return script


def upgraded(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    in_state("write", f"license install usbflash0:{file}", *RELOAD)(console, bench)


def used_to_its_limit(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do(f"software get {NEWER} usb", "order FL-WEBVPN-10-K9=")
    pak = next(reversed(records_of(console.world).paks))
    bench.do(f"portal register {pak} R1")
    file = bench.mail_to("usb")
    bench.do("usb insert R1")
    console.type("write", f"delete flash:{IMAGE}", "", "", f"copy usbflash0:{NEWER} flash:", "")
    in_state(*RELOAD, f"license install usbflash0:{file}", "|users R1 SSL_VPN in 10")(console, bench)


def setting_up(console: ConsoleDriver, bench: BenchDriver) -> None:
    """The dialog answered yes, with every complaint that the capture has."""
    bench.do("power R1 off")
    console.screen = ""
    console.router.power_on()
    console.world.clock.settle()
    console.pass_time(90_000)
    console.screen = ""
    console.type("", "yes", "yes", "test", "", "", "1234", "1234", "1234", "123", "yes", "", "", "", "FastEthernet4")
    console.type("yes", "1203210321", "192.168.0.2", "255.255.255.255", "", "", "255.255.255.128", "192.168.0.2")
    console.type("255.255.255.0", "")
    console.pass_time(10_000)
    console.type("", "enable", "1234")


def logging_in(console: ConsoleDriver, _bench: BenchDriver) -> None:
    """The lines of a line with a log-in, a wrong name first."""
    console.type("configure terminal", "username cisco privilege 15 secret cisco", "banner motd #", "* keep out *#")
    console.type("line con 0", "login local", "end")
    console.screen = ""
    console.type("exit", "", "nobody", "x", "cisco", "cisco", "configure terminal", "exit", "exit", "")
    console.type("a", "1", "b", "2", "c", "3")


def making_keys(console: ConsoleDriver, _bench: BenchDriver) -> None:
    """RSA keys: what is refused, made, replaced, shown, saved, read at a reload and taken away."""
    make = "crypto key generate rsa"
    console.type("configure terminal", f"{make} modulus 1024", "hostname R1", make, "ip domain name lab.test")
    console.type("crypto key zeroize rsa", make, "99", "", f"{make} modulus 2048", "maybe", "n")
    console.type(f"{make} modulus 1024", "yes", f"{make} usage-keys label VPN", "600", "", "end")
    console.pass_time(1_000)
    console.type("write", "show ip ssh", "show crypto key mypubkey rsa", "reload", "")
    console.log_in()
    console.type("configure terminal", f"{make} label X modulus 768 exportable", "ip ssh rsa keypair-name X")
    console.type("do show crypto key mypubkey rsa X", "do show ip ssh", "crypto key zeroize rsa Y")
    console.type("crypto key zeroize rsa X", "no", "crypto key zeroize rsa X", "yes")
    console.pass_time(1_000)
    console.type("crypto key zeroize rsa", "yes", "do show ip ssh")


def crashed(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type("show stacks", "show context", "write")
    bench.succeeds("fault R1 crash sigtrap")
    console.log_in()
    console.type("show stacks | begin Interrupt", "show context")


CERTIFICATE = ("crypto pki certificate chain LAB", "certificate self-signed 01", "30820229 30820192", "quit")


def serving(console: ConsoleDriver, _bench: BenchDriver) -> None:
    """Shows of services, before and after they are configured."""
    shows = ("show hosts", "show access-lists", "show ip nat translations", "show ntp status", "show ntp associations",
             "show snmp", "show ip ssh", "show ssh", "show ip dhcp binding", "show crypto isakmp sa",
             "show crypto ipsec sa")  # fmt: skip
    console.type(*shows)
    console.type("configure terminal", "ip host R9 192.0.2.9", "ip name-server 192.0.2.2", "ip domain name lab.test")
    console.type("access-list 98 remark who may ask", "access-list 98 permit 192.0.2.0 0.0.0.255")
    console.type("access-list 101 permit tcp any host 192.0.2.9 eq www", "ip access-list extended OUT")
    console.type("permit ip any any", "exit", "ip nat inside source static 192.168.1.5 198.51.100.5")
    console.type("ntp server 192.0.2.101", "snmp-server community example RO", "snmp-server location Here")
    console.type("ip ssh version 2", "end", *shows[:7])


def routing(console: ConsoleDriver, _bench: BenchDriver) -> None:
    console.type("configure terminal", "interface vlan 1", "ip address 192.168.1.1 255.255.255.0")
    console.type("interface FastEthernet4", "no shutdown", "ip address 10.220.88.20 255.255.255.0", "exit")
    console.type("ip route 0.0.0.0 0.0.0.0 10.220.88.1", "ip route 172.16.5.0 255.255.255.0 10.220.88.9", "end")
    console.pass_time(10_000)
    console.screen = ""


def after_routing(*lines: str) -> Script:
    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        routing(console, bench)
        console.type(*lines)

    return script


def speaking(console: ConsoleDriver, bench: BenchDriver) -> None:
    """Routing protocols, at the level that has them."""
    upgraded(console, bench)
    routing(console, bench)
    console.type("configure terminal", "router ospf 1", "network 0.0.0.0 255.255.255.255 area 0", "router eigrp 10")
    console.type("network 10.0.0.0", "router bgp 42", "neighbor 10.220.88.38 remote-as 44", "end")
    console.screen = ""
    console.type("show ip protocols", "show ip ospf neighbor", "show ip eigrp neighbors", "show ip bgp summary")


def rommon_and_licenses(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.type("show rom-monitor", f"license install usbflash0:{file}", "show rom-monitor")


def modifying(console: ConsoleDriver, _bench: BenchDriver) -> None:
    console.type("show version | count interface", "show running-config | section line")
    console.type("show running-config | section exclude interface|line", "show version | redirect flash:v.txt")
    console.type("show clock | tee /append flash:v.txt", "more flash:v.txt | begin register", "show clock | include (")
    console.type("show clock | redirect flash:no/where.txt")


EVALUATION = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "show license")


def with_clients(*lines: str) -> Script:
    """A script that types at con 0 while `ann` is there by SSH and `bob` by Telnet, half a minute after they came."""

    def script(console: ConsoleDriver, _bench: BenchDriver) -> None:
        console.type("configure terminal", "access-list 10 permit 192.0.2.0 0.0.0.255", "username bob password word")
        console.type("line vty 0 4", "login local", "access-class 10 in", "line vty 5 6", "transport input ssh", "end")
        VtyDriver(console.world, "192.0.2.7", "ssh", "ann", 15)
        VtyDriver(console.world, "192.0.2.9", "telnet").type("bob", "word")
        console.pass_time(30 * SECOND)
        console.screen = ""
        console.type(*lines)

    return script


def two_who_configure(console: ConsoleDriver, _bench: BenchDriver) -> None:
    """Screen of `ann` at a terminal line while con 0 configures too."""
    client = VtyDriver(console.world, "192.0.2.7", "ssh", "ann", 15)
    client.screen = ""
    client.type("terminal monitor", "configure terminal", "interface vlan 1")
    console.type("configure terminal", "interface vlan 1", "description by the console", "end")
    client.type("do show running-config | include description", "description by ann", "end", "show logging")
    console.screen = client.screen


def showing_bgp(console: ConsoleDriver, bench: BenchDriver) -> None:
    upgraded(console, bench)
    console.screen = ""
    console.type("show ip bgp", "configure terminal", *ADDRESS[1:3], "router bgp 65000", "network 192.0.2.0")
    console.type("neighbor 192.0.2.9 remote-as 65001", "neighbor 192.0.2.9 description Provider", "end")
    console.type("show ip bgp", "show ip bgp 192.0.2.7", "show ip bgp 10.0.0.1", "show bgp all summary")
    console.type("show ip bgp neighbors", "show ip bgp neighbors 192.0.2.8")
    console.type("configure terminal", "router bgp 65000", "bgp dampening", "template peer-session OUT")
    console.type("remote-as 65001", "timers 30 300", "exit", "template peer-policy IN", "next-hop-self", "end")
    console.type("show bgp all detail", "show bgp all cluster-ids", "show ip bgp all dampening parameters")
    console.type("show ip bgp template peer-session", "show ip bgp template peer-policy IN")
    console.type(
        "configure terminal", "router bgp 65000", "neighbor PEERS peer-group", "neighbor PEERS remote-as 65002"
    )
    console.type("neighbor PEERS description Branches", "neighbor 192.0.2.10 peer-group PEERS")
    console.type("neighbor 192.0.2.11 inherit peer-session OUT", "end", "show ip bgp summary")
    console.type("show ip bgp neighbors 192.0.2.10 | include remote AS|Description")


def showing_idle_protocols(console: ConsoleDriver, bench: BenchDriver) -> None:
    upgraded(console, bench)
    console.screen = ""
    lines = ("show ip bgp regexp ^1$", "show ip igmp groups", "show ip mroute", "show ip pim neighbor",
             "show ip pim rp mapping", "show ip ospf neighbor detail", "show ipv6 neighbors", "show ipv6 mroute",
             "show ipv6 pim neighbor", "show ipv6 eigrp neighbors")  # fmt: skip
    console.type(
        *lines, "configure terminal", "ip multicast-routing", "ipv6 unicast-routing", "router bgp 65000", "end"
    )
    console.type("show ip mroute", "show ipv6 neighbors", "show ip bgp neighbors 192.0.2.9 advertised-routes")


def showing_ipv6(console: ConsoleDriver, bench: BenchDriver) -> None:
    upgraded(console, bench)
    console.screen = ""
    console.type(
        "configure terminal", "ipv6 unicast-routing", "interface vlan 1", "ipv6 address 2001:db8:1::/64 eui-64"
    )
    console.type("interface loopback 0", "ipv6 enable", "end", "show ipv6 interface", "show ipv6 interface brief")
    console.type(
        "configure terminal", "ipv6 route ::/0 2001:db8:1::9", "end", "show ipv6 route", "show ipv6 route static"
    )
    console.type("show ipv6 route 2001:db8:1::5", "show ipv6 route interface vlan 1")


def at_the_access_point(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("rack R2 CISCO881W-GN-A-K9 serial FTX1405YDC8", "power R2 on")
    other = ConsoleDriver(console.world, "R2").boot()
    other.screen = ""
    ap = "service-module wlan-ap 0"
    other.type(f"{ap} session", f"{ap} status", "configure terminal", "interface wlan-ap 0",
               "ip address 10.0.0.1 255.0.0.0",
               "no shutdown", "end", f"{ap} session", "show clock", "exit", f"{ap} session clear", "",
               f"{ap} reset", "")  # fmt: skip
    other.pass_time(180 * SECOND)
    other.type(f"{ap} status")
    console.screen = other.screen


def dialing(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.do("rack R2 CISCO887VA-K9 serial FTX1405YDC8", "power R2 on")
    other = ConsoleDriver(console.world, "R2").boot()
    other.screen = ""
    other.type("show pppoe session", "show controllers", "configure terminal", "interface ethernet 0",
               "pppoe-client dial-pool-number 1", "no shutdown", "interface dialer 1", "ip address negotiated",
               "encapsulation ppp", "dialer pool 1", "end", "show pppoe session")  # fmt: skip
    other.pass_time(60 * SECOND)
    other.type("show pppoe session", "show pppoe session all", "show pppoe summary", "show ppp all",
               "configure terminal", "controller vdsl 0", "operating mode adsl2+", "end", "show controllers vdsl 0",
               "show pppoe summary", "show ppp all")  # fmt: skip
    console.screen = other.screen


def showing_vrfs(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.type(f"license install usbflash0:{file}").reload()
    console.screen = ""
    console.type(
        "show vrf", "configure terminal", "ip vrf RED", "rd 1:1", "route-target both 1:1", "ip vrf BLUE", "exit"
    )
    console.type("interface vlan 1", "ip vrf forwarding RED", *ADDRESS[2:3], "exit")
    console.type(
        "ip route vrf RED 0.0.0.0 0.0.0.0 192.0.2.254", "end", "show vrf", "show ip vrf", "show vrf detail RED"
    )
    console.type("show ip route vrf RED", "show ip route vrf RED 0.0.0.0", "show ip route", "show vrf GREEN")
    console.type("show ip route vrf GREEN", "show ip route vrf RED summary")


ARCHIVE_ON = ("configure terminal", "archive", "path flash:kept", "maximum 2", "end")


def archiving(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type("show archive", "archive config", *ARCHIVE_ON)
    console.screen = ""
    console.type("archive config", "configure terminal", "hostname R9", "interface vlan 1", "description LAN", "end")
    console.type("copy running-config flash:b.cfg", "", "show archive config differences flash:b.cfg")
    first = next(file.name for file in console.router.state.flash.files if file.name.startswith("kept-"))
    console.type(
        f"show archive config differences flash:{first}", f"show archive config differences flash:{first} flash:b.cfg"
    )
    console.type(
        f"show archive config incremental-diffs flash:{first}", "archive config", "archive config", "show archive"
    )
    console.type("show archive config differences flash:none")


def replacing(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type("copy running-config flash:a.cfg", "", "configure terminal revert timer 5", "configure confirm")
    console.type("configure terminal", "hostname R9", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    console.type(
        "configure replace flash:a.cfg",
        "",
        "configure replace flash:a.cfg",
        "y",
        "show running-config interface vlan 1",
    )
    console.type(*ARCHIVE_ON, "configure terminal revert timer 2", "hostname R8", "end")
    console.type("show archive config rollback timer")
    console.pass_time(120 * SECOND)
    console.type(
        "", "configure replace flash:a.cfg force revert timer 5", "configure revert now", "configure revert now"
    )
    bench.world.store("tftp", "bad.cfg", b"hostname R7\nno such line\nend\n", 30)
    console.type("configure replace flash:none force")


SCRIPTS: dict[str, Script] = {
    "show_ip_route_entry": typing(
        *ADDRESS,
        "configure terminal",
        "ip route 0.0.0.0 0.0.0.0 192.0.2.254",
        "ip route 10.1.0.0 255.255.0.0 192.0.2.9",
        "end",
        "show ip route 192.0.2.7",
        "show ip route 10.1.2.3",
        "show ip route 10.2.0.0",
        "show ip route 172.16.0.0",
        "show ip route 0.0.0.0",
        "show ip route 10.1.0.0 255.255.0.0",
        "show ip route 10.1.0.0 255.0.255.0",
        "show ip route summary",
        "show ip static route",
        "show ip route rip",
    ),
    "ping_options": typing(
        *ADDRESS,
        "ping 192.0.2.1 repeat 2 size 36 source vlan 1",
        "ping 192.0.2.10 source Vlan1 repeat 3 timeout 1",
        "ping 192.0.2.10 repeat 2 repeat 2",
        "ping 192.0.2.10 repeat x",
        "ping 192.0.2.10 source fa4",
        "ping 192.0.2.10 size",
        "ping",
        "",
        "192.0.2.1",
        "2",
        "",
        "x",
        "1",
        "y",
        "192.0.2.1",
        "",
        "",
        "",
        "",
        "",
        "n",
        "ping",
        "ipx",
        "traceroute 192.0.2.77 probe 1 ttl 1 2 timeout 1",
        "traceroute",
        "",
        "192.0.2.1",
        "",
        "",
        "",
        "1",
        "",
        "",
        "",
        "",
    ),
    "show_webvpn": typing(
        "show webvpn session context all",
        "configure terminal",
        "webvpn context VPN",
        "end",
        "show webvpn session context all",
        "show webvpn session context NONE",
    ),
    "show_interfaces_made": typing(
        "configure terminal",
        "interface loopback 0",
        "ip address 10.0.0.1 255.255.255.255",
        "interface fa4",
        "mtu 1400",
        "bandwidth 2000",
        "load-interval 30",
        "no keepalive",
        "interface fa4.10",
        "encapsulation dot1Q 10",
        "interface dialer 1",
        "encapsulation ppp",
        "interface tunnel 0",
        "tunnel source fa4",
        "tunnel destination 192.0.2.9",
        "tunnel key 5",
        "vlan 20",
        "interface vlan 20",
        "end",
        "show interfaces loopback 0",
        "show interfaces fa4",
        "show interfaces fa4.10",
        "show interfaces dialer 1",
        "show interfaces tunnel 0",
        "show interfaces vlan 20",
    ),
    "show_zones": typing(
        "configure terminal",
        "zone security INSIDE",
        "description of the office",
        "zone security OUTSIDE",
        "zone-pair security OUT source INSIDE destination OUTSIDE",
        "service-policy type inspect RULES",
        "zone-pair security IN source OUTSIDE destination self",
        "description to the router",
        "interface vlan 1",
        "zone-member security INSIDE",
        "end",
        "show zone security",
        "show zone security OUTSIDE",
        "show zone-pair security",
    ),
    "aliases": typing(
        "show aliases",
        "s clock",
        "w",
        "configure terminal",
        "alias exec sib show ip interface brief",
        "alias configure i interface",
        "alias interface on no shutdown",
        "i fa4",
        "on",
        "do sib",
        "no alias exec sib",
        "end",
        "sib fa4",
        "show",
        "sh",
        "show aliases",
        "configure terminal",
        "hostname R_1",
        "hostname " + "a" * 64,
        "hostname R1",
    ),
    "show_bgp": showing_bgp,
    "show_idle_protocols": showing_idle_protocols,
    "show_ipv6": showing_ipv6,
    "wlan_ap": at_the_access_point,
    "arp_entries": typing(
        *ADDRESS,
        "show arp 192.0.2.1",
        "show ip arp vlan 1",
        "show arp fa4",
        "show arp summary",
        "clear counters",
        "",
        "clear counters fa4",
        "n",
        "show interfaces fa0",
    ),
    "exec_programs": typing(
        "tclsh",
        "puts hello",
        "show privilege",
        "configure terminal",
        "interface loopback 0",
        "frobnicate",
        "end",
        "tclquit",
        "test aaa group radius joe secret legacy",
        "configure terminal",
        "aaa new-model",
        "username joe secret lab",
        "end",
        "test aaa group radius joe lab legacy",
        "test aaa group local joe lab new-code",
        "test aaa group local joe no new-code",
        "test aaa group X a b legacy",
        "setup",
        "no",
    ),
    "show_neighbor_details": typing(
        "show cdp interface fa0",
        "show cdp traffic",
        "show cdp entry *",
        "show cdp neighbors fa0",
        "show lldp interface",
        "configure terminal",
        "lldp run",
        "end",
        "show lldp interface fa0",
        "show lldp traffic",
        "show lldp neighbors fa0 detail",
    ),
    "show_policies": typing(
        "configure terminal",
        "ip prefix-list P permit 10.0.0.0/8 le 16",
        "ip prefix-list P permit 0.0.0.0/0",
        "route-map M permit 10",
        "match ip address 1",
        "set ip next-hop 192.0.2.9",
        "key chain K",
        "key 1",
        "key-string lab",
        "end",
        "show route-map",
        "show route-map all",
        "show ip prefix-list",
        "show ip prefix-list detail",
        "show key chain",
        "show route-map NONE",
    ),
    "show_security": typing(
        "show crypto session",
        "show dot1x",
        "configure terminal",
        "access-list 101 permit ip 10.0.0.0 0.255.255.255 any",
        "crypto map M 10 ipsec-isakmp",
        "set peer 198.51.100.9",
        "match address 101",
        "interface fa4",
        "crypto map M",
        "interface vlan 1",
        "ip address 192.0.2.1 255.255.255.0",
        "standby 1 ip 192.0.2.254",
        "standby 1 priority 110",
        "standby 1 preempt",
        "standby delay minimum 10 reload 60",
        "end",
        "show crypto session detail",
        "show dot1x all",
        "configure terminal",
        "interface fa0",
        "dot1x port-control auto",
        "crypto pki trustpoint LAB",
        "subject-name cn=IOS-Self-Signed-Certificate-1",
        *CERTIFICATE,
        "end",
        "show dot1x all details",
        "show dot1x all statistics",
        "show dot1x all count",
        "show authentication sessions",
        "show authentication sessions interface fa0",
        "show crypto pki certificates",
    ),
    "show_switch_tables": typing(
        "configure terminal",
        "vlan 20",
        "interface fa1",
        "switchport access vlan 20",
        "end",
        "show mac-address-table",
        "configure terminal",
        "mac-address-table static 0000.5e00.5301 vlan 20 interface fa1",
        "mac-address-table aging-time 600",
        "errdisable recovery cause bpduguard",
        "errdisable recovery interval 600",
        "end",
        "show mac-address-table",
        "show mac address-table vlan 20",
        "show mac-address-table interface fa1",
        "show mac-address-table dynamic",
        "show mac-address-table aging-time",
        "show errdisable recovery",
        "show errdisable detect",
        "show spanning-tree vlan 20",
        "show spanning-tree summary",
    ),
    "show_vlan_id": typing("show vlan id 1", "show vlan id 7", "show vtp password"),
    "show_interface_tables": typing(
        "configure terminal",
        "vlan 20",
        "interface fa1",
        "switchport mode trunk",
        "interface fa2",
        "switchport access vlan 20",
        "interface fa4",
        "description WAN",
        "end",
        "show interfaces switchport",
        "show interfaces trunk",
        "show interfaces fa2 switchport",
        "show interfaces summary",
        "show interfaces accounting",
        "show interfaces fa0 stats",
        "show interfaces counters",
        "show interfaces fa4 description",
        "show interfaces fa0 status",
    ),
    "show_vrf": showing_vrfs,
    "show_dhcp": typing(
        "show dhcp lease",
        "show ip dhcp pool",
        "configure terminal",
        "ip dhcp pool LAN",
        "network 192.168.1.0 255.255.255.0",
        "interface fa4",
        "no shutdown",
        "ip address dhcp",
        "end",
        "show ip dhcp pool",
        "show ip dhcp server statistics",
        "show dhcp lease",
        "show dhcp server",
        "show ip dhcp conflict",
        "show ip dhcp pool NONE",
    ),
    "show_nat": typing(
        "show ip nat statistics",
        "configure terminal",
        "interface vlan 1",
        "ip address 192.168.1.1 255.255.255.0",
        "ip nat inside",
        "interface fa4",
        "ip nat outside",
        "exit",
        "access-list 1 permit 192.168.1.0 0.0.0.255",
        "ip nat inside source list 1 interface fa4 overload",
        "ip nat inside source static tcp 192.168.1.5 80 198.51.100.1 80",
        "ip nat inside source static udp 192.168.1.5 53 interface fa4 5353",
        "ip nat inside source static network 192.168.2.0 198.51.102.0 /24",
        "ip nat outside source static 198.51.103.3 192.168.3.3",
        "do show ip nat translations",
        "interface fa4",
        "ip address 198.51.100.2 255.255.255.0",
        "no shutdown",
        "end",
        "show ip nat translations",
        "show ip nat statistics",
    ),
    "show_snmp_tables": typing(
        "configure terminal",
        "snmp-server community public RO",
        "snmp-server location Lab",
        "snmp-server host 192.0.2.9 version 2c public",
        "snmp-server chassis-id 42",
        "snmp-server engineID remote 192.0.2.9 80000009aabbccdd",
        "snmp-server view narrow system included",
        "snmp-server group readers v3 auth read narrow access 7",
        "snmp-server group operators v3 priv write v1default",
        "snmp-server user anna readers v3 auth sha secret-of-anna",
        "snmp-server user otto operators v3 auth md5 secret-of-otto priv aes 128 hidden-of-otto access 7",
        "snmp-server user otto operators remote 192.0.2.9 v3 auth sha secret-of-otto",
        "snmp-server user nobody readers remote 192.0.2.10 v3",
        "end",
        "show snmp chassis",
        "show snmp community",
        "show snmp contact",
        "show snmp engineID",
        "show snmp group",
        "show snmp host",
        "show snmp mib",
        "show snmp location",
        "show snmp user",
        "show snmp view",
        "show snmp context",
        "show snmp mib ifmib ifindex",
        "show snmp mib ifmib ifindex fa4",
    ),
    "show_protocols": typing(
        "show protocols",
        "show controllers fa4",
        "configure terminal",
        "clock timezone PST -8",
        "clock summer-time PDT recurring",
        *ADDRESS[1:],
        "clock set 10:00:00 4 July 2012",
        "show calendar",
        "show clock detail",
        "show controllers",
        "show inventory raw",
        "show protocols",
    ),
    "show_pppoe": dialing,
    "archive": archiving,
    "configure_replace": replacing,
    "configure_method": typing(
        "configure",
        "memory",
        "write",
        "configure",
        "memory",
        "configure memory",
        "configure",
        "",
        "end",
        "configure",
        "x",
        "configure network",
        "",
        "192.0.2.10",
        "",
        "n",
        "configure network",
        "x",
        "configure overwrite-network",
        "192.0.2.10",
        "none-confg",
        "write network",
        "192.0.2.10",
        "",
        "n",
        "write network",
        "",
        "",
    ),
    "lines": with_clients(
        "show users",
        "show users all",
        "show users wide",
        "show line",
        "show line summary",
        "show line vty 0",
        "show line 3",
        "show line vty 99",
        "show line vty 0 4",
        "show line 1 2",
        "show line vty 3 2",
        "show line vty 0 15",
    ),
    "clear_line": with_clients(
        "clear line vty 0",
        "",
        "clear line 3",
        "n",
        "clear line console 0",
        "clear line 150",
        "disconnect",
        "disconnect ssh vty 1",
        "disconnect ssh 0",
        "show users",
    ),
    "send": with_clients("send *", "The router goes down\nin ten minutes.\x1a", "", "send vty 0", "hello\x1a", "n"),
    "two_who_configure": two_who_configure,
    "login": logging_in,
    "output_modifiers": modifying,
    "connect": connecting,
    "ping": after_routing(
        "ping 10.220.88.20",
        "ping 192.0.2.10",
        "show arp",
        "ping 203.0.113.1",
        "traceroute 10.220.88.20",
        "telnet 10.220.88.20",
        "telnet 203.0.113.1",
    ),
    "setup_dialog": setting_up,
    "show_bootvar": typing("show bootvar", "configure terminal", f"boot system flash {IMAGE}", "end", "show boot"),
    "show_history": typing(
        "show clock",
        "show history",
        "configure terminal",
        "hostname R1",
        "do show history",
        "end",
        "terminal history size 1",
        "show history",
    ),
    "show_interfaces_description": typing(
        "configure terminal",
        "interface FastEthernet4",
        "description to the provider",
        "end",
        "show interfaces description",
    ),
    "show_ip_interface": after_routing("show ip interface fa4", "show ip interface fa0"),
    "show_ip_route": after_routing("show ip route", "show ip route static", "show ip route connected"),
    "show_ip_services": serving,
    "show_logging": typing("show logging", "clear logging", "", "configure terminal", "end", "show logging"),
    "show_neighbors": typing(
        "show cdp",
        "show cdp neighbors",
        "show cdp neighbors detail",
        "show lldp",
        "configure terminal",
        "no cdp run",
        "lldp run",
        "end",
        "show cdp",
        "show lldp",
        "show lldp neighbors",
        "show lldp neighbors detail",
    ),
    "show_privilege": typing("show privilege", "disable", "show privilege", "enable 7", "show privilege"),
    "show_processes": typing("show processes", "show processes cpu", "show processes cpu sorted"),
    "show_rom_monitor": rommon_and_licenses,
    "show_routing_protocols": speaking,
    "show_stacks": crashed,
    "show_terminal": typing("show terminal", "terminal monitor"),
    "show_users": typing("show users", "who"),
    "show_vlan_switch": typing("show vlan-switch", "show vlan-switch brief", "show vlan | include active"),
    "boot": first_boot,
    "clock_set": typing("clock set 10:00:00 1 february 2011", "clock set 10:00:01 feb 30 2011", "show clock"),
    "copy": reaching_the_server,
    "copy_ftp": copying_by("ftp"),
    "copy_rcp": copying_by("rcp", ("",)),
    "copy_http": copying_by("http"),
    "copy_https": copying_by("https"),
    "copy_scp": copying_by("scp", ("lab",), ("lab",)),
    "copy_running_startup": typing("copy running-config startup-config", ""),
    "copy_configurations": copying_configurations,
    "copy_cut": a_copy_cut_short,
    "copy_local": copying_from_the_stick,
    "lock": typing(
        "lock",
        "configure terminal",
        "line con 0",
        "lockable",
        "end",
        "lock",
        "one",
        "two",
        "lock",
        "one",
        "one",
        "show clock",
        "one",
        "show clock",
    ),
    "debug_license": typing(
        "debug license events",
        "debug license core errors",
        "show debugging",
        "license modify priority advipservices high",
        "no debug license events",
        "show debugging",
        "undebug all",
        "show debugging",
    ),
    "delete": typing(
        "copy flash:c880data-universalk9-mz.150-1.M4.bin flash:old.bin",
        "",
        "delete old.bin",
        "",
        "",
        "delete none",
        "",
        "",
        "mkdir flash:d",
        "",
        "copy running-config flash:d/a",
        "",
        "delete /recursive d",
        "",
        "",
        "",
        "",
        "dir",
    ),
    "dir": typing("dir", "dir usbflash0:", "dir nvram:", "mkdir d", "", "dir /recursive"),
    "dir_all": typing("write", "dir all-filesystems"),
    "directories": typing(
        "mkdir config", "", "mkdir config", "", "cd config", "pwd", "dir", "cd", "rmdir config", "", "", "cd config"
    ),
    "erase": typing("write", "erase startup-config", "n", "write erase", "", "show startup-config", "reload", "", "no"),
    "erase_flash": typing("erase flash:", "n", "erase flash:", "", "dir"),
    "exit": typing("exit", ""),
    "format": typing("format usbflash0:", "format flash:", "", "", "dir flash:", "show license in-use", "reload", ""),
    "help": typing("help", "configure terminal", "help"),
    "license_accept": typing(
        "configure terminal",
        "license accept end user agreement",
        "yes",
        "license boot module c880-data level advipservices",
        "do show running-config | include ^license",
        "no license accept end user agreement",
        "end",
        "show license",
    ),
    "license_boot_module": typing(*EVALUATION),
    "call_home_mail": mailing(
        "call-home test profile lab",
        "call-home test greetings profile lab",
        "call-home send alert-group inventory",
        "call-home send alert-group configuration profile other",
        "configure terminal",
        "call-home",
        "no mail-server 192.0.2.10",
        "end",
        "call-home test profile lab",
    ),
    "show_call_home": mailing("show call-home", "show call-home mail-server status"),
    "license_call_home_install": calling_home(FETCH, FETCH),
    "license_call_home_resend": calling_home(
        FETCH,
        ("license call-home resend", "flash:resend.lic"),
        ("license call-home resend flash:again.lic",),
        ("license call-home resend", ""),
    ),
    "license_call_home_revoke": calling_home(
        FETCH,
        (f"license call-home revoke udi {TARGET}", "1", "yes", "yes", "flash:target.lic"),
        (f"license call-home revoke udi {TARGET}",),
    ),
    "license_clear": clearing,
    "license_comment": typing(
        'license comment add advsecurity "spare unit"',
        "license comment add advipservices x",
        "show license file | include Comment",
        "license comment delete advsecurity",
        "yes",
        "license comment delete advsecurity",
    ),
    "license_install": installing,
    "license_modify_priority": typing(
        "license modify priority advsecurity high",
        "license modify priority foo low",
        "license modify priority advipservices high",
        "license modify priority advipservices low",
    ),
    "license_revoke": revoking,
    "license_save": typing(
        "license save flash:all.lic",
        "license save usbflash0:all.lic",
        "license install flash:all.lic",
        "more flash:all.lic",
    ),
    "license_save_credential": typing(
        "license save credential flash:credential.xml",
        "more flash:credential.xml",
        f"more flash:{IMAGE}",
    ),
    "license_state_pending": in_state(),
    "license_state_accepted": in_state(*ACCEPT),
    "license_state_evaluating": in_state(*ACCEPT, *RELOAD, "|advance 5d"),
    "license_state_expired_in_use": in_state(*ACCEPT, *RELOAD, "|advance 61d"),
    "license_state_expired_not_in_use": in_state(*ACCEPT, *RELOAD, "|advance 61d", *RELOAD),
    "license_state_permanent": upgraded,
    "license_state_consumed": used_to_its_limit,
    "reload": typing("configure terminal", "hostname Lab", "end", "reload", "yes", "", ""),
    "config_register": typing(
        "configure terminal",
        "config-register 0x10000",
        "config-register 0x2142",
        "end",
        "show version | include register",
        "reload",
        "no",
        "",
    ),
    "crash": crashing,
    "crypto_key": making_keys,
    "public_keys": typing(
        "show crypto key pubkey-chain rsa",
        "configure terminal",
        "crypto key pubkey-chain rsa",
        "named-key realm-cisco.pub signature",
        "key-string",
        "30820122 300D0609 2A864886 F70D0101 01050003 82010F00 3082010A 02820101",
        "F3020301 0001",
        "quit",
        "address 192.0.2.7",
        "exit",
        "addressed-key 192.0.2.8",
        "end",
        "show running-config | section pubkey-chain",
        "show crypto key pubkey-chain rsa",
        "show crypto key pubkey-chain rsa name realm-cisco.pub",
        "show crypto key pubkey-chain rsa address 192.0.2.8",
    ),
    "rename": typing(f"rename {IMAGE} new.bin", "", "rename none x", "", "dir"),
    "show_parser": typing(
        "show parser statistics",
        "write memory",
        "copy startup-config running-config",
        "",
        "show parser statistics",
        "show parser dump exec | include reload|eigrp",
        "show parser dump configure | include reload|eigrp",
    ),
    "reload_reason": typing(
        "reload in 5 new image",
        "",
        "show reload",
        "reload cancel",
        "clock set 10:00:00 1 february 2011",
        "reload at 10:30 new image",
        "n",
        "reload at 10:30 feb 5 new image",
        "n",
        "reload at 10:30 5 feb",
        "n",
        "reload at 9:30 1 february",
        "reload at 9:30 30 february",
        "reload reason new image",
        "n",
        "reload new image",
        "",
        "no",
        "",
        "enable",
        "show version | include reload",
    ),
    "reload_scheduled": typing(
        "show reload",
        "reload cancel",
        "reload at 10:30",
        "reload in 90",
        "",
        "show reload",
        "reload cancel",
        "clock set 10:00:00 1 february 2011",
        "reload at 10:30",
        "",
        "show reload",
        "reload in 5",
        "n",
        "reload cancel",
    ),
    "rommon": stopping_in_rommon,
    "rommon_boot": in_rommon("boot flash:nope", "boot usbflash0:", "boot tftp:x", f"boot flash:{IMAGE}"),
    "rommon_break": sending_breaks,
    "rommon_confreg": in_rommon("confreg 0x2102", "confreg", "y", "", "", "", "", "", "y", "", "y", "2", "n"),
    "rommon_information": in_rommon(
        "meminfo",
        "showmon",
        "sysret",
        "cookie",
        "dis",
        "dis 80020000 4",
        "iomemset 20",
        "iomemset 99",
        "rommon-pref readonly",
        "rommon-pref upgrade",
        "stack",
    ),
    "rommon_tftpdnld": downloading,
    "rommon_tired_flash": waking_a_tired_flash,
    "rommon_variables": in_rommon("A=1", "set", "sync", "alias v=set", "alias", "v", "unset A", "history", "repeat 2"),
    "rommon_xmodem": in_rommon("xmodem", "xmodem -c a.bin", "y"),
    "show_arp": after_routing("show arp"),
    "show_file_information": typing(
        f"show file information flash:{IMAGE}", "show file information system:running-config"
    ),
    "show_file_systems": with_the_stick("show file systems"),
    "show_interfaces": typing("show interfaces FastEthernet4", "show interfaces vlan 1", "show interfaces fa0"),
    "show_license_agent": typing(
        "show license agent counters",
        "configure terminal",
        "license agent max-sessions 3",
        "end",
        "show license agent sessions",
    ),
    "show_license_call_home_pak": calling_home(("show license call-home pak PAK",)),
    "show_license_detail": typing("show license detail", "show license detail advsecurity"),
    "show_license_expiring": typing("show license expiring", *EVALUATION[:-1], "show license expiring"),
    "show_license_image_levels": typing("show license image levels", *EVALUATION[:-1], "show license image levels"),
    "show_license_statistics": typing("show license statistics", *COUNTERS, "show license statistics"),
    "copy_to_running": typing(
        "write",
        "configure terminal",
        "hostname Other",
        "end",
        "copy startup-config running-config",
        "",
    ),
    "copy_signatures": typing(
        "write", "copy nvram:startup-config flash:IOS-S500.pkg", "", "copy flash:IOS-S500.pkg idconf"
    ),
    "show_running_config_forms": typing(
        "configure terminal",
        *CERTIFICATE,
        "end",
        "show running-config full | section certificate",
        "show running-config brief | section certificate",
        "show running-config linenum | begin line con",
        "show running-config interface vlan 1 linenum",
    ),
    "show_running_config_interface": typing("show running-config interface FastEthernet4"),
    "show_startup_config": typing("show startup-config", "write", "show startup-config"),
    "verify": verifying,
    "write": typing("write"),
}


def typed_alone() -> dict[str, Script]:
    """A script for each command that has no arguments: it is typed on a router that has just booted."""
    lines: dict[str, str] = {}
    for command in console_grammar().commands:
        if command.output and not set("<[{").intersection(command.line):
            lines.setdefault(command.output, command.line)
    return {name: typing(line) for name, line in lines.items()}


@cache
def screens() -> dict[str, Script]:
    """Every golden screen. A command whose `output` names none of `SCRIPTS` is typed alone."""
    return {**typed_alone(), **SCRIPTS, **ROUTING_SCRIPTS, **SERVICE_SCRIPTS}


def play(name: str) -> str:
    """Text of the screen `name`."""
    world = world_of("R1")
    console, bench = ConsoleDriver(world), BenchDriver(world)
    console.boot()
    console.screen = ""
    screens()[name](console, bench)
    return console.screen + console.prompt


def main(names: list[str]) -> None:
    """Write golden screens; what is wrong with a name, or with a table that is read on the way, ends it."""
    try:
        for name in names:
            if name not in screens():
                raise UnknownName("screen", name, screens())
        for name in names or screens():
            (GOLDEN / f"{name}.txt").write_text(play(name), encoding="utf-8")
            print(f"tests/golden/{name}.txt")
    except EmulatorError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
