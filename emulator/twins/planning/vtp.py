"""VTP of a twin: what was seen, beside what follows from its configuration."""

from emulator.router.vtp import VtpState
from emulator.twins.device import CapturedDevice


def vtp_of(device: CapturedDevice, configured: int) -> VtpState:
    """The VTP that was seen; `configured` is the number of VLANs that follow from the configuration."""
    facts, usual = device.vtp, VtpState()
    if facts is None:
        return usual
    return VtpState(
        version=facts.version or usual.version,
        revision=facts.revision or 0,
        most=facts.most,
        other_vlans=max(facts.vlans - configured, 0) if facts.vlans is not None else 0,
        mode=facts.mode or usual.mode,
        domain=facts.domain or "",
        pruning=facts.pruning or usual.pruning,
        v2=facts.v2 or usual.v2,
        traps=facts.traps or usual.traps,
        digest=facts.digest or usual.digest,
        modified=facts.modified or usual.modified,
    )
