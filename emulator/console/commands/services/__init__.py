"""Services that the router offers: DHCP, NAT, SNMP, Smart Call Home."""
