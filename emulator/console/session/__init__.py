"""The EXEC session of a line: modes, parsing, output modifiers, paging, and reading configurations."""
