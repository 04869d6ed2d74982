"""Twins: routers of a world that are made from the captured output of real ones.

One way only: bytes -> lines as a terminal showed them (`terminal`) -> screens, each the output of one command of one
device (`screens`) -> facts (`parse/`) -> one device (`device`) -> the state of a router (`build`) -> the same commands
printed again and compared (`proof`). What was captured is not kept; the facts are.
"""
