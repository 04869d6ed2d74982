"""What can be asked of the portal, subject by subject; the pages and the JSON interface are made from these."""
