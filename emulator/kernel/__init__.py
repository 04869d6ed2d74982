"""Parts that every room shares, without any of the domain: time, effects, events, errors, typed data files."""
