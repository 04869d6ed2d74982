"""The license agent, without a socket."""
