"""Exports for other tools: NetBox, calendars, and monitoring by Prometheus."""
