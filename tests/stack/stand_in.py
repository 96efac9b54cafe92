"""One small program under the supervisor: `stand_in.py COMMAND...`; the directory is `CSE_STATE`'s."""

import sys

from stack import services, supervisor
from stack.console import problems_as_sentences
from stack.process import Program

supervisor.RESTARTS = 1

with problems_as_sentences():
    directory = services.prepare_directory()
    with supervisor.Supervisor(directory) as running:
        log = directory / "logs" / "stand-in.log"
        running.start(Program("Stand-in", tuple(sys.argv[1:]), log, {}, stop_within=1))
        print("ready", flush=True)
        running.watch()
