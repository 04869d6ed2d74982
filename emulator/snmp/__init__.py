"""The SNMP agent of a router, without a socket: access, objects, and what GET, GETNEXT, GETBULK and SET do to them."""
