"""The encoder: frames in, one video file out.

Manim encodes every play into a file of its own and joins these. Since clips are
never cached by the play, one encoder for the whole clip does with less: frames are
not copied, the file starts fast, seeks to any two seconds, and says truthfully
which colors it holds (BT.709).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, NamedTuple

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy import uint8
from numpy.typing import NDArray
from PIL import Image

from scenes.studio.video import storyboard
from scenes.studio.video.manim_defaults import SceneFileWriter

__all__ = ["CODECS", "ClipWriter", "Codec", "Encoder"]

Pixels = NDArray[uint8]

_BT709 = 1  # the code for primaries, transfer and matrix alike
_BLOCK = 16  # pixels: what x264 looks at as one; and four share a color sample
_WAITING = 4  # frames: enough for drawing and encoding to overlap, 13 MB at 1080p


@dataclass(frozen=True)
class Codec:
    """A codec and how it is driven."""

    codec: str
    pixels: str
    options: dict[str, str] = field(default_factory=dict)
    container: dict[str, str] = field(default_factory=dict)


# x264: veryfast with its search cut short (a grid that turns is not found by searching
# farther), and with bits spread more evenly, which makes up for that. The number of threads
# changes the bytes, so it is fixed: the same clip is the same file on every machine.
_X264 = Codec(
    "libx264",
    "yuv420p",
    {
        "preset": "veryfast",
        "crf": "21",
        "threads": "2",
        "x264-params": "me=dia:merange=4:subme=1:8x8dct=0:b-adapt=0:"
        "qcomp=0.3:aq-strength=0.7:chroma-qp-offset=-3",
    },
    {"movflags": "+faststart"},
)
CODECS = {
    "mp4": _X264,
    "mov": _X264,
    "webm": Codec(
        "libvpx-vp9",
        "yuv420p",
        {"crf": "30", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1", "threads": "2"},
        {"fflags": "+bitexact"},  # without, every file has a random number of its own
    ),
    # A palette wants to see all frames first: they wait in a lossless file.
    "gif": Codec("libx264rgb", "rgb24", {"preset": "ultrafast", "qp": "0", "threads": "2"}),
}

# Every picture stands for itself, so that drafts can be cut at any of them; quick comes first.
_DRAFT = Codec("libx264", "yuv420p", {"preset": "ultrafast", "crf": "26", "g": "1", "threads": "2"})


class _Change(NamedTuple):
    """What is new in a frame, in the codec's pixels, and where it begins."""

    picture: Any
    row: int = 0
    column: int = 0


