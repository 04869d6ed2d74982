"""Screens of routes, routing protocols and forwarding."""
