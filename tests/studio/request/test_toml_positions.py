"""Where values stand in TOML, against tomllib."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.studio.request.toml_positions import Position, line_of, positions


def ways(value: Any, place: Position = ()) -> Iterator[Position]:
    """The ways to everything in a value of TOML."""
    if place:
        yield place
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, each in items:
        yield from ways(each, (*place, key))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n\n",
        'a = 1\nb.c = 2\n\'d e\'."f\\"g" = 3\n',
        "[[clip]]\na = 1\n[[text]]\n[text.body]\nen = 1\n[[clip]]\n[[clip.deep]]\n[[clip.deep]]\n",
        'a = """\n[[clip]]\nb = 1\n\\"""\\\\"""\nc = """""""\nd = \'\'\'\n[[x]]\'\'\'\'\'\n',
        "a = [ 1, # [\n [2, '],'], {b = 3, c.d = [4]}, ]\ne = {}\nf = []\n",
        "[ a . b ] # c\nd = 1979-05-27 07:32:00\ne = inf\n[a.c]\n[[ f ]]\n",
        "clip = [{scene = 'a'}, {scene = 'b'}]\r\nx = 1\r\n",
    ],
)
def test_every_value_has_a_place(text: str) -> None:
    assert set(positions(text)) == set(ways(tomllib.loads(text)))


_KEYS = st.from_regex(r"[a-z][a-z-]{0,3}", fullmatch=True)
_VALUES = st.one_of(
    st.integers().map(str),
    st.sampled_from(
        ["true", "'#'", '"]"', '"\\"["', "'''\n[[a]]\n'''", '"""\n"]\\\n"""', "1.5", "[]"]
    ),
    st.lists(st.sampled_from(["1", "'a'", "{ x = 1 }"])).map(lambda xs: f"[{', '.join(xs)}]"),
)
_LINES = st.one_of(
    st.tuples(_KEYS, _VALUES).map(" = ".join),
    st.tuples(_KEYS, _KEYS, _VALUES).map(lambda x: f"{x[0]}.{x[1]} = {x[2]}"),
    st.one_of(_KEYS).map(lambda key: f"[[{key}]]"),
    st.tuples(_KEYS, _KEYS).map(lambda keys: f"[{'.'.join(keys)}]"),
    st.just("# [[x]] = '"),
    st.just(""),
)


@given(st.lists(_LINES, max_size=12).map("\n".join))
def test_any_text_that_tomllib_reads_has_its_places(text: str) -> None:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = positions(text)
    assert set(found) == set(ways(values))
    assert list(found.values()) == sorted(found.values())


def test_places_come_in_the_order_of_the_text_with_their_lines() -> None:
    text = "title = 'x'\n\n[[text]]\nbody = '''\n[[clip]]\n'''\n[[clip]]\n[[text]]\nbody = 'y'\n"
    found = positions(text)
    assert [(place, line_of(text, at)) for place, at in found.items() if len(place) > 1] == [
        (("text", 0), 3),
        (("text", 0, "body"), 4),
        (("clip", 0), 7),
        (("text", 1), 8),
        (("text", 1, "body"), 9),
    ]


@given(st.text(st.sampled_from("ab.=[]{}'\"\\,# \n1"), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = positions(text)
    except ValueError:
        found = {}
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(found) == set(ways(values))
