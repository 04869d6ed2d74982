"""The license manager for programs and, by its pages, for people: over HTTPS, as one of the manager's users."""
