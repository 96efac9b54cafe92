"""What happens to a program that crashes, and to one that will not stop."""

import signal

from tests.stack.place import Place, until, until_ended

STAND_IN = ("-m", "tests.stack.stand_in")


class TestWatch:
    def test_starts_a_crashed_program_again(self, place: Place) -> None:
        with place.started(*STAND_IN, "/bin/sleep", "600", ready="ready") as started:
            _stand_in, first = started.wait_for("/bin/sleep 600", 2)
            first.kill()
            started.read_until("Starting it again in 1 s")
            until(lambda: [each.pid for each in started.named("/bin/sleep")[1:]] not in ([], [first.pid]))

    def test_gives_up_on_one_that_keeps_crashing_and_says_why(self, place: Place) -> None:
        with place.started(*STAND_IN, "/bin/sh", "-c", "echo the disk is full; exit 3", ready="ready") as started:
            started.read_until("the disk is full")
            assert "Stand-in has stopped 2 times" in started.said
            assert started.process.wait(60) == 1

    def test_starts_the_reaper_again(self, place: Place) -> None:
        with place.started(*STAND_IN, "/bin/sleep", "600", ready="ready") as started:
            [reaper] = started.wait_for("stack.reaper", 1)
            reaper.kill()
            until(lambda: [each for each in started.named("stack.reaper") if each.pid != reaper.pid])
            family = started.kill()
            until_ended(family)

    def test_ignores_nothing_it_started_even_if_it_ignores_us(self, place: Place) -> None:
        stubborn = "trap '' TERM; echo deaf > /dev/null; while true; do sleep 1; done"
        with place.started(*STAND_IN, "/bin/sh", "-c", stubborn, ready="ready") as started:
            family = started.family()
            started.process.send_signal(signal.SIGTERM)
            started.process.wait(60)
            until_ended(family)
