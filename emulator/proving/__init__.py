"""The proving ground: a license manager, ours or another's, is tried on served twins, and gets a scorecard."""
