"""A client that hangs up in the middle of its request is no mistake of the server."""

from typing import Any

import anyio
import pytest

from tests.unit.transports.portal.lab import Portal


@pytest.mark.parametrize("path", ["/api/v1/orders", "/log-in", "/api/v1/permissions"])
def test_a_client_that_hangs_up_is_answered_by_nothing_worse(portal: Portal, path: str) -> None:
    sent: list[dict[str, Any]] = []
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": b'{"sku": ', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "scheme": "https",
        "headers": [
            (b"host", b"portal.example"),
            (b"content-type", b"application/json"),
            (b"content-length", b"900"),
            (b"authorization", f"Bearer {portal.token()}".encode()),
        ],
        "server": ("portal.example", 443), "client": ("192.0.2.1", 5), "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    anyio.run(portal.app, scope, receive, send)
    assert all(message.get("status", 400) < 500 for message in sent)
