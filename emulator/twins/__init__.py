"""Twins: routers of a world that are made from the captured output of real ones.

One way only: bytes -> screens and facts (`captures`, and `parse/` for those that need the console's own tables) -> one
device (`device`) -> the state of a router (`build`) -> the same commands
printed again and compared (`proof`). What was captured is not kept; the facts are.
"""
