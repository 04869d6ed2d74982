"""The guard between the network and the portal: limits of rate and size, headers, sessions, form tokens."""
