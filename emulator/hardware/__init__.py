"""The hardware in simulated time: power, ROMMON, boot stages, interfaces. Knows no command and prints nothing."""
