"""The commands of the router console: one file a topic, each a table of help, a table of commands, and the handlers.

A folder holds the topics of one field. Files are discovered in all of them; a new command touches no list.
"""
