"""The box itself: its clock, reload, version, parts, processes and log."""