class Encoder:
    """Encodes frames in a thread of its own, so that drawing goes on meanwhile.

    Parameters
    ----------
    target
        The file to write; its suffix is the format.
    size
        Width and height of every frame, both even.
    rate
        Frames per second.
    draft
        Whether it can be cut anywhere, at the price of its size.
    """

    def __init__(
        self, target: Path, size: tuple[int, int], rate: Fraction, *, draft: bool = False
    ) -> None:
        self.target = target
        self.rate = rate
        self._size = size
        self._codec = _DRAFT if draft else CODECS[target.suffix[1:]]
        self._palette = target.suffix == ".gif"
        self._file = target.with_suffix(".mkv") if self._palette else target
        self._reformatter = VideoReformatter()
        self._is_video = self._codec.pixels == "yuv420p"  # and not the pictures of a GIF
        self._begun = False
        self._frames: Queue[list[_Change] | None] = Queue(maxsize=_WAITING)
        self._ended = False
        self._error: BaseException | None = None
        self._thread = Thread(target=self._encode, name="encoder", daemon=True)
        self._thread.start()

    def write(self, pixels: Pixels, boxes: Iterable[tuple[slice, slice]] | None = None) -> None:
        """Add a frame (height × width × 4, RGBA).

        With `boxes`, slices of rows and of columns, the frame differs from the one before
        in these only.
        """
        self._raise_error()
        if boxes is None or not self._begun or not self._is_video:
            changes = [_Change(self._converted(pixels))]
        else:
            changes = [self._change(pixels, *box) for box in boxes]
        self._begun = True
        self._frames.put(changes)

    def close(self) -> None:
        """Finish the file."""
        self._frames.put(None)
        self._thread.join()
        self._raise_error()
        if self._palette:
            _write_gif(self._file, self.target, self.rate)
            self._file.unlink()

    def abort(self) -> None:
        """Stop without finishing; what was written is of no use."""
        self._error = self._error or RuntimeError("the encoder was abandoned")
        self._frames.put(None)
        self._thread.join()
        self._file.unlink(missing_ok=True)

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error

    def _change(self, pixels: Pixels, rows: slice, columns: slice) -> _Change:
        row, column = rows.start // _BLOCK * _BLOCK, columns.start // _BLOCK * _BLOCK
        bottom, right = -(-rows.stop // _BLOCK) * _BLOCK, -(-columns.stop // _BLOCK) * _BLOCK
        part = pixels[row:bottom, column:right]
        return _Change(self._converted(part), row, column)

    def _converted(self, pixels: Pixels) -> Any:
        frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        if not self._is_video:
            return self._reformatter.reformat(frame, format=self._codec.pixels)
        return self._reformatter.reformat(
            frame,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            # the mean of each 2×2 for a color sample: nearest to what was drawn, at no cost
            interpolation=Interpolation.AREA,
            threads=1,
        )

    def _encode(self) -> None:
        try:
            with av.open(str(self._file), "w", options=self._codec.container) as container:
                self._encode_into(container)
        except BaseException as error:
            self._error = self._error or error
        finally:
            while self._next() is not None:  # or `write` would wait for ever
                pass

    def _next(self) -> list[_Change] | None:
        """Give what is new in the next frame, or None after the last one."""
        if not self._ended:
            changes = self._frames.get()
            self._ended = changes is None
            return changes
        return None

    def _encode_into(self, container: Any) -> None:
        seek = {"g": str(round(2 * self.rate))}
        stream = container.add_stream(
            self._codec.codec, rate=self.rate, options=seek | self._codec.options
        )
        stream.width, stream.height = self._size
        stream.pix_fmt = self._codec.pixels
        if self._is_video:
            context = stream.codec_context
            context.color_primaries = context.color_trc = context.colorspace = _BT709
            context.color_range = ColorRange.MPEG
        frame: Any = None
        count = 0
        while (changes := self._next()) is not None:
            if self._error is not None:
                continue
            for change in changes:
                frame = _changed(frame, change)
            frame.pts, frame.time_base = count, 1 / self.rate
            container.mux(stream.encode(frame))
            count += 1
        if self._error is None:
            container.mux(stream.encode())


def _changed(frame: Any, change: _Change) -> Any:
    """Give a frame with a change made to it."""
    picture, row, column = change
    if frame is None or (picture.width, picture.height) == (frame.width, frame.height):
        return picture
    frame.make_writable()  # the encoder may still look at it
    for index, (plane, part) in enumerate(zip(frame.planes, picture.planes, strict=True)):
        shrunk = 2 if index else 1  # colors have half the rows and columns
        top, left = row // shrunk, column // shrunk
        _samples(plane)[top : top + part.height, left : left + part.width] = _samples(part)
    return frame


def _samples(plane: Any) -> Pixels:
    """Give the samples of a plane (height × width), to read or to change."""
    lines = np.frombuffer(plane, dtype=np.uint8).reshape(plane.height, plane.line_size)
    return lines[:, : plane.width]


def _write_gif(source: Path, target: Path, rate: Fraction) -> None:
    """Write a GIF in two passes over the frames: choose 256 colors, then use them."""
    with av.open(str(source)) as video:
        choose = av.filter.Graph()
        choose.link_nodes(
            choose.add_buffer(template=video.streams.video[0]),
            choose.add("palettegen", "stats_mode=diff"),
            choose.add("buffersink"),
        ).configure()
        for frame in video.decode(video=0):
            choose.push(frame)
        choose.push(None)
        palette = choose.pull()

    with av.open(str(source)) as video, av.open(str(target), "w") as gif:
        pictures = video.streams.video[0]
        stream = gif.add_stream("gif", rate=rate)
        stream.width, stream.height, stream.pix_fmt = pictures.width, pictures.height, "pal8"
        use = av.filter.Graph()
        frames = use.add_buffer(template=pictures)
        colors = use.add_buffer(
            width=palette.width, height=palette.height, format=palette.format.name,
            time_base=Fraction(1, 1000),
        )  # fmt: skip
        paint = use.add("paletteuse", "dither=bayer:bayer_scale=5:diff_mode=rectangle")
        sink = use.add("buffersink")
        frames.link_to(paint, 0, 0)
        colors.link_to(paint, 0, 1)
        paint.link_to(sink)
        use.configure()
        colors.push(palette)
        colors.push(None)
        for count, frame in enumerate(video.decode(video=0)):
            frames.push(frame)
            painted = use.pull()
            painted.pts, painted.time_base = count, 1 / rate
            gif.mux(stream.encode(painted))
        gif.mux(stream.encode())


class ClipWriter(SceneFileWriter):  # type: ignore[misc]
    """Takes the place of Manim's writer: frames go to one encoder, or into a folder of pictures.

    Parameters
    ----------
    settings
        Manim's, resolved for one scene.
    folder
        Where `video.*`, `frames/` go.
    encoder
        Whether to start an encoder at once.
    """

    def __init__(self, settings: Any, folder: Path, *, encoder: bool = True) -> None:
        super().__init__(settings)
        self.folder = folder
        self.frames = 0
        self.last: Pixels | None = None
        self.poster: Pixels | None = None
        self.stills: list[Image.Image] = []
        self.encoder: Encoder | None = None
        wanted = settings.video_encoder
        if wanted is not None and encoder:
            target = folder / f"video{self.output_spec.artifact_extension}"
            self.encoder = Encoder(target, (wanted.width, wanted.height), wanted.frame_rate)

    def begin_animation(self, *args: Any, **kwargs: Any) -> None:
        """Start no segment: the encoder runs on."""

    def end_animation(self, *args: Any, **kwargs: Any) -> None:
        """End no segment."""

    def write_change(self, pixels: Pixels, boxes: Sequence[tuple[slice, slice]] | None) -> None:
        """Take a frame, which differs from the one before in some boxes only (None: anywhere).

        `pixels` may be drawn over afterwards; `last` is what they hold then.
        """
        if self.encoder is not None:
            self.encoder.write(pixels, boxes)
        elif self.output_spec.is_image_sequence:
            path = self.folder / "frames" / f"{self.frames:05}.png"
            path.parent.mkdir(exist_ok=True)
            Image.fromarray(pixels).save(path)
        self.frames += 1
        self.last = pixels

    def keep_picture(self, frame: int) -> None:
        """Keep the last frame, of which there are so many by now, for the poster."""
        if self.last is not None:
            self.poster = self.last.copy()

    def keep_still(self) -> None:
        """Keep the last frame, made small, for the storyboard."""
        if self.last is not None:
            picture = Image.fromarray(self.last).convert("RGB")
            self.stills.append(storyboard.small(picture))

    def save_image(self, pixels: Pixels) -> None:
        """Take the only picture of a still."""
        self.frames, self.last = 1, pixels

    def finish(self) -> None:
        """Finish the encoder."""
        if self.encoder is not None:
            self.encoder.close()

    def abort_encode_jobs(self, *args: Any, **kwargs: Any) -> None:
        """Drop the file of a scene that failed."""
        if self.encoder is not None:
            self.encoder.abort()
