"""Operations of the portal, subject by subject; the pages and the JSON interface are made from these."""
