"""The way from power-on to a running image: firmware stages, ROMMON, the search for an image, and resets."""
