"""Call home as the routers of a world see it: which service a call reaches, and what is asked and answered."""
