"""Films without files: every frame is drawn, looked at, and dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import tempconfig

from scenes.stage.camera import StageRenderer
from scenes.stage.figure import is_seen
from scenes.stage.layout import Rect

Look = Callable[[Any, np.ndarray], None]


def film(scene: type, look: Look, *, height: int = 180, rate: int = 4, **parameters: Any) -> Any:
    """Render a scene as Manim does; `look(scene, pixels)` sees each frame when it is drawn."""

    class Renderer(StageRenderer):
        def add_frame(self, frame: Any, num_frames: int = 1) -> None:
            look(running[0], np.array(frame))
            super().add_frame(frame, num_frames)

    settings = {
        "dry_run": True,
        "disable_caching": True,
        "progress_bar": "none",
        "pixel_width": 2 * round(height * 8 / 9),
        "pixel_height": height,
        "frame_rate": rate,
    }
    running: list[Any] = []
    with tempconfig(settings):
        running.append(scene(renderer=Renderer, **parameters))
        running[0].render()
    return running[0]


def drawn(scene: Any, keep: Callable[[Any], bool] = lambda leaf: True) -> np.ndarray:
    """Draw what is on stage from scratch."""
    camera = scene.renderer.camera
    before, scope = camera.pixel_array.copy(), camera.scope
    camera.scope = None
    camera.reset()
    leaves = sorted(
        (leaf for leaf in scene.leaves() if is_seen(leaf) and keep(leaf)),
        key=lambda leaf: leaf.z_index,
    )
    camera.capture_mobjects(leaves)
    picture = camera.pixel_array.copy()
    camera.pixel_array[:], camera.scope = before, scope
    return picture


def crop(scene: Any, pixels: np.ndarray, rect: Rect, margin: int = 2) -> np.ndarray:
    """The pixels of an area of the frame, but for its border."""
    frame = scene.layout.frame
    unit = pixels.shape[0] / frame.height
    top, bottom = round((frame.top - rect.top) * unit), round((frame.top - rect.bottom) * unit)
    left, right = round((rect.left - frame.left) * unit), round((rect.right - frame.left) * unit)
    return pixels[top + margin : bottom - margin, left + margin : right - margin]


def still(
    scene: type,
    beat: str,
    *,
    height: int = 480,
    keep: Callable[[Any], bool] = lambda leaf: True,
    **parameters: Any,
) -> Any:
    """Give the picture at the end of a beat, (height, width, 3), without filming the rest."""
    found = []

    def look(running: Any, name: str) -> None:
        if name == beat:
            found.append(drawn(running, keep)[:, :, :3])

    settings = {"pixel_width": 2 * round(height * 8 / 9), "pixel_height": height}
    with tempconfig(settings):
        scene.rehearse(look, **parameters)
    (picture,) = found
    return picture
