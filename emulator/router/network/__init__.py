"""A router's addresses, routes, interface views, RSA keys and SSH server, as far as licensing and access need them."""
