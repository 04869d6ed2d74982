"""The commands of the router console: one file a topic, each a table of help, a table of commands, and the handlers.

Files are discovered; a new command touches no list.
"""
