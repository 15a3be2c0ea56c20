"""Singular values: every matrix turns, stretches along two axes, and turns again."""

import numpy as np
from manim import FadeIn, Indicate

import lamath as la
from lamath import notation
from scenes.stage import N_, MatrixScene, Rewind, Row, circle

QUESTION = N_("Where does A send the unit circle?")
WHOLE = {
    "ellipse": N_("To an ellipse. How does it get there?"),
    "circle": N_("To a circle again. How does it get there?"),
    "fold": N_("To an ellipse, with the plane turned over. How does it get there?"),
    "circle, fold": N_("To a circle again, with the plane turned over. How does it get there?"),
    "flatten": N_("To a segment: the disc is crushed. How does it get there?"),
    "vanish": N_("To a single point: everything is crushed."),
}
BACK = N_("Rewind, and take the motion apart: A = U Σ Vᵀ, read from right to left.")
ROTATE_IN = {
    True: N_("First Vᵀ: a turn that brings v₁ and v₂ onto the axes."),
    False: N_("First Vᵀ: v₁ and v₂ already lie on the axes, so it turns nothing."),
}
STRETCH = {
    "ellipse": N_("Then Σ: a stretch along the axes, by σ₁ and by σ₂."),
    "circle": N_("Then Σ: σ₁ = σ₂, so any two perpendicular directions will do."),
    "flatten": N_("Then Σ: σ₂ = 0 flattens the disc, σ₁ stretches what is left."),
    "vanish": N_("Then Σ: σ₁ = σ₂ = 0, and nothing is left to stretch."),
}
ROTATE_OUT = {
    True: N_("Last U: a turn of the result to where A puts it."),
    False: N_("Last U: here it turns nothing; the result already lies in place."),
    None: N_("Last U: it folds the sheet over, since det A < 0."),
}
TURN = N_("turn")
STRETCH_ONLY = N_("stretch")
TURN_OVER = N_("fold")
TOGETHER = {
    "ellipse": N_(
        "It fits the ghost exactly. The half-axes are σ₁ and σ₂: A is strongest along v₁."
    ),
    "circle": N_("It fits the ghost exactly. A stretches every direction by the same σ."),
    "fold": N_("It fits the ghost exactly. The half-axes are σ₁ and σ₂; det A = −σ₁σ₂."),
    "circle, fold": N_("It fits the ghost exactly. A stretches every direction by the same σ."),
    "flatten": N_("It fits the ghost exactly. All the force is along v₁; along v₂ there is none."),
    "vanish": N_("No direction has any force: both singular values are 0."),
}


class RotateStretchRotate(MatrixScene):
    """A = U Σ Vᵀ: every matrix turns, stretches along two axes, and turns again."""

    title = N_("Rotate · Stretch · Rotate")
    matrix = "3 0; 4 5"
    accepts = ("2x2",)

    def construct(self) -> None:
        svd, theme = la.svd(self.matrix), self.theme
        stages = rotate_in, stretch, rotate_out = svd.stages()
        whole = la.path(self.matrix)
        kind = self._kind(svd)

        disc = self.region(circle())
        colors = theme.sigma_1, theme.sigma_2
        arrows = [self.arrow(svd.V.column(k), colors[k]) for k in (0, 1)]
        labels = [self.label(arrow, f"v_{k}") for k, arrow in enumerate(arrows, 1)]
        world = self.world(
            disc, *arrows, *labels, passes=[[whole], [stage.path for stage in stages]]
        )
        card = self.card(self.matrix, "A")
        formula = self.math(
            ["A", "=", "U", "Sigma", ("Vh", "V^top")], size=1.25 * theme.math, color=theme.muted
        )
        rows = {stage.symbol: self._row(stage) for stage in stages}
        lengths = [
            self.length_readout(f"sigma_{k + 1}", world, svd.V.column(k), svd.S[k], colors[k])
            for k in (0, 1)
        ]
        steps, sigmas = self.rows(*rows.values()), self.columns(*lengths)
        self.arrange(self.heading(), card, formula, steps, sigmas)

        def light(symbol: str, color: str) -> list:
            return [part.animate.set_color(color) for part in (formula.part(symbol), rows[symbol])]

        self.open(world, disc, card)
        with self.beat("question", QUESTION):
            self.play(self.reveal(*arrows, *labels))
        with self.beat("whole", WHOLE[kind]):
            self.play(self.deform(world, whole))
            ghost = self.ghost(world, disc)
            self.add(ghost)
        with self.beat("back", BACK):
            self.play(Rewind(world), FadeIn(formula))
            self.play(FadeIn(steps), FadeIn(sigmas))
        for stage, message, names in (
            (rotate_in, ROTATE_IN[bool(rotate_in.angle)], ("e_1", "e_2")),
            (
                stretch,
                STRETCH[kind.removesuffix(", fold").replace("fold", "ellipse")],
                ("sigma_1 e_1", "sigma_2 e_2"),
            ),
            (
                rotate_out,
                ROTATE_OUT[None if rotate_out.folds else bool(rotate_out.angle)],
                ("sigma_1 u_1", "sigma_2 u_2"),
            ),
        ):
            with self.beat(stage.name, message):
                self.play(*light(stage.symbol, theme.input))
                self.motion(world, stage.path, svd.V.column(0))
                labels = self.rename(world, dict(zip(labels, names, strict=True)))
                self.play(*light(stage.symbol, theme.ink))
        with self.beat("together", TOGETHER[kind]):
            self.play(Indicate(ghost), Indicate(sigmas))
            self.summary()

    def _kind(self, svd: la.Svd) -> str:
        """Which staging the singular values call for."""
        if svd.S[0] == 0:
            return "vanish"
        if svd.S[1] == 0:
            return "flatten"
        shape = "circle" if svd.S[0] == svd.S[1] else "ellipse"
        if la.det(self.matrix) < 0:
            return "circle, fold" if shape == "circle" else "fold"
        return shape

    def _row(self, stage: la.Stage) -> Row:
        """Give the panel's line for a stage: its symbol, what it does, by how much."""
        if stage.symbol == "Sigma":
            row = self.row("Sigma", STRETCH_ONLY, "sigma_1, sigma_2")
        else:
            symbol = "V^top" if stage.symbol == "Vh" else "U"
            x, y = (1, 0) if stage.mirror is None else stage.mirror
            angle = float(np.arctan2(y, x)) if stage.folds else (stage.angle or 0.0)
            text = notation.degrees(angle, sign=True, style="typst").removeprefix("= ")
            row = self.row(symbol, TURN_OVER if stage.folds else TURN, f"{text} degree")
        return row.set_color(self.theme.muted)
