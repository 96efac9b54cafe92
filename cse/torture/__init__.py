"""`manage.py torture`: more than ten thousand moments of deadlines under every fault we know (security.md 5).

Everything is real and its own: PostgreSQL, Valkey, workers, schedulers and a post office, in a directory that is gone
afterwards. The same faults, with a few deadlines each, are part of the tests.
"""
