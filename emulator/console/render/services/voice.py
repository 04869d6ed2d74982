"""Screens of voice: ports, dial peers, telephones and the agents that carry calls.

R: forms. No telephone is connected and no call was made, so ports are on hook and telephones unregistered.
"""

from collections.abc import Iterator

from emulator.router.configuration import Block, Configuration, Section
from emulator.router.device import Router

PORT_HEAD = """                                           IN       OUT
PORT            CH   SIG-TYPE   ADMIN OPER STATUS   STATUS   EC
=============== == ============ ===== ==== ======== ======== ==
"""
PEER_HEAD = """dial-peer hunt 0
             AD                                    PRE PASS                OUT
TAG    TYPE  MIN  OPER PREFIX    DEST-PATTERN      FER THRU SESS-TARGET    STAT PORT
"""


def show_voice_ports(router: Router) -> str:
    """A line an analog port, in the order of their numbers."""
    rows = ""
    for port in router.platform.voice_ports:
        kind, number = port.lower().split()
        section = router.configuration.sections.get(f"voice-port {number}", Block())
        state = "down" if "shutdown" in section.lines.values() else "up"
        signal = f"{kind}-{'gs' if 'ground' in section.word('signal') else 'ls'}"
        rows += f"{number:<15s} -- {signal:<12s} {state:<5s} dorm {'on-hook':<8s} {'idle':<8s} y \n"
    return PORT_HEAD + rows


def show_dial_peers(configuration: Configuration) -> str:
    """A line a dial peer."""
    rows = ""
    for key, section in _sorted(configuration, "dial-peer voice "):
        kind = section.header.split()[-1]
        target = next((line.split()[2] for line in section.lines.values() if line.startswith("session target")), "")
        rows += (
            f"{key:<6d} {kind:<5s} {'up':<4s} {'up':<4s} {'':<9s} {section.word('destination-pattern'):<17s} "
            f"{section.word('preference') or '0':>2s}  {'syst' if kind == 'voip' else '':<4s} {target:<14s} "
            f"{'up' if kind == 'pots' else '':<4s} {section.word('port')}\n"
        )
    return PEER_HEAD + rows


def show_translation_rules(configuration: Configuration) -> str:
    """A block a set of rules."""
    text = ""
    for number, section in _sorted(configuration, "voice translation-rule "):
        text += f"Translation-rule tag: {number}\n\n"
        for line in section.lines.values():
            words = line.split()
            text += f"\tRule {words[1]}:\n\tMatch pattern: {words[2].strip('/')}\n"
            text += f"\tReplace pattern: {words[3].strip('/') if len(words) > 3 else ''}\n"
            text += "\tMatch type: none\t\tReplace type: none\n\tMatch plan: none\t\tReplace plan: none\n\n"
    return text


def show_class_lists(configuration: Configuration) -> str:
    """The names of the classes of restriction, and the lists of them."""
    custom = configuration.sections.get("dial-peer cor custom", Block())
    text = "\nClass of Restriction\n" + "".join(f"  name: {line.split()[1]}\n" for line in custom.lines.values())
    for key, section in configuration.sections.items():
        if key.startswith("dial-peer cor list "):
            text += f"\nCOR list <{key.removeprefix('dial-peer cor list ')}>\n"
            text += "".join(f"  member: {line.split()[1]}\n" for line in section.lines.values())
    return text


def show_sip_agent(configuration: Configuration) -> str:
    """The state of the user agent of SIP."""
    agent = configuration.sections.get("sip-ua", Block())
    return (
        "SIP User Agent Status\nSIP User Agent for UDP : ENABLED\nSIP User Agent for TCP : ENABLED\n"
        "SIP User Agent for TLS over TCP : ENABLED\nSIP User Agent bind status(signaling): DISABLED \n"
        "SIP User Agent bind status(media): DISABLED \nSIP early-media for 180 responses with SDP: ENABLED\n"
        f"SIP max-forwards : 70\nSIP DNS SRV version: 2 (rfc 2782)\nRegistrar: {agent.word('registrar') or 'none'}\n"
    )


