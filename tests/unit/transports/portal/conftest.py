"""A portal, and somebody who is logged in as the lab's operator."""

import pytest

from tests.unit.transports.portal.lab import Browser, Portal


@pytest.fixture
def portal() -> Portal:
    return Portal()


@pytest.fixture
def browser(portal: Portal) -> Browser:
    return portal.browser().log_in()
