"""From the facts of a device to a plan: which product, image, licenses, clocks and configuration a twin gets."""
