"""What becomes of the licenses of a world if nobody does anything: a fork of it run forward."""
