"""The lines of routers and the bench in a browser: sessions at lines, shown on pages over WebSockets.

A page is told the state of its line (what was printed, the prompt, what is typed behind it) and sends keys; no terminal
is emulated. The session is the one that SSH and Telnet have. It belongs to the thread of the world; pages are served
in another, and what passes between the two is bounded.
"""
