"""Scanners against a copy of the site on this machine: `python3 -m stack scan`.

The copy has its own database, made-up children and port, answers on the loopback address alone, by HTTPS as in
production. Whoever scans is signed in by a role card as a MASH officer, who may open the most. Each scanner is
installed by its package manager's ordinary client into an environment of its own below `var/scan`, the first time.
"""
