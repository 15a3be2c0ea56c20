"""The audit finds what is planted, and names scene, beat and things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import Circle, FadeOut, Indicate
from small import Small, small

from scenes import ASPECTS
from scenes.stage import DARK, Curve, Dot, Label, audit, polygon
from scenes.stage.frame import settle_in


def overlap(scene: Any) -> None:
    scene.matrix_card.move_to(scene.area)


def overlap_on_stage(scene: Any) -> None:
    word = scene.math("y").move_to(scene.name)
    scene.add(word)


def cover_an_arrow(scene: Any) -> None:
    arrow = scene.arrow((1, -1), DARK.j)
    scene.plane.join(arrow)
    scene.add(arrow)
    tail, tip = arrow.drawn
    scene.name.move_to((tail + tip) / 2)


def cover_an_outline(scene: Any) -> None:
    scene.name.move_to(scene.square.points[6])


def leave_the_panel(scene: Any) -> None:
    scene.matrix_card.shift([1.5, 0, 0])


def leave_the_stage(scene: Any) -> None:
    scene.name.shift([0, 9, 0])


def leave_the_strip(scene: Any) -> None:
    word = scene.prose("out of place").move_to([-5, -3.05, 0])
    settle_in(word, "strip")
    scene.add(word)


def an_arrow_leaves(scene: Any) -> None:
    scene.x.vector = scene.x.vector * 9
    scene.plane.pose(scene.plane.matrix)


def too_small(scene: Any) -> None:
    scene.matrix_card.scale(0.3)


def too_pale_a_text(scene: Any) -> None:
    scene.matrix_card.rows[0][0].set_color("#3A4554")


def too_pale_a_line(scene: Any) -> None:
    scene.square.set_stroke(color="#202A36")


def too_pale_an_arrow(scene: Any) -> None:
    scene.x.set_fill(color="#202A36")


def far_label(scene: Any) -> None:
    scene.name.shift([-1.4, 0.3, 0])


def moved_outline(scene: Any) -> None:
    scene.square.shift([0.2, 0, 0])


def moved_arrow(scene: Any) -> None:
    scene.x.shift([0, -0.2, 0])


def turned_arrow(scene: Any) -> None:
    scene.x.rotate(0.1)


def stretched_grid(scene: Any) -> None:
    scene.plane.grid[0].stretch(1.1, 0)


PLANTED = [
    (overlap, "text overlaps text", {"area"}),
    (overlap_on_stage, "text overlaps text", {"x", "y"}),
    (cover_an_arrow, "a label covers a line", {"x", "arrow [ 1. -1.]"}),
    (cover_an_outline, "a label covers a line", {"x", "curve"}),
    (leave_the_panel, "text leaves the panel", {"3"}),
    (leave_the_stage, "text leaves the stage", {"x"}),
    (leave_the_strip, "text leaves the strip", {"out of place"}),
    (an_arrow_leaves, "an arrow leaves its stage", {"arrow [9. 9.]"}),
    (too_small, "text is only", {"3"}),
    (too_pale_a_text, "text has contrast", {"2"}),
    (too_pale_a_line, "a line has contrast", {"curve"}),
    (too_pale_an_arrow, "a line has contrast", {"arrow [1. 1.]"}),
    (far_label, "a label is far from its arrow", {"x"}),
    (moved_outline, "a picture disagrees with its matrix", {"curve"}),
    (moved_arrow, "a picture disagrees with its matrix", {"arrow [1. 1.]"}),
    (turned_arrow, "a picture disagrees with its matrix", {"arrow [1. 1.]"}),
    (stretched_grid, "a picture disagrees with its matrix", {"grid"}),
]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_sound_scene_has_no_findings(aspect: str) -> None:
    assert audit(Small, aspect=aspect) == []


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
    (finding,) = audit(small(overlap_on_stage))
    assert str(finding) == "Small, beat after: text overlaps text: x / y"


def test_what_is_gone_or_invisible_is_no_finding() -> None:
    def hide(scene: Any) -> None:
        word = scene.math("y").move_to(scene.name)
        scene.add(word)
        scene.play(FadeOut(word))
        scene.add(scene.math("y").move_to(scene.name).set_opacity(0))

    assert audit(small(hide)) == []


def test_what_has_come_back_to_its_place_is_no_finding() -> None:
    assert audit(small(lambda scene: scene.play(Indicate(scene.x), Indicate(scene.area)))) == []


def test_a_ghost_may_lie_behind_other_things() -> None:
    def haunt(scene: Any) -> None:
        scene.add(scene.ghost(scene.plane, scene.x))

    assert audit(small(haunt)) == []


def test_a_figure_that_is_not_on_stage_is_not_looked_at() -> None:
    def prepare(scene: Any) -> None:
        arrow = scene.arrow((90, 90), DARK.j)
        scene.plane.join(arrow, Label(scene.math("y"), arrow))

    assert audit(small(prepare)) == []


def test_pictures_that_belong_to_no_world_are_nobody_s_business() -> None:
    assert audit(small(lambda scene: scene.add(Circle(0.1)))) == []


def test_every_beat_is_looked_at() -> None:
    class Early(Small):
        def open(self, *shown: Any) -> None:
            super().open(*shown)
            self.add(self.math("y").move_to(self.name))

    assert {finding.beat for finding in audit(Early)} >= {"before"}


def test_a_dot_moved_behind_its_world_s_back_is_found() -> None:
    def move(scene: Any) -> None:
        dot = Dot((0, 1), color=DARK.j)
        scene.plane.join(dot)
        scene.add(dot)
        dot.shift([0.3, 0, 0])

    assert [finding.fault for finding in audit(small(move))] == [
        "a picture disagrees with its matrix"
    ]


def test_a_figure_left_out_of_a_move_is_found() -> None:
    """It joined the world, but something keeps it from being drawn anew."""

    def freeze(scene: Any) -> None:
        stuck = Curve(polygon([(0, 0), (1, 0), (0, 1)]), front=DARK.region, width=2)
        stuck.pose = lambda matrix, window: None
        scene.plane.join(stuck)
        stuck.points = scene.plane.window.place(stuck.base)
        scene.add(stuck)

    assert "a picture disagrees with its matrix" in {
        finding.fault for finding in audit(small(freeze))
    }
