"""Exchange with managers in networks that no network reaches: signed bundles, carried by hand."""
