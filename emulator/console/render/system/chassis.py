"""`show rom-monitor`, `show diag`, `show platform`, `show bootvar`: the board and how it starts.

C: the words of `show rom-monitor` after license activity (an 1800; that a family which keeps its licenses in the boot
flash says the same is I). R: the other forms; I: `show platform` on this family, after that of later ones.
"""

from emulator.console.render.ages import age
from emulator.console.render.system.boot import bootstrap_lines
from emulator.console.wording import wording
from emulator.router.device import Router
from emulator.router.network.views import dotted


def show_rom_monitor(router: Router) -> str:
    """Screen of `show rom-monitor`: both regions of ROMMON."""
    in_use = router.activation.inventory.in_use()
    active = router.running.license_activity or (in_use is not None and in_use.line.rule.metered)
    upgrade = "show.rom_monitor_hidden" if active else "show.rom_monitor_none"
    return wording("show.rom_monitor", bootstrap=bootstrap_lines(router.platform), upgrade=wording(upgrade))


def show_diag(router: Router) -> str:
    """The motherboard and its identity EEPROM."""
    platform, udi = router.platform, router.state.udi
    ports = sum(each.kind != "vlan" for each in platform.interfaces)
    return wording(
        "show.diag",
        model=platform.model,
        ports=ports,
        age=age(router.uptime()),
        revision=platform.inventory.hardware_revision,
        pid=udi.pid,
        vid=platform.inventory.vid.strip(),
        serial=udi.serial,
        mac=dotted(int(router.state.mac.replace(".", ""), 16)),
    )


def show_platform(router: Router) -> str:
    """Screen of `show platform`: one slot, which is the router."""
    model, since = f"{router.platform.model:<19s}", f"{age(router.uptime()):<17s}"
    return wording("show.platform", pid=router.state.udi.pid, model=model, age=since)


def show_bootvar(router: Router) -> str:
    """Screen of `show bootvar`: the files that the next start looks for."""
    lines = router.configuration.lines.values()
    names = [line.removeprefix("boot system ") for line in lines if line.startswith("boot system ")]
    if names:
        boot = f"BOOT variable = {';'.join(f'{_url(name)},1' for name in names)};\n"
    else:
        boot = "BOOT variable does not exist\n"
    pending = router.state.pending_register
    will = "" if pending is None else f" (will be 0x{pending:x} at next reload)"
    return (
        f"{boot}CONFIG_FILE variable does not exist\nBOOTLDR variable does not exist\n"
        f"Configuration register is 0x{router.state.config_register:x}{will}\n\n"
    )


def _url(words: str) -> str:
    """`flash x.bin` is `flash:x.bin`."""
    device, blank, name = words.partition(" ")
    return f"{device.rstrip(':')}:{name}" if blank else device
