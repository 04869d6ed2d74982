"""Lines that a filter left of `show version` tell of the device each."""

from emulator.twins.use_case import Recording, read

SOFTWARE = "Cisco IOS Software, C880 Software (C880DATA-UNIVERSALK9-M), Version 15.1(2)T5, RELEASE SOFTWARE (fc1)"
MODEL = "Cisco 881G (MPC8300) processor (revision 1.0) with 236544K/25600K bytes of memory."
LOG = f"""r9#sh ver | i ^Cisco
{SOFTWARE}
{MODEL}
r9#show version | include uptime
r9 uptime is 3 weeks, 2 days
r9#
"""


def test_lines_of_several_filters_are_taken_together() -> None:
    found = read([Recording("x.log", LOG.encode())])
    (device,) = found.devices
    version = device.version
    assert version is not None
    assert (version.model, version.version, version.hostname) == ("881G", "15.1(2)T5", "r9")
    assert version.uptime == 23 * 24 * 3600 * 1000
    assert found.notes == []
