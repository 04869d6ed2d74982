"""The licensing commands of EXEC, configuration and `show license`."""
