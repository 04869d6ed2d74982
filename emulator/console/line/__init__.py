"""A terminal line of a router: its phases from power-on to prompt, log-in, time-out and set-up dialog."""
