"""The pages of a class, a subject a file."""
