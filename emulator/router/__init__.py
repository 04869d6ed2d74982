"""One router: where board, image, file systems and license rules meet."""
