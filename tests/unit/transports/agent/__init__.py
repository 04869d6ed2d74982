"""The license agents of served routers."""
