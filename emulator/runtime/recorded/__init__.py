"""Sessions that were held, as scenarios: what was typed in a world becomes a script that replays."""
