"""Captures: what the screens of a router tell, as typed facts.

Bytes -> lines as a terminal showed them (`reading.terminal`) -> screens, each the output of one command of one device
(`reading.screens`) -> facts (`parse`). No router is known here: a twin is made from these facts, and the license
manager reads live devices by them.
"""
