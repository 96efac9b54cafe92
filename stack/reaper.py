"""Ends what the supervisor started if the supervisor itself is killed: `python -m stack.reaper`.

The supervisor writes a line to our standard input whenever the set of running processes changes: a JSON list of
[pid, signal, seconds], in the order in which to stop them. End of file means that the supervisor is gone.
"""

import json
import signal
import sys
from functools import partial

from stack.process import end, gone


def main() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    running: list[tuple[int, int, float]] = []
    for line in sys.stdin:
        if line.endswith("\n"):
            running = json.loads(line)
    for pid, stop_signal, within in running:
        end(pid, stop_signal, within, partial(gone, pid))


if __name__ == "__main__":
    main()
