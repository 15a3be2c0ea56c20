"""Scenes that behave well, or badly in every way the studio has to bear."""

import os
import signal
import sys
import time

from manim import FadeIn, FadeOut
from PIL import Image

import lamath as la
from scenes.inputs import ImageInput, MatrixInput, TensorInput, VectorInput, WeightsInput
from scenes.stage import N_, MatrixScene


class StandIn(MatrixScene):
    """One beat of a second and a half."""

    title = N_("<b>Calm & short</b>")
    inputs = (MatrixInput("2x2", default="1 0; 0 1"),)

    def construct(self):
        with self.beat("first", "Is 0 < 1 & <i>true</i>?"):
            self.act()

    def act(self):
        """Stand still."""

    @property
    def is_filmed(self):
        return not type(self.renderer).__name__.startswith("Rehearsal")


class Calm(StandIn):
    title = N_("<b>Calm & short</b>")


class Wide(StandIn):
    title = N_("Takes a 2×3 matrix")
    inputs = (MatrixInput("2x3", default="1 0 0; 0 1 0"),)


class Chatty(StandIn):
    title = N_("Prints")
    inputs = (MatrixInput("2x2", default="1 0; 0 1"), VectorInput(of="output"))

    def act(self):
        print("a word on stdout")
        os.write(2, b"a word from C\n")


class Raises(StandIn):
    title = N_("Raises")

    def act(self):
        if self.is_filmed:
            self.wait(0.2)
            raise ValueError("the chalk\nbroke")


class Exits(StandIn):
    title = N_("Exits")

    def act(self):
        sys.exit("had enough")


class Dies(StandIn):
    title = N_("Is killed")

    def act(self):
        if self.is_filmed:
            print("last words", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)


class Empty(StandIn):
    title = N_("Plays nothing")

    def construct(self):
        pass


class Weighs(StandIn):
    title = N_("Shows files")
    inputs = (WeightsInput(), TensorInput(), ImageInput())

    def act(self):
        with open(self.image, "rb") as file:  # noqa: PTH123
            shown = file.read()
        print(self.tensor, la.weights.load(self.weights, self.tensor).tolist(), shown)


class Moving(StandIn):
    title = N_("Moves")

    def construct(self):
        card = self.card(self.matrix, "A")
        with self.beat("first", "It comes."):
            self.play(FadeIn(card))
        with self.beat("second", "It moves."):
            self.play(card.animate.shift([-1, 1, 0]))
            self.renderer.keep_picture()
        with self.beat("third", "It goes."):
            self.play(FadeOut(card))


class Slow(StandIn):
    title = N_("Takes its time")

    def act(self):
        for _ in range(20):
            self.wait(0.1)
            time.sleep(0.1 * self.is_filmed)


class Endless(StandIn):
    title = N_("Takes for ever, or until a file of that name is there")

    def act(self):
        while self.is_filmed and not os.path.exists("enough"):  # noqa: PTH110
            self.wait(0.1)
            time.sleep(0.05)


class Pictured(Endless):
    title = N_("Says how wide a picture is")
    inputs = (ImageInput(),)

    def construct(self):
        with Image.open(self.image) as picture, self.beat("first", f"{picture.width} wide."):
            self.act()


class Hangs(StandIn):
    title = N_("Stops moving")

    def act(self):
        if self.is_filmed:
            self.wait(0.2)
            time.sleep(60)


class Greedy(StandIn):
    title = N_("Wants all memory")

    def act(self):
        hoard = []
        while self.is_filmed and len(hoard) < 60:  # 3 GB, should nobody stop it
            hoard.append(b"\1" * (50 * 2**20))
            self.wait(1 / 15)


class Flaky(StandIn):
    title = N_("Fails the first time")

    def act(self):
        if self.is_filmed and not os.path.exists("tried"):  # noqa: PTH110
            os.mkdir("tried")  # noqa: PTH102
            raise ValueError("not yet")
