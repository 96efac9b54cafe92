"""What stands under the site on one machine: the two commands, embedded PostgreSQL and Valkey, the supervisor.

Nothing here imports anything but Python's own library, so that it runs before anything is installed.
"""
