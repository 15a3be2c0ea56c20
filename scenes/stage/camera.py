"""The camera: cairo's own clip keeps each picture on its stage, and dashes are cairo's."""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, ManimColor, VMobject
from manim.renderer.cairo_renderer import CairoRenderer

from scenes.stage.layout import Rect

__all__ = ["RehearsalRenderer", "StageCamera", "StageRenderer"]


class StageCamera(Camera):
    """A Manim camera that honors a mobject's `clip` (a Rect), `dash` (on, off) and `straight`.

    Fills and strokes that could not be seen are not drawn: on a moving grid
    that is most of the time a frame takes.
    """

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context) -> StageCamera:
        """Draw one mobject, clipped to its stage if it has one."""
        clip = getattr(vmobject, "clip", None)
        if clip is not None:
            ctx.save()
            ctx.new_path()  # a path left from before would widen the clip
            ctx.rectangle(clip.left, clip.bottom, clip.width, clip.height)
            ctx.clip()
        super().display_vectorized(vmobject, ctx)
        if clip is not None:
            ctx.restore()
        return self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> StageCamera:
        """Trace a mobject's outline; of a family of lines, only what its stage shows."""
        clip = getattr(vmobject, "clip", None)
        if clip is None or not getattr(vmobject, "straight", False):
            super().set_cairo_context_path(ctx, vmobject)
            return self
        ctx.new_path()
        points = np.asarray(vmobject.points).reshape(-1, 4, 3)
        for x0, y0, x1, y1 in visible(points[:, 0, :2], points[:, 3, :2], clip.inset(-0.1)):
            ctx.move_to(x0, y0)
            ctx.line_to(x1, y1)
        return self

    def apply_fill(self, ctx: cairo.Context, vmobject: VMobject) -> StageCamera:
        """Fill, unless the fill is transparent."""
        if vmobject.get_fill_opacity() > 0:
            super().apply_fill(ctx, vmobject)
        return self

    def apply_stroke(
        self, ctx: cairo.Context, vmobject: VMobject, background: bool = False
    ) -> StageCamera:
        """Stroke, dashed if the mobject says so, unless the stroke is transparent."""
        width = vmobject.get_stroke_width(background)
        if width == 0 or vmobject.get_stroke_opacity(background) == 0:
            return self
        dash = getattr(vmobject, "dash", ())
        if dash:
            ctx.set_dash(dash)
        super().apply_stroke(ctx, vmobject, background)
        if dash:
            ctx.set_dash(())
        return self


def visible(
    starts: npt.NDArray[np.float64], ends: npt.NDArray[np.float64], rect: Rect
) -> list[list[float]]:
    """Give the pieces (x0, y0, x1, y1) of line segments that lie in a rectangle.

    `starts` and `ends` are (n, 2) arrays; a segment that misses the rectangle
    gives nothing. Source: Liang and Barsky, ACM Trans. Graph. 3 (1984) 1–22.
    """
    along = ends - starts
    low, high = np.array([rect.left, rect.bottom]), np.array([rect.right, rect.top])
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.sort(np.stack([(low - starts) / along, (high - starts) / along]), axis=0)
    # a segment along an axis is inside at all times, or at none
    inside = (starts >= low) & (starts <= high)
    t = np.where(along == 0, np.where(inside, [[[-np.inf]], [[np.inf]]], np.nan), t)
    enter = np.maximum(t[0].max(axis=1), 0.0)
    leave = np.minimum(t[1].min(axis=1), 1.0)
    kept = enter < leave  # false for nan
    first = starts[kept] + enter[kept, None] * along[kept]
    last = starts[kept] + leave[kept, None] * along[kept]
    pieces: list[list[float]] = np.hstack([first, last]).tolist()
    return pieces


class StageRenderer(CairoRenderer):
    """A cairo renderer that counts frames and paints how far the clip is.

    The progress line depends on the time alone, so it is painted onto the
    finished frame: nothing on stage has to be drawn again for it.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("camera_class", StageCamera)
        super().__init__(**kwargs)
        self.time: float = 0.0
        self.frames = 0
        self.length: float | None = None  # seconds, known after the rehearsal

    def init_scene(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Remember whom to tell, and where the line runs."""
        super().init_scene(scene, *args, **kwargs)
        self._scene = scene
        frame, strip = scene.layout.frame, scene.layout.strip
        unit = self.camera.pixel_height / frame.height
        self._rows = slice(
            round((frame.top - strip.top) * unit),
            max(round((frame.top - strip.top + LINE) * unit), 1),
        )
        self._color = np.array(ManimColor(scene.theme.input).to_int_rgba(), dtype=np.uint8)

    def add_frame(self, frame: Any, num_frames: int = 1) -> None:
        """Write a frame, with the progress line of its moment."""
        if self.skip_animations:
            return
        for index in range(num_frames):
            picture = frame if index == num_frames - 1 else frame.copy()
            self.frames += 1
            if self.length:
                done = min(self.frames / (self.length * self.camera.frame_rate), 1.0)
                picture[self._rows, : round(done * self.camera.pixel_width)] = self._color
            super().add_frame(picture, 1)
        self._scene.frames_written(self.frames)

    def pass_over(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Let a play pass at once, and count the frames it would have taken."""
        before = self.time
        self._original_skipping_status = True
        CairoRenderer.play(self, scene, *args, **kwargs)
        rate = self.camera.frame_rate
        still = scene.is_current_animation_frozen_frame()
        # as Manim counts: a still picture is held for whole frames, a movement is sampled
        frames = (
            int(scene.duration * rate) if still else len(np.arange(0, scene.duration, 1 / rate))
        )
        self.frames += frames
        self.time = before + frames / rate


LINE = 0.035  # thickness of the progress line, in stage units


class RehearsalRenderer(StageRenderer):
    """Runs a scene's whole story without drawing a pixel or writing a file.

    Its clock counts the very frames that a film of the scene will have.
    """

    def __init__(self) -> None:
        super().__init__(skip_animations=True)

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Let a play pass."""
        self.pass_over(scene, *args, **kwargs)

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draw nothing."""

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> None:
        """Keep no picture."""
        self.static_image = None

    def get_frame(self) -> Any:
        """Give the untouched pixel array: nobody looks at it."""
        return self.camera.pixel_array
