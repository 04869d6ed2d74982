"""A router's lines on the network: SSH, Telnet, and its console port as a terminal server would offer it."""
