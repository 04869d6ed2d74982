"""Our screens and protocols as other people's programs read them."""
