"""`manage.py bench`: how many times a bare Django page each of our busiest pages costs, at 100,000 children.

Ratios carry from one machine to another, milliseconds do not: so every page is measured in turns with the bare page
`B` (`cse.bench.bare`) on the same servers in the same minutes.
"""
