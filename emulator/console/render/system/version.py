"""`show version` of an 880, after captures of 881s (C); lines that depend on the release follow its dialect."""

from emulator.console.render.periods import uptime
from emulator.console.wording import text_file
from emulator.hardware.board import ResetCause
from emulator.router.clocks import moment
from emulator.router.device import Router
from emulator.router.state import RELOAD_COMMAND

CRYPTO_NOTICE = text_file("crypto_notice")

RELOAD_REASONS = {ResetCause.RELOAD: RELOAD_COMMAND, ResetCause.POWER_ON: "power-on"}
"""Reasons that follow from the cause alone (C)."""

UNLICENSED = "Default. No valid license found."
"""Type of a level that runs without a license (C on a CSR1000V and a Catalyst 3560-CX of the same code)."""

RULE = "-" * 49


def hardware_lines(router: Router) -> str:
    """Processor, board, interfaces and memories."""
    platform = router.platform
    flash_kib = router.state.flash_kib or platform.flash_kib
    return (
        f"Cisco {platform.hardware_name} (revision {platform.processor_revision})"
        f" with {platform.main_kib}K/{platform.iomem_kib}K bytes of memory.\n"
        f"Processor board ID {router.state.udi.serial}\n\n"
        + "".join(f"{line}\n" for line in platform.counts)
        + f"{platform.nvram_kib}K bytes of non-volatile configuration memory.\n"
        f"{flash_kib}K bytes of {platform.flash_kind}\n"
    )


def show_version(router: Router) -> str:
    """The whole screen, without the blank line before the next prompt."""
    running, manifest, platform = router.running, router.manifest, router.platform
    return (
        f"{manifest.banner}\n"
        f"\nROM: System Bootstrap, Version {platform.rommon}, RELEASE SOFTWARE ({platform.rommon_build})\n\n"
        f"{router.hostname} uptime is {uptime(router.uptime())}\n"
        + _reset_lines(router)
        + f'System image file is "{running.booted_from or f"flash:{running.image}"}"\n'
        + _reload_lines(router)
        + "\n\n"
        + CRYPTO_NOTICE
        + "\n"
        + hardware_lines(router)
        + _license_lines(router)
        + f"\n\nConfiguration register is 0x{router.state.config_register:x}{_pending(router)}\n\n"
    )


def _pending(router: Router) -> str:
    """The register of the next start, where it is another (C)."""
    pending = router.state.pending_register
    return "" if pending is None else f" (will be 0x{pending:x} at next reload)"


def _reset_lines(router: Router) -> str:
    reset, restarted = router.state.reset, router.running.restarted
    at = f" at {moment(reset.at)}" if reset.at else ""
    text = f"System returned to ROM by {reset.detail or reset.cause}{at}\n"
    return text + (f"System restarted at {moment(restarted)}\n" if restarted else "")


def _reload_lines(router: Router) -> str:
    """Print the reason; after a power-on some releases omit it and a blank line (C), and old ones omit more."""
    reset, lines = router.state.reset, router.manifest.dialect.reload_lines
    text = "Last reload type: Normal Reload\n" if lines != "none" else ""
    if lines != "type and reason":
        return text
    if reset.cause is ResetCause.POWER_ON and not router.manifest.dialect.reload_reason_after_power_on:
        return text
    return text + f"Last reload reason: {reset.reason or reset.detail or RELOAD_REASONS[reset.cause]}\n\n"


def _license_lines(router: Router) -> str:
    udi, running = router.state.udi, router.running
    in_use = router.activation.inventory.in_use()
    kind = next(
        (view.title for view in router.activation.inventory.views() if in_use and view.line.id == in_use.line.id),
        UNLICENSED,
    )
    return (
        f"\n\nLicense Info:\n\nLicense UDI:\n\n{RULE}\nDevice#\t  PID\t\t\tSN\n{RULE}\n"
        f"*{0:<3d}\t  {udi.pid:<22s}{udi.serial:<16s}\n\n\n\n"
        f"License Information for '{router.manifest.license_module}'\n"
        f"    License Level: {running.level}   Type: {kind}\n"
        f"    Next reboot license Level: {router.activation.inventory.next_level().level}\n"
    )
