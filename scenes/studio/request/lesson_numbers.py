"""Numbers in a lesson's texts that nobody types: ``{det}`` is worked out from a clip's matrix.

``{det}`` belongs to the clip above the text, or to the first one if there is none above;
``{inverse.det}`` to the clip whose id is ``inverse``. ``{=kappa}`` writes the sign too, and
``{~kappa}`` a decimal with its sign: ``= (3 + √5)/2``, ``≈ 2.62``. Twice the braces are braces:
``{{det}}`` stays ``{det}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import lamath as la
from lamath import notation
from scenes.inputs import Taken
from scenes.studio.request.fields import MAX_BODY, WrongError
from scenes.studio.request.lesson_tables import ClipTable, Lesson
from scenes.studio.request.toml_positions import Position
from scenes.wording import nearest, quoted

__all__ = ["NUMBERS", "filled"]

Problem = tuple[Position, str]

_FIELD: Final = re.compile(
    r"\{\{[\w.=~-]*\}\}"
    r"|\{(?P<sign>[=~]?)(?:(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.)?(?P<name>[A-Za-z_]\w*)\}"
)

NUMBERS: Final[Mapping[str, Callable[[la.Report], Any]]] = {
    "A": lambda known: known.A,
    "b": lambda known: known.b,
    "rows": lambda known: known.shape[0],
    "columns": lambda known: known.shape[1],
    "rank": lambda known: known.rank,
    "nullity": lambda known: known.nullity,
    "det": lambda known: known.det,
    "trace": lambda known: known.trace,
    "inverse": lambda known: known.inverse,
    "pinv": lambda known: known.pinv,
    "transpose": lambda known: known.A.T,
    "column_space": lambda known: known.column_space,
    "null_space": lambda known: known.null_space,
    "null_vector": lambda known: next(iter(known.null_space.vectors), None),
    "U": lambda known: known.svd.U,
    "Sigma": lambda known: known.svd.S,
    "Vt": lambda known: known.svd.V.T,
    "sigma_1": lambda known: _entry(known.svd.S, 0),
    "sigma_2": lambda known: _entry(known.svd.S, 1),
    "sigma_3": lambda known: _entry(known.svd.S, 2),
    "kappa": lambda known: known.condition_number,
    "Q": lambda known: known.qr.Q,
    "R": lambda known: known.qr.R,
    "eigenvalues": lambda known: known.eigen and known.eigen.eigenvalues,
    "norm": lambda known: known.spectral_norm,
    "frobenius_norm": lambda known: known.frobenius_norm,
    "stable_rank": lambda known: known.stable_rank,
    "x": lambda known: known.solution and known.solution.particular,
    "residual": lambda known: known.solution and known.solution.residual,
}
"""What a text may ask for."""


def _entry(entries: la.Vector, index: int) -> Any:
    return entries[index] if index < len(entries) else None


def filled(
    lesson: Lesson, order: Sequence[Position], given: Sequence[Taken]
) -> tuple[Lesson, list[Problem]]:
    """Put the numbers into the texts of a lesson, and give what is wrong with what they ask for."""
    ids = {clip.id: number for number, clip in enumerate(lesson.clip) if clip.id is not None}
    reports: dict[int, la.Report] = {}
    problems: list[Problem] = []
    tables: dict[str, list[Any]] = {
        "text": list(lesson.text), "question": list(lesson.question), "clip": list(lesson.clip),
    }  # fmt: skip
    above = 0

    def report(number: int) -> la.Report:
        if number not in reports:
            reports[number] = _report(given[number], lesson.clip[number])
        return reports[number]

    def number_of(found: re.Match[str]) -> str:
        if found["name"] is None:
            return found[0][1:-1]
        clip = above
        if found["id"] is not None:
            if found["id"] not in ids:
                hint = nearest(found["id"], list(ids)) if ids else "give the clip an id"
                raise WrongError(f"there is no clip {quoted(found['id'])}; {hint}")
            clip = ids[found["id"]]
        return _written(found["name"], report(clip), found["sign"])

    for kind, number in order:
        if kind == "clip":
            above = int(number)
        table = tables[str(kind)][int(number)]
        changed: dict[str, dict[str, str]] = {}
        for field, language, text in _texts(table):
            try:
                new = _FIELD.sub(number_of, text)
            except WrongError as error:
                if all(str(error) != said for _, said in problems):  # not once in each language
                    problems.append(((kind, number, field, language), str(error)))
                continue
            if len(new) > MAX_BODY:
                problems.append(((kind, number, field, language), "its numbers make it too long"))
            changed.setdefault(field, {})[language] = new
        if not problems and changed:
            tables[str(kind)][int(number)] = table.model_copy(update=changed)
    return lesson.model_copy(update=tables), problems


def _texts(table: Any) -> Iterator[tuple[str, str, str]]:
    """Give the texts of a part: field, language, text."""
    for field in ("title", "body", "prompt", "answer"):
        for language, text in (getattr(table, field, None) or {}).items():
            yield field, language, text


def _report(given: Taken, clip: ClipTable) -> la.Report:
    """Give all that is known of the first matrix of a clip, and of its vector if that fits."""
    values = list(given.values.values())
    flat = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    matrix = next((each for each in flat if isinstance(each, la.Matrix)), None)
    if matrix is None:
        raise WrongError(f"{clip.scene} shows no matrix to ask for; name a clip: {{id.det}}")
    vectors = [v for v in values if isinstance(v, la.Vector) and len(v) == matrix.shape[0]]
    return la.analyze(matrix, vectors[0] if vectors else None)


def _written(name: str, known: la.Report, sign: str) -> str:
    if name not in NUMBERS:
        hint = nearest(name, list(NUMBERS))
        raise WrongError(f"there is no number {{{name}}}; {hint}; for braces write {{{{{name}}}}}")
    value = NUMBERS[name](known)
    if value is None:
        why = known.why(name) if hasattr(type(known), name) else None
        said = str(why) if why else f"[{known.A}] has none"
        raise WrongError(f"{{{name}}} is nothing here: {said}")
    if sign == "~":
        value = _decimal(value)
    text = notation.plain(value, sign=bool(sign))
    return f"= {text}" if sign and not text.startswith(("=", "≈")) else text


def _decimal(value: Any) -> Any:
    """Give the decimals of a number or a vector that is not written in few digits."""
    if not set(notation.plain(value)) & set("/√"):
        return value
    entries = isinstance(value, la.Vector | tuple)
    return tuple(map(float, value)) if entries else float(value)
