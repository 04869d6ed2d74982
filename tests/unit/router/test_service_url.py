"""The address in `license call-home url`, part by part."""

import pytest

from emulator.router.service_url import ServiceAddress, service_address

GOOD = {
    "https://tools.cisco.com/SWIFT/Licensing": ServiceAddress("tools.cisco.com", 443, "/SWIFT/Licensing"),
    "HTTPS://TOOLS.cisco.com": ServiceAddress("tools.cisco.com", 443, "/"),
    "https://192.0.2.1:8443/here": ServiceAddress("192.0.2.1", 8443, "/here"),
    "https://[2001:DB8::1]:1/x": ServiceAddress("2001:db8::1", 1, "/x"),
    "https://[::1]": ServiceAddress("::1", 443, "/"),
    "https://localhost:65535": ServiceAddress("localhost", 65535, "/"),
    "https://localhost:": ServiceAddress("localhost", 443, "/"),
}

BAD = [
    "",
    "https",
    "https:/tools.cisco.com",
    "https://",
    "https:///path",
    "https://:443/",
    "http://tools.cisco.com/",
    "ftp://tools.cisco.com/",
    "https://tools.cisco.com:65536/",
    "https://tools.cisco.com:99999999999/",
    "https://tools.cisco.com:0/",
    "https://tools.cisco.com:-1/",
    "https://tools.cisco.com:+1/",
    "https://tools.cisco.com:port/",
    "https://tools.cisco.com:\u0661/",
    "https://tools..com/",
    "https://.com/",
    "https://-a.com/",
    "https://a-.com/",
    "https://a_b*c/",
    "https://h\u00f6st/",
    "https://user@tools.cisco.com/",
    "https://user:pass@tools.cisco.com/",
    "https://[::1/",
    "https://::1/",
    "https://[::1]x/",
    "https://x[::1]/",
    "https://[192.0.2.1]/",
    "https://[fe80::1%25eth0]/",
    f"https://{'a' * 64}.com/",
    f"https://{'a.' * 127}com/",
]


@pytest.mark.parametrize(("url", "address"), GOOD.items(), ids=str)
def test_an_address(url: str, address: ServiceAddress) -> None:
    assert service_address(url) == address


@pytest.mark.parametrize("url", BAD)
def test_no_address(url: str) -> None:
    assert service_address(url) is None
