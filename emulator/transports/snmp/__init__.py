"""SNMP over UDP: one socket for the agents of all routers of a world."""
