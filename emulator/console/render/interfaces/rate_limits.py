"""`show interfaces rate-limit`: what bounds the traffic of an interface, with counters that stand at 0.

R: the form. No packet is forwarded.
"""

from emulator.console.render.ages import age
from emulator.console.wording import wording
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.network.views import interface_names


def show_rate_limits(router: Router) -> str:
    """A block an interface that has such lines, by direction."""
    text = ""
    for name in interface_names(router):
        section = router.configuration.sections.get(f"interface {name}", Block())
        lines = [line.split() for line in section.lines.values() if line.startswith("rate-limit ")]
        text += f"{name} \n" if lines else ""
        for way in ("input", "output"):
            rules = [words for words in lines if words[1] == way]
            text += f"  {way.capitalize()}\n" if rules else ""
            text += "".join(_rule(words[2:], age(router.uptime())) for words in rules)
    return text


def _rule(words: list[str], since: str) -> str:
    matches = "all traffic"
    if not words[0].isdecimal():
        taken = 3 if words[1] == "rate-limit" else 2
        matches, words = " ".join(words[:taken]), words[taken:]
    rate, burst, excess = words[:3]
    return wording(
        "rate_limit.rule",
        matches=matches,
        rate=rate,
        burst=burst,
        excess=excess,
        conform=words[words.index("conform-action") + 1],
        exceed=words[words.index("exceed-action") + 1],
        since=since,
    )
