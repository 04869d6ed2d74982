"""Ways to reach a world: each front end carries lines, keys and text, and knows nothing of what they mean."""
