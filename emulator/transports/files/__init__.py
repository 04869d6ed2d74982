"""The lab's file server for real clients: TFTP and HTTP on this machine, over the files that the routers fetch."""
