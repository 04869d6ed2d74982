"""The file systems of a router, and transfers between them."""
