"""The rules of software activation, as pure functions over plain values.

Nothing here does I/O, knows SimPy, or asks the time: every rule takes `now` and returns a new value or a verdict.
Rules and their basis marks: `licensing-behaviour` sections B (life cycle), C (license file) and D (transfer), after
CISCO-LICENSE-MGMT-MIB, CISCO-IMAGE-LICENSE-MGMT-MIB and the software activation FAQ.
"""
