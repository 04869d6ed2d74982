"""The license agents of all routers of a world, over HTTP and HTTPS; their notifications, posted to managers."""
