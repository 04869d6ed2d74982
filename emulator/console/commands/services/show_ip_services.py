"""Shows of the services beside forwarding: names, addresses, translations, lists, time, management, security."""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.security.access_lists import show_access_lists
from emulator.console.render.security.crypto_keys import show_ip_ssh
from emulator.console.render.services import ip_services
from emulator.console.render.services.nat import show_nat
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "clear": "Reset functions",
    "clear host": "Delete host table entries",
    "clear host *": "Delete all learned entries",
    "clear host <name>": "Hostname to clear",
    "show": "Show running system information",
    "show access-lists": "List access lists",
    "show access-lists <name>": "ACL name",
    "show arp": "ARP table",
    "show arp application": "ARP application information",
    "show configuration": "Contents of Non-Volatile memory",
    "show configuration lock": "Configuration lock information",
    "show ip traffic": "IP protocol statistics",
    "show crypto": "Encryption module",
    "show crypto ipsec": "Show IPSEC policy",
    "show crypto ipsec sa": "IPSEC SA table",
    "show crypto ipsec sa detail": "show counter detail",
    "show crypto isakmp": "Show ISAKMP",
    "show crypto isakmp sa": "Show ISAKMP Security Associations",
    "show hosts": "IP domain-name, lookup style, nameservers, and host table",
    "show ip": "IP information",
    "show ip access-lists": "List IP access lists",
    "show ip access-lists <name>": "ACL name",
    "show ip dhcp": "Show items in the DHCP database",
    "show ip dhcp binding": "DHCP address bindings",
    "show ip nat": "IP NAT information",
    "show ip nat translations": "Translation entries",
    "show ip ssh": "Information on SSH",
    "show ntp": "Network time protocol",
    "show ntp associations": "NTP associations",
    "show ntp associations detail": "Show detail",
    "show ntp config": "NTP configuration",
    "show ntp status": "NTP status",
    "show snmp": "SNMP statistics",
}


def hosts(session: Session) -> Handler:
    yield Say(ip_services.show_hosts(session.router))


def forget_hosts(session: Session) -> None:
    session.router.running.hosts.clear()


def forget_host(session: Session, *, name: str) -> None:
    session.router.running.hosts.pop(name.lower(), None)


def traffic(session: Session) -> Handler:
    yield Say(ip_services.show_ip_traffic(session.router.running.ip))


def access_lists(session: Session, *, name: str | None) -> Handler:
    yield Say(show_access_lists(session.router.configuration, name))


def nat(session: Session) -> Handler:
    yield Say(show_nat(session.router))


def ntp_status(session: Session) -> Handler:
    yield Say(ip_services.show_ntp_status(session.router.configuration))


def ntp_associations(session: Session) -> Handler:
    yield Say(ip_services.show_ntp_associations(session.router.configuration))


def ntp_detail(session: Session) -> Handler:
    servers = ip_services.ntp_servers(session.router.configuration)
    yield Say("".join(wording("ntp.association_detail", server=each) for each in servers))


def ntp_config(session: Session) -> Handler:
    lines = session.router.configuration.lines.values()
    yield Say("".join(f" {line}\n" for line in lines if line.startswith("ntp ")))


def snmp(session: Session) -> Handler:
    yield Say(ip_services.show_snmp(session.router))


def ip_ssh(session: Session) -> Handler:
    yield Say(show_ip_ssh(session.router))


def fixed(_session: Session, *, key: str) -> Handler:
    """Show a screen that is the same in every router on which the service is not used."""
    yield Say(wording(key))


_SOURCE = "IOS command references, recalled"
_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_ip_services", source=_SOURCE, basis="R")
COMMANDS = (
    _SHOW("show access-lists [<name:Word>]", run=access_lists),
    _SHOW("show crypto ipsec sa [detail]", run=partial(fixed, key="show.ipsec_sa"), when=feature("ipsec")),
    _SHOW("show crypto isakmp sa", run=partial(fixed, key="show.isakmp_sa"), when=feature("ipsec")),
    _SHOW("show hosts", run=hosts),
    Command("clear host *", modes=(EXEC,), privilege=PRIVILEGED, run=forget_hosts, source=_SOURCE, basis="R"),
    Command("clear host <name:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=forget_host, source=_SOURCE, basis="R"),
    Command("show ip traffic", modes=(EXEC,), run=traffic, piped=True, output="show_ip_traffic", source=_SOURCE,
            basis="R"),
    _SHOW("show ip access-lists [<name:Word>]", run=access_lists),
    _SHOW("show ip dhcp binding", run=partial(fixed, key="show.dhcp_binding")),
    _SHOW("show ip nat translations", run=nat),
    _SHOW("show ip ssh", run=ip_ssh),
    _SHOW("show ntp associations", run=ntp_associations),
    _SHOW("show ntp associations detail", run=ntp_detail),
    _SHOW("show ntp config", run=ntp_config),
    _SHOW("show ntp status", run=ntp_status),
    _SHOW("show snmp", run=snmp),
    *(Command(line, modes=(EXEC,), run=partial(fixed, key=key), piped=True, output=output, source=_SOURCE, basis="R")
      for line, key, output in (
          ("show arp application", "show.arp_application", "show_arp_application"),
          ("show configuration lock", "show.configuration_lock", "show_configuration_lock"),
      )),
)  # fmt: skip
