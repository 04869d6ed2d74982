"""Real clients at the routers of one served world: `python -m tests.clients.matrix`.

Each client is a module that runs in the environment of that client and knows nothing of the program under test.
"""
