"""The commands of ROMMON."""
