"""The camera: cairo's own clip keeps each picture on its stage, and dashes are cairo's."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, ManimColor, VMobject, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from scenes.stage.layout import Rect

__all__ = ["Box", "RehearsalRenderer", "StageCamera", "StageRenderer"]


class Box(NamedTuple):
    """Rows and columns of pixels, as slices."""

    rows: slice
    columns: slice


class _Trace(NamedTuple):
    points: npt.NDArray[np.float64]
    path: cairo.Path


class StageCamera(Camera):
    """A Manim camera that honors a mobject's `clip` (a Rect), `dash` (on, off) and `is_line`.

    What can't be seen is not drawn, what was traced before is not traced again, and
    while `scope` names some boxes, the picture changes in these only.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scope: tuple[Box, ...] | None = None
        self._traces: WeakKeyDictionary[VMobject, _Trace] = WeakKeyDictionary()

    def box(self, rect: Rect) -> Box:
        """Give the pixels that lie in a rectangle, even if only in part."""
        unit = self.pixel_height / self.frame_height
        left, top = self.pixel_width / 2, self.pixel_height / 2
        return Box(
            slice(max(floor(top - rect.top * unit), 0), ceil(top - rect.bottom * unit)),
            slice(max(floor(left + rect.left * unit), 0), ceil(left + rect.right * unit)),
        )

    def set_frame_to_background(self, background: npt.NDArray[np.uint8]) -> None:
        """Put back what stands still, where it may have been drawn over."""
        if self.scope is None:
            super().set_frame_to_background(background)
        else:
            for box in self.scope:
                self.pixel_array[box] = background[box]

    def display_multiple_non_background_colored_vmobjects(
        self, vmobjects: Iterable[VMobject], pixel_array: npt.NDArray[np.uint8]
    ) -> None:
        """Draw mobjects, in the boxes that may change only."""
        ctx = self.get_cairo_context(pixel_array)
        if self.scope is not None:
            ctx.save()
            ctx.new_path()
            matrix = ctx.get_matrix()
            ctx.identity_matrix()
            for rows, columns in self.scope:
                ctx.rectangle(
                    columns.start,
                    rows.start,
                    columns.stop - columns.start,
                    rows.stop - rows.start,
                )
            ctx.set_matrix(matrix)
            ctx.clip()
        super().display_multiple_non_background_colored_vmobjects(vmobjects, pixel_array)
        if self.scope is not None:
            ctx.restore()

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> StageCamera:
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
        if clip is None or not getattr(vmobject, "is_line", False):
            self._trace(ctx, vmobject)
            return self
        ctx.new_path()
        points = np.asarray(vmobject.points).reshape(-1, 4, 3)
        for x0, y0, x1, y1 in visible(points[:, 0, :2], points[:, 3, :2], clip.inset(-0.1)):
            ctx.move_to(x0, y0)
            ctx.line_to(x1, y1)
        return self

    def _trace(self, ctx: cairo.Context[Any], vmobject: VMobject) -> None:
        """Trace an outline as Manim does, or as before if it has only been shifted since."""
        points = vmobject.points
        known = self._traces.get(vmobject)
        if known is not None and len(known.points) == len(points):
            shift = points[0] - known.points[0]
            if np.abs(points - known.points - shift).max() < 1e-9:
                ctx.new_path()
                ctx.translate(shift[0], shift[1])
                ctx.append_path(known.path)
                ctx.translate(-shift[0], -shift[1])
                return
        super().set_cairo_context_path(ctx, vmobject)
        if len(points):
            self._traces[vmobject] = _Trace(points.copy(), ctx.copy_path())

    def apply_fill(self, ctx: cairo.Context[Any], vmobject: VMobject) -> StageCamera:
        """Fill, unless the fill is transparent."""
        if vmobject.get_fill_opacity() > 0:
            super().apply_fill(ctx, vmobject)
        return self

    def apply_stroke(
        self, ctx: cairo.Context[Any], vmobject: VMobject, background: bool = False
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
    finished frame: nothing on stage has to be drawn again for it. A writer that has a
    method `write_change(pixels, boxes)` is told where frames differ.
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
        top = round((frame.top - strip.top) * unit)
        rows = slice(top, max(round((frame.top - strip.top + LINE) * unit), 1))
        self._line = Box(rows, slice(0, self.camera.pixel_width))
        self._color = np.array(ManimColor(scene.theme.input).to_int_rgba(), dtype=np.uint8)
        self._write = getattr(self.file_writer, "write_change", None)

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Draw a play anew: Manim's cache can't tell one state of a stage from another."""
        with tempconfig({"disable_caching": True}):
            super().play(scene, *args, **kwargs)

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> Any:
        """Draw what stands still; the first frame of a play may differ anywhere."""
        self.camera.scope = None
        return super().save_static_frame_data(*args, **kwargs)

    def render(self, scene: Any, time: float, moving_mobjects: Any = None) -> None:
        """Draw and write a frame; the next ones differ only where something moves."""
        self.update_frame(scene, moving_mobjects)
        self.add_frame(self.camera.pixel_array)
        if self.camera.scope is None and self.static_image is not None:
            rects = scene.reach(moving_mobjects)
            if rects is not None:
                self.camera.scope = tuple(map(self.camera.box, rects))

    def keep_picture(self) -> None:
        """Let a writer that keeps a poster take the last frame for it."""
        keep = getattr(self.file_writer, "keep_picture", None)
        if keep is not None:
            keep(self.frames)

    def keep_still(self) -> None:
        """Let a writer that keeps a storyboard take the last frame for it."""
        keep = getattr(self.file_writer, "keep_still", None)
        if keep is not None:
            keep()

    def freeze_current_frame(self, duration: float) -> None:
        """Show the frame as it is for a while."""
        self.add_frame(self.camera.pixel_array, self._held(duration))

    def _held(self, duration: float) -> int:
        """Count the frames of a still picture as Manim does: whole ones only."""
        return int(duration * self.camera.frame_rate)

    def add_frame(self, frame: Any, num_frames: int = 1) -> None:
        """Write a frame, with the progress line of its moment."""
        if self.skip_animations:
            return
        boxes = self.camera.scope
        for _ in range(num_frames):
            self.frames += 1
            if self.length:
                done = min(self.frames / (self.length * self.camera.frame_rate), 1.0)
                width = round(done * self.camera.pixel_width)
                frame[self._line.rows, :width] = self._color
            if self._write is None:
                super().add_frame(frame.copy())
            else:
                self.time += 1 / self.camera.frame_rate
                self._write(frame, boxes if boxes is None else (*boxes, self._line))
            boxes = ()
        self._scene.frames_written(self.frames)

    def pass_over(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Let a play pass at once, and count the frames it would have taken."""
        before = self.time
        self._original_skipping_status = True
        CairoRenderer.play(self, scene, *args, **kwargs)
        rate = self.camera.frame_rate
        still = scene.is_current_animation_frozen_frame()
        # a movement is sampled, as Manim does it
        sampled = len(np.arange(0, scene.duration, 1 / rate))
        frames = self._held(scene.duration) if still else sampled
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