def show_media_gateway(configuration: Configuration) -> str:
    """The state of MGCP, and its call agent."""
    state = "ACTIVE" if "mgcp" in configuration.lines else "DOWN"
    agent = configuration.word("mgcp call-agent") or "none"
    return (
        f"MGCP Admin State {state}, Oper State {state} - Cause Code NONE\n"
        f"MGCP call-agent: {agent} Initial protocol service is MGCP 0.1\n"
        "MGCP validate call-agent source-ipaddr DISABLED\nMGCP block-newcalls DISABLED\n"
        "MGCP send SGCP RSIP: forced/restart/graceful/disconnected DISABLED\n"
        "MGCP quarantine mode discard/step\nMGCP quarantine of persistent events is ENABLED\n"
    )


def show_gateway(configuration: Configuration) -> str:
    """The gateway of H.323."""
    return (
        "H.323 ITU-T Version: 4.0   H323 Stack Version: 0.1 \n\n H.323 service is up\n"
        f" Gateway  {configuration.hostname}  is not registered to any gatekeeper\n"
    )


def show_farms(configuration: Configuration) -> str:
    """The profiles of the signal processors."""
    text = "Dspfarm Profile Configuration\n\n"
    for key, section in configuration.sections.items():
        if key.startswith("dspfarm profile "):
            kind = section.header.split()[3]
            text += f" Profile ID = {key.split()[2]}, Service = {kind.upper()}, Resource ID = {key.split()[2]}  \n"
            text += " Profile Admin State : DOWN \n Profile Operation State : DOWN \n\n"
    return text + "Total number of DSPFARM DSP channel(s) 0\n"


def show_fallback(configuration: Configuration) -> str:
    """The settings of survivable telephony."""
    section = configuration.sections.get("call-manager-fallback")
    if section is None:
        return "Call Manager Fallback is not configured\n"
    lines = "".join(f"{line}\n" for line in section.lines.values())
    return f"CONFIG (Version=8.0)\n=====================\n{lines}"


def show_telephony(configuration: Configuration) -> str:
    """The settings of the call manager in the router."""
    section = configuration.sections.get("telephony-service", Section())
    address = section.word("ip source-address") or "0.0.0.0 port 2000"
    known = ("max-ephones", "max-dn", "load", "system message", "voicemail")
    lines = "".join(f"{line}\n" for line in section.lines.values() if line.startswith(known))
    return (
        f"CONFIG (Version=8.0)\n=====================\nVersion 8.0\nip source-address {address}\n{lines}"
        f"keepalive {section.word('keepalive') or '30'}\n"
    )


def show_telephones(configuration: Configuration) -> str:
    """A block a telephone; none has registered."""
    text = ""
    for number, section in _sorted(configuration, "ephone "):
        mac = section.word("mac-address") or "0000.0000.0000"
        text += f"ephone-{number}[{number - 1}] Mac:{mac} TCP socket:[-1] activeLine:0 whisperLine:0 UNREGISTERED\n"
        text += "mediaActive:0 whisper_mediaActive:0 startMedia:0 offhook:0 ringing:0 reset:0 reset_sent:0 debug:0\n"
        text += "IP:0.0.0.0 * Unknown  keepalive 0 max_line 0 available_line 0\n\n"
    return text


def show_directory_numbers(configuration: Configuration) -> str:
    """A line a directory number."""
    return "".join(
        f"EFXS 50/0/{number}  DN {number} number {section.word('number').split()[0] if section.word('number') else '-'}"
        "  CH1  IDLE\n"
        for number, section in _sorted(configuration, "ephone-dn ")
    )


def _sorted(configuration: Configuration, start: str) -> Iterator[tuple[int, Section]]:
    """Yield the sections of a beginning by their number."""
    keys = [key for key in configuration.sections if key.startswith(start)]
    for number, key in sorted((int(key.removeprefix(start).split()[0]), key) for key in keys):
        yield number, configuration.sections[key]
