"""The recipes of `docs/extending.md`, carried out in copies of this tree."""
