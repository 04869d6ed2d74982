"""The plan that follows from the facts of a device: product, image, licenses, clocks and configuration of the twin."""
