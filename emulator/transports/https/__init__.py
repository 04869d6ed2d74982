"""HTTPS for every server of a world: its certificate authority, and sites on bound sockets in a thread of their own."""
