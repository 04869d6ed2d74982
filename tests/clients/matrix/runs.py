"""Runs of each client at each router: the table behind `docs/clients.md`."""

from typing import NamedTuple


class Run(NamedTuple):
    """One client's act.

    Attributes:
        client: its name in the document; acts of one name share a row.
        environment: the Python environment that it runs in.
        module: in this folder.
        act: of that module.
    """

    client: str
    environment: str
    module: str
    act: str


RUNS: dict[str, tuple[Run, ...]] = {
    "R5": (
        Run("pyATS with Unicon and Genie", "pyats", "pyats", "upgrade"),
        Run("pyATS with Unicon and Genie", "pyats", "pyats", "parsers"),
    ),
    "R8": (Run("Netmiko, autodetect", "python", "netmiko", "autodetect"),),
    "R4": (
        Run("Ansible", "ansible", "ansible", "upgrade"),
        Run("Ansible", "ansible", "ansible", "paramiko"),
    ),
    "R7": (Run("Ansible over libssh", "ansible", "ansible", "libssh"),),
    "R6": (
        Run("NAPALM", "python", "napalm", "before"),
        Run("Nornir", "python", "nornir", "before"),
        Run("RANCID", "python", "rancid", "before"),
        Run("OpenSSH, with pexpect", "python", "openssh", "upgrade"),
        Run("NAPALM", "python", "napalm", "after"),
        Run("Nornir", "python", "nornir", "after"),
        Run("RANCID", "python", "rancid", "after"),
        Run("OpenSSH, with pexpect", "python", "openssh", "keys"),
        Run("OpenSSH, with pexpect", "python", "openssh", "scp"),
        Run("Paramiko", "python", "paramiko", "commands"),
    ),
    "R1": (
        Run("Netmiko, SSH", "python", "netmiko", "upgrade"),
        Run("Netmiko, Telnet", "python", "netmiko", "telnet"),
        Run("Netmiko, console port", "python", "netmiko", "console"),
        Run("Netmiko, file transfer", "python", "netmiko", "transfer"),
    ),
    "R2": (
        Run("scrapli 2025.1.30, OpenSSH", "scrapli-2025", "scrapli_2025", "upgrade"),
        Run("scrapli 2025.1.30, Paramiko", "scrapli-2025", "scrapli_2025", "paramiko"),
        Run("scrapli 2025.1.30, Telnet", "scrapli-2025", "scrapli_2025", "telnet"),
    ),
    "R3": (
        Run("scrapli 2026, OpenSSH", "python", "scrapli_2026", "upgrade"),
        Run("scrapli 2026, libssh2", "python", "scrapli_2026", "libssh2"),
        Run("scrapli 2026, Telnet", "python", "scrapli_2026", "telnet"),
    ),
}
"""Runs by router, one after the other; those of different routers at the same time, the longest first."""
