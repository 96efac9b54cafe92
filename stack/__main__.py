"""`python -m stack`: what `./run` and `./test` start once the packages are installed."""

import argparse
import os
import sys

from stack import commands, requirements
from stack.console import problems_as_sentences


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m stack", description=__doc__)
    parser.set_defaults(state=None)
    choices = parser.add_subparsers(dest="command", required=True)
    state = argparse.ArgumentParser(add_help=False)
    state.add_argument("--state", metavar="DIR", help="where the data is kept (CSE_STATE; otherwise var/state)")
    seed = argparse.ArgumentParser(add_help=False)
    seed.add_argument("--no-seed", action="store_true", help="do not load the demonstration partnership")
    up = choices.add_parser("up", parents=[state, seed], help="run the site until Ctrl-C")
    up.add_argument("--port", type=int, default=os.environ.get("CSE_PORT", "8000"))
    choices.add_parser("prepare", parents=[state, seed], help="bring the data up to date, without running the site")
    services = choices.add_parser("services", parents=[state], help="run a command beside PostgreSQL and Valkey")
    services.add_argument("--static", action="store_true", help="collect the static files first")
    services.add_argument("argv", nargs="+", metavar="COMMAND")
    choices.add_parser("erase", parents=[state], help="delete the embedded data")
    choices.add_parser("lock", help="write the lock files again after a change to a requirements*.in")
    scan = choices.add_parser("scan", help="run security scanners against a copy of the site on this machine")
    scan.add_argument("scanner", nargs="*", help="bandit, detect-secrets, observatory, sqlmap, wapiti; by default all")
    return parser.parse_args(arguments)


def main() -> int:
    chosen = parse(sys.argv[1:])
    if chosen.state:
        os.environ["CSE_STATE"] = chosen.state
    match chosen.command:
        case "up":
            return commands.up(port=chosen.port, seed=not chosen.no_seed)
        case "prepare":
            return commands.prepare(seed=not chosen.no_seed)
        case "services":
            return commands.with_services(chosen.argv, static=chosen.static)
        case "erase":
            return commands.erase()
        case "scan":
            from stack.scan import everything  # needs packages that are not there when the first ones are installed

            return everything.scan(chosen.scanner)
        case _:
            return requirements.lock()


if __name__ == "__main__":
    with problems_as_sentences():
        sys.exit(main())
