"""The dependency rule and the naming rule, each shown to be watched."""
