"""What a label claims, judged by lamath: is "A î" where A sends î?"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

import lamath as la
from scenes.stage.figure import is_seen, read
from scenes.stage.labels import Label
from scenes.stage.shapes import Arrow, Dot, Place
from scenes.stage.table import Block

TOLERANCE = 1e-6
PLANE = {"hat(dotless.i)": np.array([1.0, 0.0]), "hat(dotless.j)": np.array([0.0, 1.0])}


def untrue_names(scene: Any) -> tuple[list[str], list[str]]:
    """Give the names of arrows and points that could be judged, and what is false about some.

    Judged at rest: each name that lamath knows the meaning of (î, e₁, v₁, u₁, n, columns,
    what A and its singular values make of them), and A x, A y and b against the x and y in sight.
    """
    judged: list[str] = []
    false: list[str] = []
    about = {id(A): A for world in scene.worlds if (A := getattr(world, "about", None)) is not None}
    for A in about.values() or [getattr(scene, "matrix", None)]:
        worlds = [world for world in scene.worlds if getattr(world, "about", A) is A]
        _judge(worlds, meanings(scene, A), judged, false)
    for name, block in getattr(scene, "tables", ()):
        if is_seen(name):
            _judge_table(scene, name.given, block, judged, false)
    return judged, false


def _judge_table(scene: Any, name: str, block: Any, judged: list[str], false: list[str]) -> None:
    """Note whether a block of cells holds, read as it lies there, the matrix that it is named."""
    (world,) = scene.worlds
    factors = {"A": scene.matrix, "B": scene.second, "A B": scene.matrix @ scene.second}
    M = factors[name.removesuffix("^T").strip("()")]
    M = M.T if name.endswith("^T") else M
    cells = [
        (world.matrix[:2] @ cell.base.mean(axis=0), entry.given)
        for row, entries in zip(block.cells, block.entries, strict=True)
        for cell, entry in zip(row, entries, strict=True)
    ]
    here = [text for _, text in sorted(cells, key=lambda each: (-each[0][1].round(6), each[0][0]))]
    judged.append(name)
    wanted = [Block.written(value) for row in M.rows for value in row]
    if here != wanted:
        false.append(f"{name} holds {here}, it is {wanted}")


def _judge(worlds: list[Any], known: dict[str, Any], judged: list[str], false: list[str]) -> None:
    """Note what can be judged of the names in worlds that are about one matrix."""
    shown = [
        (label, label.given, end)
        for world in worlds
        for label in world.labels
        if isinstance(label.given, str)
        and is_seen(label)
        and (end := end_of(label, world)) is not None
    ]
    here = dict(known)
    for _, name, end in shown:
        if name in ("x", "y", "b", "delta b"):
            here.setdefault(name, end)
    if {"A^(-1)", "delta b"} <= here.keys():  # an error in b, and what comes back of it
        here["delta x"] = meaning("A^(-1) delta b", here)
    for _, name, end in shown:
        claim = meaning(name, here)
        if claim is None or (name in ("x", "y") and name not in known):
            continue
        judged.append(name)
        off = np.linalg.norm(pad(claim) - pad(end))
        if off > TOLERANCE * max(1.0, float(np.linalg.norm(claim)), float(np.linalg.norm(end))):
            false.append(f"{name} stands at {np.round(end, 4)}, it is {np.round(claim, 4)}")


def end_of(label: Label, world: Any) -> np.ndarray | None:
    """Where the thing is that a label names, in the coordinates that its stage shows."""
    anchor = label.anchor
    frame = world.frame_of(anchor)
    if isinstance(anchor, Arrow):
        if np.any(np.abs(anchor.tail) > 0) and label.given != "delta x":
            return None  # a step, not a vector from the origin
        vector = anchor.vector
        return np.asarray(frame[:, : len(vector)] @ vector)
    if isinstance(anchor, Dot) and not isinstance(anchor, Place):  # a number may stand at a place
        point = anchor.point
        return np.asarray(frame[:, : len(point)] @ point)
    return None


def meanings(scene: Any, A: Any) -> dict[str, np.ndarray]:
    """Give the vectors that names stand for, whatever is on stage."""
    if A is None or not hasattr(A, "array"):
        known = {name: getattr(scene, name).array for name in "u" if hasattr(scene, name)}
        return known | PLANE
    U, S, Vh = la.svd(A)
    known = {f"e_{k + 1}": e for k, e in enumerate(np.eye(A.shape[1]))}
    known |= {f"v_{k + 1}": v for k, v in enumerate(Vh.array)}
    if hasattr(scene, "eigenvectors"):  # there these are called v
        known |= {f"v_{k + 1}": v for k, v in enumerate(scene.eigenvectors.array.T)}
    known |= {f"u_{k + 1}": u for k, u in enumerate(U.array.T)}
    drawn = getattr(scene, "upright", A)  # another axis may point up
    known |= {f"a_{k + 1}": a for k, a in enumerate(drawn.array.T)}
    if A.shape[1] == 2:
        known |= PLANE
    known |= {name: read(v) for name, v in getattr(scene, "named_vectors", {}).items()}
    known["A"] = A.array
    known |= {name: read(M) for name, M in getattr(scene, "named_maps", {}).items()}
    known["sigma"] = S.array
    if A.shape[0] == A.shape[1] and la.det(A) != 0:
        known["A^(-1)"] = la.inverse(A).array
    return known


def meaning(name: str, known: dict[str, np.ndarray]) -> np.ndarray | None:
    """Give the vector that a name stands for; None if it can't be told."""
    name = name.strip().split(" = (")[0]  # a name with its coordinates
    if name == "0":
        return np.zeros(2)
    if name in known and np.ndim(known[name]) == 1 and name not in ("sigma", "lambda"):
        return known[name]
    for prefix in ("A^(-1)", "A", "A^2", "B", "C", "D", "D P^(-1)", "P^(-1)", "Q", "K"):
        if name.startswith(prefix + " ") and prefix in known:
            rest = meaning(name[len(prefix) :], known)
            matrix = known[prefix]
            return None if rest is None else matrix @ pad(rest)[: matrix.shape[1]]
    found = re.fullmatch(r"(sigma|lambda)_(\d) (.+)", name)
    if found and found[1] in known:
        rest, values = meaning(found[3], known), known[found[1]]
        k = int(found[2]) - 1
        return None if rest is None or k >= len(values) else values[k] * rest
    found = re.fullmatch(r"(-?\d*(?:\.\d+)?) ?(\D.*)", name)
    if found and found[1]:
        rest = meaning(found[2], known)
        return None if rest is None else float(-1 if found[1] == "-" else found[1]) * rest
    return None


def pad(vector: np.ndarray) -> np.ndarray:
    """Give a vector of the plane as one of space."""
    return np.append(vector, np.zeros(max(0, 3 - len(vector))))
