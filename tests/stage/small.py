"""A scene small enough to break: one world, one arrow with its name, one card, one number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lamath as la
from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixScene


class Small(MatrixScene):
    """What every scene has, and nothing else. `meddle(scene)` plays during the second beat."""

    title = N_("The inverse undoes")
    inputs = (MatrixInput("2x2", default="2 1; 1 3"),)
    meddle: Callable[[Any], None] = staticmethod(lambda scene: None)

    def construct(self) -> None:
        path = la.path(self.matrix)
        self.x = self.arrow((1, 1), self.theme.input)
        self.name = self.label(self.x, "x")
        self.square = self.unit_square()
        self.plane = self.world(self.square, self.x, self.name, through=[path])
        self.matrix_card = self.card(self.matrix, "A")
        measure = self.running(self.area_of(self.plane), 1, abs(la.det(self.matrix)))
        self.area = self.row(N_("area"), measure)
        self.panel.set(self.heading(), self.matrix_card, self.area)
        self.open(self.square, self.x, self.name, self.matrix_card, self.area)
        with self.beat("before", N_("If A moved the plane, can we move it back?")):
            self.wait(0.1)
        with self.beat("after", N_("The inverse undoes")):
            self.perform(self.plane, path, names={self.name: "A x"})
            type(self).meddle(self)


def small(meddle: Callable[[Any], None] = lambda scene: None, **attributes: Any) -> type[Small]:
    """Give a class of small scene in which something else happens at the end."""
    return type("Small", (Small,), {"meddle": staticmethod(meddle), **attributes})


def played(scene: type[MatrixScene] = Small, **parameters: Any) -> Any:
    """Rehearse a scene and give it as it stands at the end."""
    seen = []
    scene.rehearse(lambda running, beat: seen.append(running), **parameters)
    return seen[-1]
