"""Runbooks: pages in Markdown whose commands are run, compared with what the page shows, and brought up to date."""
