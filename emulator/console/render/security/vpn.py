"""Screens of what the key exchange and IPsec are to use: policies, keys, transforms, profiles and maps.

C2: the forms of a policy, of keys and of a map, as public outputs of routers have them. R: transform sets, profiles,
lifetimes, IKEv2. No peer answers, so what is negotiated is nowhere to be seen.
"""

from collections.abc import Iterator

from emulator.console.configuration.access_lists import access_lists
from emulator.console.configuration.conditions import is_since
from emulator.console.wording import wording
from emulator.router.configuration import Block, Configuration, Section
from emulator.router.device import Router

CIPHERS = {
    "des": "DES - Data Encryption Standard (56 bit keys).",
    "3des": "Three key triple DES",
    "aes": "AES - Advanced Encryption Standard (128 bit keys).",
    "aes 128": "AES - Advanced Encryption Standard (128 bit keys).",
    "aes 192": "AES - Advanced Encryption Standard (192 bit keys).",
    "aes 256": "AES - Advanced Encryption Standard (256 bit keys).",
}
HASHES = {
    "md5": "Message Digest 5",
    "sha": "Secure Hash Standard",
    "sha256": "Secure Hash Standard 2 (256 bit)",
    "sha384": "Secure Hash Standard 2 (384 bit)",
    "sha512": "Secure Hash Standard 2 (512 bit)",
}
METHODS = {
    "pre-share": "Pre-Shared Key",
    "rsa-sig": "Rivest-Shamir-Adleman Signature",
    "rsa-encr": "Rivest-Shamir-Adleman Encryption",
}
GROUP_BITS = {"1": 768, "2": 1024, "5": 1536, "14": 2048, "15": 3072, "16": 4096, "19": 256, "20": 384, "24": 2048}
"""Bits of each Diffie-Hellman group."""

SECONDS, KILOBYTES = "3600", "4608000"
"""Lifetime of a security association unless configured."""


def show_isakmp_policies(router: Router) -> str:
    """Screen of the policies of the key exchange, by their priority; 15.0 does no longer tell the default one (C2)."""
    policies = ((int(name), section) for name, section in _named(router.configuration, "crypto isakmp policy "))
    found = sorted(policies, key=lambda policy: policy[0])
    blocks = [f"Protection suite of priority {number}\n{_suite(section)}" for number, section in found]
    if not is_since(router.manifest, "15.0"):
        blocks.append(f"Default protection suite\n{_suite(Block())}")
    return "\nGlobal IKE policy\n" + "".join(blocks)


def _suite(policy: Block) -> str:
    group = policy.word("group", "1")
    return wording(
        "crypto.suite",
        cipher=CIPHERS[policy.word("encr", "des")],
        hash=HASHES[policy.word("hash", "sha")],
        method=METHODS[policy.word("authentication", "rsa-sig")],
        group=group,
        bits=GROUP_BITS[group],
        lifetime=policy.word("lifetime", "86400"),
    )


def show_isakmp_keys(configuration: Configuration) -> str:
    """Screen of the keys that are shared with peers."""
    rows = []
    for key, line in configuration.lines.items():
        if key.startswith("crypto isakmp key "):
            words = line.removeprefix("crypto isakmp key ").split()
            secret = words[1] if words[0] == "6" else words[0]
            at = words.index("address" if "address" in words else "hostname")
            mask = next((f"  [{each}]" for each in words[at + 2 :] if each[0].isdigit()), "")
            rows.append(f"{'default':<12s} {words[at + 1] + mask:<43s} {secret}\n")
    for name, section in _named(configuration, "crypto keyring "):
        for line in section.lines.values():
            words = line.split()
            if words[0] == "pre-shared-key":
                rows.append(f"{name.split()[0]:<12s} {words[2]:<43s} {words[-1]}\n")
    return "Keyring      Hostname/Address                            Preshared Key\n\n" + "".join(rows)


def show_isakmp_profiles(configuration: Configuration) -> str:
    """A block a profile of the key exchange."""
    text = ""
    for name, section in _named(configuration, "crypto isakmp profile "):
        lines = section.lines.values()
        identities = "".join(
            f"   {line.removeprefix('match identity ')}\n" for line in lines if line.startswith("match id")
        )
        text += f"\nISAKMP PROFILE {name}\n   Identities matched are:\n{identities}"
        text += "".join(f"   {line}\n" for line in lines if not line.startswith(("match id", "description")))
    return text


def show_transform_sets(configuration: Configuration) -> str:
    """A block a transform set."""
    return "".join(
        f"Transform set {name}: {{ {_transforms(configuration, name)}  }} \n"
        f"   will negotiate = {{ {section.word('mode', 'tunnel').capitalize()},  }}, \n   \n"
        for name, section in _named(configuration, "crypto ipsec transform-set ")
    )


def show_ipsec_profiles(configuration: Configuration) -> str:
    """A block a profile of IPsec."""
    return "".join(
        f"IPSEC profile {name}\n{_terms(configuration, section)}\n"
        for name, section in _named(configuration, "crypto ipsec profile ")
    )


def show_association_lifetime(configuration: Configuration) -> str:
    """Line of the lifetime that security associations have unless a map says otherwise."""
    seconds, kilobytes = _lifetime(configuration, Block())
    return f"Security association lifetime: {kilobytes} kilobytes/{seconds} seconds\n"


