"""Pages of the manager, one subject a file; each lists its pages as PAGES."""
