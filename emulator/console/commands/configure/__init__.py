"""Configuration lines that are more than a row of `console/configuration/modes/`."""