def show_crypto_maps(configuration: Configuration, wanted: str | None = None) -> str:
    """A block an entry of each map, and behind the last one the interfaces that have the map."""
    entries: dict[str, list[tuple[int, Section]]] = {}
    for key, section in _named(configuration, "crypto map "):
        name, number = key.split()[:2]
        if wanted in {None, name}:
            entries.setdefault(name, []).append((int(number), section))
    if not entries:
        return "No crypto maps found.\n"
    text = ""
    for name, found in entries.items():
        for sequence, entry in sorted(found, key=lambda each: each[0]):
            text += _entry(configuration, name, sequence, entry)
        text += f"        Interfaces using crypto map {name}:\n"
        text += "".join(f"                {port}\n" for port in _ports_with(configuration, name)) + "\n"
    return text


def _entry(configuration: Configuration, name: str, number: int, section: Section) -> str:
    words = section.header.split()
    kind = next((each for each in words if each in {"ipsec-manual", "gdoi"}), "ipsec-isakmp")
    head = f'Crypto Map "{name}" {number} {kind}\n'
    if "dynamic" in words:
        return f"{head}        Dynamic map template tag: {words[words.index('dynamic') + 1]}\n\n"
    peers = [line.split()[2] for line in section.lines.values() if line.startswith("set peer ")]
    text = head + (f"        Description: {section.word('description')}\n" if section.word("description") else "")
    text += "".join(f"        Peer = {peer}\n" for peer in peers) + _list(configuration, section.word("match address"))
    text += f"        Current peer: {peers[0]}\n" if peers else ""
    return text + _terms(configuration, section, indent="        ") + "\n"


def show_dynamic_maps(configuration: Configuration) -> str:
    """A block an entry of each dynamic map."""
    text = ""
    for key, section in _named(configuration, "crypto dynamic-map "):
        name, number = key.split()[:2]
        text += f'Crypto Map Template"{name}" {number}\n{_list(configuration, section.word("match address"))}'
        text += _terms(configuration, section, indent="        ") + "\n"
    return text or "No crypto dynamic maps found.\n"


def _list(configuration: Configuration, name: str) -> str:
    """The access list that says what is protected, with its entries."""
    if not name:
        return "        No matching address list set.\n"
    text = f"        Extended IP access list {name}\n"
    for each in access_lists(configuration):
        if each.name == name:
            text += "".join(f"            access-list {name} {entry.words}\n" for entry in each.entries())
    return text


def _terms(configuration: Configuration, section: Section, indent: str = "        ") -> str:
    """Lifetime, forward secrecy and transforms of a map or profile."""
    seconds, kilobytes = _lifetime(configuration, section)
    forward = section.lines.get("set pfs")
    lines = [
        f"Security association lifetime: {kilobytes} kilobytes/{seconds} seconds",
        "Responder-Only (Y/N): N",
        f"PFS (Y/N): {'N' if forward is None else 'Y'}",
        *([f"DH group:  {section.word('set pfs') or 'group1'}"] if forward is not None else []),
        "Transform sets={ ",
        *(f"        {name}:  {{ {_transforms(configuration, name)}  }} , " for name in _sets(section)),
        "}",
    ]
    return "".join(f"{indent}{line}\n" for line in lines)


def _sets(section: Section) -> list[str]:
    return section.word("set transform-set").split()


def _transforms(configuration: Configuration, name: str) -> str:
    """Transforms of a set; a cipher of a length of its own has the number in front of its name (C2)."""
    section = configuration.sections.get(f"crypto ipsec transform-set {name}")
    words = section.header.split()[4:] if section is not None else []
    shown: list[str] = []
    for word in words:
        if word.isdigit() and shown[-1:] == ["esp-aes"]:
            shown[-1] = "esp-aes" if word == "128" else f"esp-{word}-aes"
        else:
            shown.append(word)
    return " ".join(shown)


def _lifetime(configuration: Configuration, section: Block) -> tuple[str, str]:
    """Seconds and kilobytes of a security association."""
    found = {"seconds": SECONDS, "kilobytes": KILOBYTES}
    for block, start in (
        (configuration, "crypto ipsec security-association lifetime "),
        (section, "set security-association lifetime "),
    ):
        for line in block.lines.values():
            if line.startswith(start):
                unit, count = line.removeprefix(start).split()[:2]
                found[unit] = count
    return found["seconds"], found["kilobytes"]


def _ports_with(configuration: Configuration, name: str) -> Iterator[str]:
    for key, section in configuration.sections.items():
        if key.startswith("interface ") and section.word("crypto map") == name:
            yield key.removeprefix("interface ")


def _named(configuration: Configuration, start: str) -> Iterator[tuple[str, Section]]:
    for key, section in configuration.sections.items():
        if key.startswith(start):
            yield key.removeprefix(start), section


def show_trustpoints(configuration: Configuration) -> str:
    """A block a trustpoint: whose it is, and whether its authority's certificate is there."""
    text = ""
    for name, section in _named(configuration, "crypto pki trustpoint "):
        chain = configuration.sections.get(f"crypto pki certificate chain {name}", Block())
        authority = any(line.startswith("certificate ca") for line in chain.lines.values())
        subject = section.word("subject-name")
        text += f"Trustpoint {name}:\n"
        if section.word("enrollment") == "selfsigned":
            text += "    Persistent self-signed certificate trust point\n"
            text += f"    {subject}\n\n" if subject else "\n"
        else:
            state = "Certificate configured.\n" if authority else "Not authenticated.\n"
            urls = (line.split()[-1] for line in section.lines.values() if line.startswith("enrollment url "))
            url = next(urls, "")
            text += f"    {state}" + (f"    Enrollment URL: {url}\n\n" if url else "\n")
    return text
