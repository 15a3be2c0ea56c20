"""Time rendering: `render.py`, stock Manim on the same scenes, and the encoder alone.

    python tests/bench.py                  every scene at 1080p60
    python tests/bench.py svd rank -q l    a quick trial

All figures are of one run on one machine, to be compared with each other only. CPU is that of
every process a command started, memory that of the largest one, as the system accounts for
them when they end. Likeness is the mean SSIM of a clip with the frames that were drawn, in RGB.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # and not tests/, whose folders are called what they test

from scenes import CATALOGUE, Entry, entry  # noqa: E402
from scenes.studio.request.plan import plan  # noqa: E402
from scenes.studio.video import encoder as studio  # noqa: E402
from scenes.studio.video.rendering import render_clip  # noqa: E402

CHUNK = 1 << 30  # bytes of frames held in memory while the encoder is timed
COMPARED = 4  # every fourth frame
LOSSLESS = studio.Codec("libx264rgb", "rgb24", {"preset": "ultrafast", "qp": "0"})


class Cost(NamedTuple):
    """What it took to make `video` seconds of video: seconds, and megabytes."""

    video: float
    wall: float
    cpu: float
    memory: float = 0

    def plus(self, video: float = 0, wall: float = 0, cpu: float = 0, memory: float = 0) -> Cost:
        """Add up."""
        most = max(self.memory, memory)
        return Cost(self.video + video, self.wall + wall, self.cpu + cpu, most)


def run(command: Sequence[str], log: Path, **environment: str) -> Cost:
    """Run a command; stop with its last words if it fails."""
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = log.read_text(errors="replace").splitlines()[-20:]
        sys.exit("\n".join([f"failed ({process.returncode}): {' '.join(command)}", *tail]))
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(0, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def seconds(clip: Path) -> float:
    """Give the length of a clip."""
    with av.open(str(clip)) as file:
        stream = file.streams.video[0]
        return stream.frames / float(stream.average_rate)


def render(
    scenes: Sequence[Entry], quality: str, work: Path, *, jobs: int = 0
) -> tuple[Cost, dict[str, Path]]:
    """Render with this project's command line; give the clips of the scenes too."""
    out = work / f"out-{jobs}"
    cost = run(
        [
            *(sys.executable, "render.py", *(each.id for each in scenes), "-q", quality),
            *("--out", str(out), *(["--jobs", str(jobs)] if jobs else [])),
        ],
        work / "render.log",
    )
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    clips = {clip["scene"]: out / clip["files"]["video"] for clip in manifest["clips"]}
    return cost.plus(sum(map(seconds, clips.values()))), clips


def classes_of(file: Path) -> set[str]:
    """Name the scenes that `manim render -a` would find in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def stock(scenes: Sequence[Entry], quality: str, work: Path) -> tuple[Cost, dict[str, Path]]:
    """Render with Manim's own command line as it comes, one file after another.

    The segment cache is off and the media folder new, so that every frame is drawn; a home
    folder of its own keeps the user's Manim settings out.
    """
    media, home = work / "media", work / "home"
    home.mkdir()
    total = Cost(0, 0, 0)
    for file in dict.fromkeys(each.path for each in scenes):
        names = {each.class_name for each in scenes if each.path == file}
        which = ["-a"] if names == classes_of(file) else []
        cost = run(
            [
                *(sys.executable, "-m", "manim", "render", f"-q{quality}", "--disable_caching"),
                *("--media_dir", str(media), *which, str(file)),
                *([] if which else sorted(names)),
            ],
            work / f"stock-{file.stem}.log",
            HOME=str(home),
            XDG_CACHE_HOME=os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        )
        total = total.plus(wall=cost.wall, cpu=cost.cpu, memory=cost.memory)
    left = [each for each in media.rglob("*.mp4") if "partial_movie_files" not in each.parts]
    ids = {each.class_name: each.id for each in scenes}
    clips = {ids[each.stem]: each for each in left}
    if clips.keys() != set(ids.values()):
        sys.exit(f"stock Manim left {len(clips)} clips of {len(scenes)}")
    return total.plus(video=sum(map(seconds, clips.values()))), clips


def chunks(clip: Path) -> Iterator[list[np.ndarray]]:
    """Decode a clip into RGBA frames, as many at a time as memory should hold."""
    with av.open(str(clip)) as file:
        held: list[np.ndarray] = []
        for frame in file.decode(video=0):
            held.append(frame.to_ndarray(format="rgba"))
            if len(held) * held[0].nbytes >= CHUNK:
                yield held
                held = []
        if held:
            yield held


def come_to_rest() -> float:
    """Wait until this process's threads have nothing left to do; give how long resting took."""
    while True:
        before, start = time.process_time(), time.perf_counter()
        time.sleep(0.02)
        if time.process_time() - before < 0.001:
            return time.perf_counter() - start


def encode(clips: Iterable[Path], work: Path) -> Cost:
    """Encode the frames of finished clips once more, one clip after another.

    The studio's own encoder is timed from a chunk's first frame until it rests; decoding, in
    between, is not.
    """
    total = Cost(0, 0, 0)
    for clip in clips:
        with av.open(str(clip)) as file:
            stream = file.streams.video[0]
            size, rate = (stream.width, stream.height), stream.average_rate
        encoder = studio.Encoder(work / f"again{clip.suffix}", size, rate)
        for chunk in chunks(clip):
            wall, cpu = time.perf_counter(), time.process_time()
            for frame in chunk:
                encoder.write(frame)
            rest = come_to_rest()
            total = total.plus(
                wall=time.perf_counter() - wall - rest, cpu=time.process_time() - cpu
            )
        wall, cpu = time.perf_counter(), time.process_time()
        encoder.close()
        total = total.plus(seconds(clip), time.perf_counter() - wall, time.process_time() - cpu)
    return total


