"""One simulated world: its clock, routers, reachability, back end and mail; built, held and saved here."""
