"""The verbs of the bench, one file a topic; discovered, as the console's commands are."""