def uncompressed(scene: Entry, quality: str, work: Path) -> Path:
    """Film a scene with an encoder that loses nothing."""
    (clip,) = plan((scene.id,), quality=quality).clips
    folder = work / "uncompressed"
    folder.mkdir()
    with mock.patch.dict(studio.CODECS, {"mp4": LOSSLESS}):
        render_clip(clip, folder, lambda progress: None)
    return folder / "bundle" / "video.mp4"


def likeness(clip: Path, drawn: Path, colors: Colorspace, work: Path) -> float:
    """Give the mean SSIM of a clip's frames with those drawn, in RGB."""
    stats = work / "ssim.txt"
    graph = av.filter.Graph()
    ssim, sink = graph.add("ssim", f"stats_file={stats}"), graph.add("buffersink")
    to_rgb = VideoReformatter()
    with av.open(str(clip)) as seen, av.open(str(drawn)) as truth:
        stream = truth.streams.video[0]
        size = {"width": stream.width, "height": stream.height, "format": "gbrp"}
        sources = [graph.add_buffer(**size, time_base=1 / stream.average_rate) for _ in range(2)]
        for index, source in enumerate(sources):
            source.link_to(ssim, 0, index)
        ssim.link_to(sink)
        graph.configure()
        pairs = zip(seen.decode(video=0), truth.decode(video=0), strict=True)
        for count, pair in enumerate(islice(pairs, None, None, COMPARED)):
            for source, frame in zip(sources, pair, strict=True):
                rgb = to_rgb.reformat(frame, format="gbrp", src_colorspace=colors)
                rgb.pts, rgb.time_base = count, 1 / stream.average_rate
                source.push(rgb)
            graph.pull()
    del graph, ssim, sink, sources  # the filter keeps its file open
    found = re.findall(r"All:([0-9.]+)", stats.read_text())
    return sum(map(float, found)) / len(found)


def compare(scene: Entry, ours: Path, theirs: Path, quality: str, work: Path) -> None:
    """Print how like the frames that were drawn both clips of a scene are, and how large."""
    drawn = uncompressed(scene, quality, work)
    print(f"\nlikeness of {scene.id} with what was drawn (SSIM), and size")
    for name, clip, colors in (
        ("render.py", ours, Colorspace.ITU709),
        ("manim render -a", theirs, Colorspace.ITU601),
    ):
        alike, size = likeness(clip, drawn, colors, work), clip.stat().st_size / 2**20
        print(f"{name:<28}{alike:>9.4f}{size:>9.2f} MB", flush=True)


def show(name: str, cost: Cost) -> None:
    """Print one line of the table."""
    video, wall, cpu, memory = cost
    print(
        f"{name:<28}{video:>9.1f}{wall:>9.1f}{cpu:>9.1f}{wall / video:>13.2f}{cpu / video:>13.2f}"
        + (f"{memory:>9.0f}" if memory else ""),
        flush=True,
    )


def main() -> None:
    """Run them, one after another, and print what each took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ids = [each.id for each in CATALOGUE]
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=f"any of: {', '.join(ids)}")
    parser.add_argument("-q", "--quality", choices="lmhpk", default="h", help="h is 1080p60")
    arguments = parser.parse_args()
    if unknown := set(arguments.scenes) - set(ids):
        parser.error(f"no such scene: {', '.join(sorted(unknown))}")
    chosen = [entry(id) for id in arguments.scenes or ids]

    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(
        f"{len(chosen)} scenes, quality {arguments.quality}; {cores} cores, load {load:.1f}; "
        f"Manim {version('manim')}, Python {platform.python_version()}, {platform.machine()}"
    )
    print(
        f"{'':28}{'video s':>9}{'wall s':>9}{'CPU s':>9}{'wall s / s':>13}{'CPU s / s':>13}"
        f"{'MB':>9}"
    )
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run([sys.executable, "-c", "import manim"], work / "import.log")  # not the first to load it
        ours, clips = render(chosen, arguments.quality, work)
        show("render.py", ours)
        again, _ = render(chosen, arguments.quality, work)
        show("  the same, nothing to do", again)
        alone, _ = render(chosen, arguments.quality, work, jobs=1)
        show("render.py --jobs 1", alone)
        theirs, others = stock(chosen, arguments.quality, work)
        show("manim render -a", theirs)
        encoder = encode(clips.values(), work)
        show("encoding the frames alone", encoder)

        def ratio(a: Cost, b: Cost) -> str:
            wall, cpu = a.wall / a.video / (b.wall / b.video), a.cpu / a.video / (b.cpu / b.video)
            return f"{wall:.2f} times the wall time, {cpu:.2f} times the CPU time"

        print()
        print(f"stock Manim took {ratio(theirs, ours)} of render.py")
        print(f"one worker took {ratio(alone, ours)} of all")
        print(f"render.py took {ratio(ours, encoder)} of the encoder")
        compare(chosen[0], clips[chosen[0].id], others[chosen[0].id], arguments.quality, work)


if __name__ == "__main__":
    main()
