"""The license manager: a fleet of devices, their licenses, and what was done to them.

R: Cisco License Manager, as far as its API reference tells (C where a name is marked). It knows UDIs, files and
devices at addresses, never a world or a router object: devices are reached through `ports.DeviceConnector`, and nothing
here opens a socket or reads a clock. So it manages whatever answers as these routers do.
"""
