"""What every room shares and nothing of the domain: time, effects, events, errors, typed data files."""
