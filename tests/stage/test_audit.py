"""The audit finds what is planted, and names scene, beat and things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import Circle
from small import Small, small
from zoo import ZOO

from scenes import ASPECTS
from scenes.stage import bezier
from scenes.stage.audit import audit
from scenes.stage.figure import leaves, set_presence
from scenes.stage.motion import Appear, Pulse, Vanish
from scenes.stage.shapes import Arrow, Curve
from scenes.stage.theme import DARK
from scenes.stage.view import Array, View


def overlap(scene: Any) -> None:
    scene.matrix_card.move_to(scene.area.words)


def overlap_on_stage(scene: Any) -> None:
    scene.bring(scene.math("y").move_to(scene.name))


def cover_an_arrow(scene: Any) -> None:
    arrow = scene.arrow((1, -1), DARK.j)
    scene.plane.join(arrow)
    scene.bring(arrow)
    scene.draw()
    tail, tip = arrow.drawn
    scene.name.move_to((tail + tip) / 2)


def cover_an_outline(scene: Any) -> None:
    scene.name.move_to(scene.square.points[6])


def leave_the_panel(scene: Any) -> None:
    scene.matrix_card.shift([3.0, 0, 0])


def leave_the_stage(scene: Any) -> None:
    scene.name.shift([0, 9, 0])


def leave_the_strip(scene: Any) -> None:
    scene._caption.shift([0, 0.5, 0])


def an_arrow_leaves(scene: Any) -> None:
    scene.x.given = 9 * scene.x.vector
    scene.draw()


def too_small(scene: Any) -> None:
    scene.matrix_card.scale(0.3)


def too_pale_a_text(scene: Any) -> None:
    scene.matrix_card.entry(0, 0).set_color("#3A4554")


def too_pale_an_arrow(scene: Any) -> None:
    scene.x.set_fill(color="#202A36")


def a_far_label(scene: Any) -> None:
    scene.name.shift([-1.6, 0.3, 0])


def a_moved_outline(scene: Any) -> None:
    scene.square.shift([0.2, 0, 0])


def a_moved_arrow(scene: Any) -> None:
    scene.x.shift([0, -0.2, 0])


def a_turned_arrow(scene: Any) -> None:
    scene.x.rotate(0.1)


def a_moved_dot(scene: Any) -> None:
    dot = scene.dot((0, 1), DARK.j)
    scene.plane.join(dot)
    scene.bring(dot)
    scene.draw()
    dot.shift([0.3, 0, 0])


def a_stretched_grid(scene: Any) -> None:
    scene.plane.grid[0].stretch(1.1, 0)


LIE = "a picture disagrees with its matrix"
PLANTED = [
    (overlap, "text overlaps text", {"area"}),
    (overlap_on_stage, "text overlaps text", {"A x", "y"}),
    (cover_an_arrow, "a label covers a line", {"A x", "arrow [ 1. -1.]"}),
    (cover_an_outline, "a label covers a line", {"A x", "curve"}),
    (leave_the_panel, "text leaves its area", {"3"}),
    (leave_the_stage, "text leaves its area", {"A x"}),
    (leave_the_strip, "text leaves its area", {"The inverse undoes"}),
    (an_arrow_leaves, "an arrow leaves its stage", {"arrow [9. 9.]"}),
    (too_small, "text is only", {"3"}),
    (too_pale_a_text, "text has contrast", {"2"}),
    (too_pale_an_arrow, "a figure has contrast", {"arrow [1. 1.]"}),
    (a_far_label, "a label is far from what it names", {"A x"}),
    (a_moved_outline, LIE, {"curve"}),
    (a_moved_arrow, LIE, {"arrow [1. 1.]"}),
    (a_turned_arrow, LIE, {"arrow [1. 1.]"}),
    (a_moved_dot, LIE, {"dot"}),
    (a_stretched_grid, LIE, {"lines"}),
]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_sound_scene_has_no_findings(aspect: str) -> None:
    assert audit(Small, aspect=aspect) == []


@pytest.mark.parametrize("kind", ZOO)
def test_a_sound_scene_has_no_findings_whatever_the_matrix(kind: str) -> None:
    assert audit(Small, matrix=ZOO[kind]) == []


@pytest.mark.parametrize(
    ("plant", "fault", "things"), PLANTED, ids=[plant.__name__ for plant, *_ in PLANTED]
)
def test_what_is_planted_is_found_and_named(
    plant: Callable[[Any], None], fault: str, things: set[str]
) -> None:
    findings = audit(small(plant))
    assert {finding.scene for finding in findings} == {"Small"}
    assert {finding.beat for finding in findings} == {"after"}
    found = [finding for finding in findings if finding.fault.startswith(fault)]
    assert any(things <= set(finding.things) for finding in found), findings


def test_a_finding_reads_as_a_sentence() -> None:
    finding, *_ = audit(small(a_moved_outline))
    assert str(finding) == f"Small, beat after: {LIE}: curve"


def test_a_lie_in_the_middle_of_a_motion_is_found() -> None:
    """A picture that jumps to where it belongs at the end is false on the way."""

    class Lazy(Arrow):
        def pose(self, matrix: Array, view: View) -> None:
            at_end = any(np.allclose(matrix, each) for each in (np.eye(2), [[2, 1], [1, 3]]))
            super().pose(matrix if at_end else np.eye(2), view)

    class Late(Small):
        def arrow(self, vector: Any, color: str, **style: Any) -> Arrow:
            return Lazy(vector, color=color)

    (finding,) = audit(Late)
    assert (finding.fault, finding.things) == (LIE, ("arrow [1. 1.]",))


def test_a_figure_that_is_not_drawn_anew_is_found() -> None:
    def freeze(scene: Any) -> None:
        stuck = Curve(bezier.polygon([(0, 0), (1, 0), (0, 1)]), front=DARK.region, width=2)
        scene.plane.join(stuck)
        scene.bring(stuck)
        stuck.points = scene.plane.view.place(stuck.base)

    assert (LIE, ("curve",)) in {(each.fault, each.things) for each in audit(small(freeze))}


def test_what_is_gone_or_invisible_is_no_finding() -> None:
    def hide(scene: Any) -> None:
        word = scene.math("y").move_to(scene.name)
        scene.play(Appear(word))
        scene.play(Vanish(word))
        other = scene.math("y").move_to(scene.name)
        scene.bring(other)
        set_presence(other, 0.0)

    assert audit(small(hide)) == []


def test_what_has_been_lit_up_is_no_finding() -> None:
    def light(scene: Any) -> None:
        scene.play(Pulse(scene.x, scene.square, *leaves(scene.area)))

    assert audit(small(light)) == []


def test_a_ghost_may_lie_behind_other_things() -> None:
    assert audit(small(lambda scene: scene.ghost(scene.plane, scene.x, scene.square))) == []


def test_a_figure_that_is_not_on_stage_is_not_looked_at() -> None:
    def prepare(scene: Any) -> None:
        arrow = scene.arrow((90, 90), DARK.j)
        scene.plane.join(arrow, scene.label(arrow, "y"))

    assert audit(small(prepare)) == []


def test_pictures_that_belong_to_no_world_are_nobody_s_business() -> None:
    assert audit(small(lambda scene: scene.bring(Circle(0.1)))) == []


def test_every_beat_is_looked_at() -> None:
    class Early(Small):
        def open(self, *shown: Any) -> None:
            super().open(*shown)
            self.bring(self.math("y").move_to(self.name))

    assert {finding.beat for finding in audit(Early)} >= {"before"}
