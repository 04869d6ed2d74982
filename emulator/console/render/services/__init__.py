"""Screens of services: DHCP, NAT, SNMP, names, time."""
