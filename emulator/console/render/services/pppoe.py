"""`show pppoe session|summary`, `show ppp all`: the sessions of the client.

C2: layouts, public screens of a router of the 800 series of 12.4 and of routers of 15.x. R: what stands there while no
server answers, and `show pppoe session all`. Left out: sessions of the server, to which nobody comes here.
"""

from collections.abc import Sequence

from emulator.console.render.interface_lists import short_name
from emulator.router.network.pppoe import PppoeSession

NEW = (
    "Uniq ID  PPPoE  RemMAC          Port                    VT  VA         State\n"
    "           SID  LocMAC                                      VA-st      Type\n"
)
OLD = (
    "Uniq ID  PPPoE  RemMAC          Port                  Source   VA         State\n"
    "           SID  LocMAC                                         VA-st\n"
)
PPP = (
    "Interface/ID OPEN+ Nego* Fail-     Stage    Peer Address    Peer Name\n"
    "------------ --------------------- -------- --------------- --------------------\n"
)
SEARCHING = "PADISNT"
NOBODY = "0000.0000.0000"
FIRST_ACCESS = 2
"""Number of the first virtual access interface that is cloned for a dialer (C2)."""


def show_pppoe_sessions(sessions: Sequence[PppoeSession], *, old: bool) -> str:
    """Table of the sessions, nothing where there is none; `old` is the layout of 12.4."""
    if not sessions:
        return ""
    rows = "".join(_rows(each, number, old=old) for number, each in enumerate(sessions, FIRST_ACCESS))
    return f"     {_count(sessions)}\n\n{OLD if old else NEW}{rows}"


def _rows(session: PppoeSession, number: int, *, old: bool) -> str:
    port, dialer = short_name(session.port), short_name(session.dialer)
    circuit = f"VC: {session.circuit:>5s}" if session.circuit else ""
    access, standing, state = (f"Vi{number}", "UP", "UP") if session.server else ("N/A", "", SEARCHING)
    first = f"{'N/A':>7s}{session.number:>7d}  {session.server or NOBODY}  {port:<22s}"
    second = f"{'':16s}{session.local}  {circuit:<22s}"
    if old:
        rows = (f"{first}{dialer:<9s}{access:<11s}{state}", f"{second}{'':9s}{standing}")
        return "".join(f"{row.rstrip()}\n" for row in rows)
    below = f"{second}{'':6s}{standing:<15s}" if standing else second.rstrip()
    return f"{first}{dialer:>5s} {access:<11s}{state:<7s}\n{below}\n"


def show_pppoe_traffic(sessions: Sequence[PppoeSession]) -> str:
    """Blocks of the sessions with their packets, of which no more are counted than none."""
    blocks = (
        f"\nsession id: {session.number}\n"
        f"local MAC address: {session.local}, remote MAC address: {session.server or NOBODY}\n"
        f"virtual access interface: {f'Vi{number}' if session.server else 'N/A'}, "
        f"outgoing interface: {short_name(session.port)}\n"
        "    0 packets sent, 0 received\n"
        "    0 bytes sent, 0 received\n"
        for number, session in enumerate(sessions, FIRST_ACCESS)
    )
    return f"Total PPPoE sessions {len(sessions)}\n" + "".join(blocks)


def show_pppoe_summary(sessions: Sequence[PppoeSession]) -> str:
    """Number of the sessions."""
    return f"{_count(sessions)}\n" if sessions else ""


def show_ppp(sessions: Sequence[PppoeSession]) -> str:
    """A row a link that is open: the protocols that were agreed on (`+`) or refused (`-`), and the peer."""
    rows = (
        f"{f'Vi{number}':<12s} {'LCP+ IPCP+ CDPCP-':<21s} {'LocalT':<8s} {session.peer or '':<15s} {'':15s}\n"
        for number, session in enumerate(sessions, FIRST_ACCESS)
        if session.server
    )
    return f"{PPP}{''.join(rows)}"


def _count(sessions: Sequence[PppoeSession]) -> str:
    return f"{len(sessions)} client session{'' if len(sessions) == 1 else 's'}"
