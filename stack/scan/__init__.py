"""Scanners from outside against a copy of the site on this machine: `python3 -m stack scan`."""
