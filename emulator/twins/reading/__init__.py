"""From captured bytes to screens: terminal logs, single commands, indented pages, collector output."""
