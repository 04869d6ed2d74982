"""The pages of the portal, one subject a file: `discovery` finds the `PAGES` and templates of each."""
