"""The IOS console: grammar, modes, commands, rendering and the line they all meet on. Knows no terminal library."""
