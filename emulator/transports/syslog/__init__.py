"""System messages over UDP: what routers send to the servers of `logging host`."""
