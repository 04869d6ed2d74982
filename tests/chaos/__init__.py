"""A served world under everything at once: killed, without disk, handles or database, among slow strangers."""
