"""Universal images: what a release is (data), what its file looks like, and what its feature sets contain."""
