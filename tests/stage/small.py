"""A scene small enough to break: one world, one arrow with its name, one card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lamath as la
from scenes.stage import N_, MatrixScene


class Small(MatrixScene):
    """What every scene has, and nothing else. `meddle(scene)` plays during the second beat."""

    title = N_("The inverse undoes")
    matrix = "2 1; 1 3"
    meddle: Callable[[Any], None] = staticmethod(lambda scene: None)

    def construct(self) -> None:
        path = la.path(self.matrix)
        self.x = self.arrow((1, 1), self.theme.input)
        self.name = self.label(self.x, "x")
        self.square = self.unit_square()
        self.plane = self.world(self.square, self.x, self.name, passes=[[path]])
        self.matrix_card = self.card(self.matrix, "A")
        self.area = self.area_readout(self.plane, abs(la.det(self.matrix)))
        self.arrange(self.heading(), self.matrix_card, self.area)
        self.open(self.square, self.x, self.name, self.matrix_card, self.area)
        with self.beat("before", N_("How much of the plane survives?")):
            self.wait(0.1)
        with self.beat("after", N_("All of them shrink to the origin.")):
            self.play(self.deform(self.plane, path))
            type(self).meddle(self)


def small(meddle: Callable[[Any], None] = lambda scene: None, **attributes: Any) -> type[Small]:
    """Give a class of small scene with a defect planted in it."""
    return type("Small", (Small,), {"meddle": staticmethod(meddle), **attributes})


def played(scene: type[MatrixScene] = Small, **parameters: Any) -> Any:
    """Rehearse a scene and give it as it stands at the end."""
    seen = []
    scene.rehearse(lambda running, beat: seen.append(running), **parameters)
    return seen[-1]
