"""The license agent of a router: what managers ask of it in XML messages, and what it tells them."""
