"""The command line: thin, it prints and exits."""
