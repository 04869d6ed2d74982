"""Shows of voice, on the products that have it: ports, dial peers, telephones, agents."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.services import voice
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Configuration

HELP = {
    "show": "Show running system information",
    "show call-manager-fallback": "Call Manager Fallback information",
    "show call-manager-fallback all": "All settings",
    "show dial-peer": "Dial Plan Mapping Table for, e.g. VoIP Peers",
    "show dial-peer cor": "Class of restriction",
    "show dial-peer voice": "Dial Plan Mapping Table for VoIP, VoFR, VoATM Peers",
    "show dial-peer voice summary": "Dial Peer summary",
    "show dspfarm": "DSP farm information",
    "show dspfarm all": "All DSP farm information",
    "show ephone": "Display all ephones",
    "show ephone-dn": "Display all ephone-dns",
    "show ephone-dn summary": "Summary of ephone-dns",
    "show gateway": "Show status of gateway",
    "show mgcp": "Display Media Gateway Control Protocol Information",
    "show sip-ua": "SIP User Agent",
    "show sip-ua status": "Display SIP UA listener status",
    "show telephony-service": "Telephony-service information",
    "show voice": "Voice port configuration & stats",
    "show voice port": "Voice port configuration",
    "show voice port summary": "Summary of all voice ports",
    "show voice translation-rule": "Translation rule",
}


def of_configuration(session: Session, *, screen: Callable[[Configuration], str]) -> Handler:
    yield Say(screen(session.router.configuration))


def _show(line: str, screen: Callable[[Configuration], str], needs: str = "voice") -> Command:
    return Command(line, modes=(EXEC,), run=partial(of_configuration, screen=screen), piped=True, output="show_voice",
                   when=feature(needs), source="IOS voice command reference, recalled", basis="R")  # fmt: skip


COMMANDS = (
    _show("show call-manager-fallback all", voice.show_fallback, "srst"),
    _show("show dial-peer cor", voice.show_class_lists),
    _show("show dial-peer voice summary", voice.show_dial_peers),
    _show("show dspfarm all", voice.show_farms),
    _show("show ephone", voice.show_telephones, "cme"),
    _show("show ephone-dn summary", voice.show_directory_numbers, "cme"),
    _show("show gateway", voice.show_gateway),
    _show("show mgcp", voice.show_media_gateway),
    _show("show sip-ua status", voice.show_sip_agent),
    _show("show telephony-service", voice.show_telephony, "cme"),
    Command("show voice port summary", modes=(EXEC,), run=partial(show_screen, screen=voice.show_voice_ports),
            piped=True, output="show_voice", when=feature("voice"), source="IOS voice command reference, recalled",
            basis="R"),
    _show("show voice translation-rule", voice.show_translation_rules),
)  # fmt: skip
