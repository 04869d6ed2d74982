"""Forecast of the licenses of a world that is left to itself: a fork of it run forward."""
