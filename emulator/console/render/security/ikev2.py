"""Screens of the second key exchange: its proposals, policies and profiles.

R: forms and the defaults of a proposal. I: the order of a profile's lines.
"""

from collections.abc import Iterator

from emulator.router.configuration import Configuration, Section

DEFAULT = "default"
PROPOSED = {
    "encryption": "aes-cbc-256 aes-cbc-192 aes-cbc-128",
    "integrity": "sha512 sha384 sha256 sha1 md5",
    "group": "5 2",
}
"""Proposal that is there without a line (R)."""

NAMES = {"aes": "AES-CBC", "3des": "3DES", "des": "DES", "sha": "SHA", "md": "MD5"}
GROUPS = {
    "1": "768", "2": "1024", "5": "1536", "14": "2048", "15": "3072", "16": "4096", "19": "256", "20": "384",
    "24": "2048",
}  # fmt: skip


def show_proposals(configuration: Configuration) -> str:
    """A block a proposal; the default one is told as well."""
    found = {name: section.lines for name, section in _named(configuration, "crypto ikev2 proposal ")}
    blocks = [(name, {key: lines.get(key, "") for key in PROPOSED}) for name, lines in found.items()]
    text = "".join(_proposal(name, {k: v.removeprefix(k).strip() for k, v in lines.items()}) for name, lines in blocks)
    return text if DEFAULT in found else text + _proposal(DEFAULT, PROPOSED)


def _proposal(name: str, lines: dict[str, str]) -> str:
    hashes = [_hash(each) for each in lines["integrity"].split()]
    groups = [f"DH_GROUP_{GROUPS.get(each, '')}_MODP/Group {each}" for each in lines["group"].split()]
    return (
        f" IKEv2 proposal: {name} \n"
        f"     Encryption : {' '.join(_cipher(each) for each in lines['encryption'].split())}\n"
        f"     Integrity  : {' '.join(hashes)}\n"
        f"     PRF        : {' '.join(hashes)}\n"
        f"     DH Group   : {' '.join(groups)}\n"
    )


def _cipher(word: str) -> str:
    name, _, bits = word.partition("-cbc-")
    return f"{NAMES.get(name, name.upper())}{f'-{bits}' if bits else ''}"


def _hash(word: str) -> str:
    return {"sha1": "SHA96", "md5": "MD596"}.get(word, word.upper())


def show_policies(configuration: Configuration) -> str:
    """A block a policy; the default one is told as well."""
    text = ""
    for name, section in _named(configuration, "crypto ikev2 policy "):
        lines = section.lines.values()
        proposals = [line.split()[1] for line in lines if line.startswith("proposal ")]
        text += _policy(name, section.word("match fvrf", "global"), proposals)
    return text + _policy(DEFAULT, "any", [DEFAULT])


def _policy(name: str, vrf: str, proposals: list[str]) -> str:
    return (
        f"\n IKEv2 policy : {name} \n     Match fvrf : {vrf}\n     Match address local : any \n"
        + "".join(f"     Proposal    : {each}\n" for each in proposals)
    )  # fmt: skip


def show_profiles(configuration: Configuration) -> str:
    """A block a profile."""
    text = ""
    for name, section in _named(configuration, "crypto ikev2 profile "):
        lines = section.lines.values()
        identities = "".join(f"  {line.removeprefix('match ')}\n" for line in lines if line.startswith("match id"))
        text += (
            f"\nIKEv2 profile: {name}\n Ref Count: {1 + _uses(configuration, name)}\n Match criteria: \n"
            f"  Fvrf: {section.word('match fvrf', 'global')}\n  Local address/interface: \n   none\n"
            f"  Identities: \n{identities}   Certificate maps: \n   none\n"
            f" Local identity: {section.word('identity local', 'none')}\n Remote identity: none\n"
            f" Local authentication method: {section.word('authentication local', 'none')}\n"
            f" Remote authentication method(s): {section.word('authentication remote', 'none')}\n"
            f" EAP options: none\n Keyring: {section.word('keyring local', 'none')}\n"
            f" Trustpoint(s): \n   none\n Lifetime: {section.word('lifetime', '86400')} seconds\n"
            f" DPD: {section.word('dpd', 'disabled')}\n NAT-keepalive: {section.word('nat keepalive', 'disabled')}\n"
        )
    return text


def _uses(configuration: Configuration, name: str) -> int:
    return sum(section.word("set ikev2-profile") == name for section in configuration.sections.values())


def _named(configuration: Configuration, start: str) -> Iterator[tuple[str, Section]]:
    for key, section in configuration.sections.items():
        if key.startswith(start):
            yield key.removeprefix(start), section
