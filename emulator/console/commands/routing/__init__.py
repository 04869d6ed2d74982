"""Routing tables and protocols, of IPv4 and IPv6, unicast and multicast."""
