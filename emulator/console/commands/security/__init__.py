"""Keys, certificates, and secured sessions."""
