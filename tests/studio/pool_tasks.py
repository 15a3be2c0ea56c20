"""What the tests ask of workers."""

import os
import signal
import time

from scenes.studio.run.pool import report
from scenes.studio.store.result import Progress


class OddError(Exception):
    """An error that can't be rebuilt from its text."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def pid():
    time.sleep(0.2)
    return os.getpid()


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def leave():
    os._exit(7)


def fail(kind):
    raise {"plain": ValueError("plain"), "file": FileNotFoundError("gone")}[kind]


def fail_oddly():
    raise OddError(1, 2)


def unpicklable():
    return lambda: None


def count(up_to):
    for number in range(up_to):
        report(number)
    return "counted"


def span():
    begun = time.time()
    time.sleep(0.2)
    return os.getpid(), begun, time.time()


def progress(up_to):
    for number in range(up_to):
        report(Progress("a clip", number, 10, f"beat {number}", number / 2))


def sleep():
    report("asleep")
    time.sleep(60)


def threads():
    return os.environ["OPENBLAS_NUM_THREADS"]


def use_stand_ins():
    import stand_in

    import scenes

    scenes.CATALOGUE = stand_in.CATALOGUE
