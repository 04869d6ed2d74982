"""The bench: what a person does around the routers, as commands on the console's grammar engine."""
