"""A scene in space: a cube and its columns moved by a 3×3 or a 2×3 map, walked round."""

from __future__ import annotations

import numpy as np

import lamath as la
from scenes.inputs import MatrixInput
from scenes.stage import N_, Appear, MatrixScene, Vanish
from scenes.stage.solids import Ball, Patch, box


class InSpace(MatrixScene):
    """What space has: a floor, a cube, arrows with shadows, a ball, a plane, a turning view."""

    title = N_("The inverse undoes")
    inputs = (MatrixInput("3x3", "2x3", default="1 0 1; 0 1 1; 1 1 0"),)

    def construct(self) -> None:
        A, theme = self.matrix, self.theme
        path = la.path(A)
        cube = box(np.eye(3), color=theme.region, width=theme.line)
        colors = (theme.i, theme.j, theme.third)
        arrows = [self.arrow(e, color) for e, color in zip(np.eye(3), colors, strict=True)]
        names = [self.label(arrow, f"e_{k + 1}") for k, arrow in enumerate(arrows)]
        ball = Ball(color=theme.input, width=theme.line)
        plane = Patch((1, 0, 1), (0, 1, 1), 2.2, color=theme.column_space, width=theme.line)
        world = self.space(*cube, *arrows, *names, ball, through=[path])
        world.plant(plane)
        card = self.card(A, "A")
        self.panel.set(self.heading(), card)
        self.open(*cube, *arrows, *names, *self.standing(world, *arrows), card)
        with self.beat("map", N_("The inverse undoes")):
            self.perform(world, path, names={name: f"a_{k + 1}" for k, name in enumerate(names)})
        with self.beat("orbit", N_("The inverse undoes")):
            self.play(self.orbit(world, -20.0), Appear(plane), Vanish(*cube))
        with self.beat("ball", N_("The inverse undoes")):
            self.play(Appear(ball), Vanish(plane))
            self.summary()
