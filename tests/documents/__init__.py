"""The generated pages of `docs/`, and the command that writes them."""
