"""Reports of the fleet: made from the records, kept, compared with earlier ones, and written in several forms."""
