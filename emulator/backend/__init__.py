"""The licensing back end: orders, PAKs, the portal's use cases, and what was issued to whom.

It knows UDIs, tickets and files, never a router object; it has no clock, every use case takes `now`. Its licenses are
NOT compatible with genuine keys: they are signed with a key of the simulated world, and no real router accepts them.
"""
