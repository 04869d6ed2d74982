"""A served class: its directory, its learners with their codes, and their worlds, each open while it is used."""
