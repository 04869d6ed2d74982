"""The gallery shows every component of the web pages in every state, and is there only when asked for."""

from jinja2 import nodes

from emulator.transports.portal.web.page import portal_drawing
from emulator.transports.web.badges import BADGES
from emulator.transports.web.drawing import COMPONENTS
from tests.unit.transports.portal.lab import Portal

INSIDE = {"around", "described", "icon", "form_token", "form_once", "error_summary", "log_in_form"}
"""Macros that others are made of, that are made of others alone, or that the frame draws."""


def test_it_is_a_page_of_a_portal_that_is_served_with_it() -> None:
    assert Portal().browser().open("/gallery").status == 404
    browser = Portal(gallery=True).browser().open("/gallery")
    assert browser.status == 200
    page = browser.page
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    shown = page.xpath("//section[@id='badges']//span[starts-with(@class, 'badge')]")
    assert [(each.get("class"), each.xpath("string()")) for each in shown] == [
        (f"badge {kind}", state) for kind, states in BADGES.items() for state in states
    ]
    for field in page.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        named = field.get("aria-label") or field.xpath("ancestor::label")
        assert named or page.xpath(f"//label[@for='{field.get('id')}']"), field.get("id")
        assert all(page.xpath(f"//*[@id='{told}']") for told in (field.get("aria-describedby") or "").split())


def test_every_component_is_in_it() -> None:
    environment = portal_drawing().environment
    macros = {
        macro.name
        for file in COMPONENTS.glob("*.html")
        for macro in environment.parse(file.read_text()).find_all(nodes.Macro)
    }
    gallery = environment.parse((COMPONENTS / "gallery.html").read_text())
    called = {call.node.name for call in gallery.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
    assert macros - INSIDE == called & macros
