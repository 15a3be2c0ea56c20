"""A clip written down: what is said, and what is new in the picture."""

from __future__ import annotations

from types import SimpleNamespace as Thing

from scenes.studio.report.captions import chapters
from scenes.studio.report.transcript import transcript


def beat(name: str, caption: str, start: float, end: float) -> Thing:
    return Thing(name=name, caption=caption, start=start, end=end)


def sight(*arrows: tuple[str, str, str], panel: tuple[str, ...] = (), heading: str = "") -> Thing:
    stage = Thing(heading=heading, arrows=arrows, points=(("P", "(1, 1)"),), marks=("5",))
    return Thing(stages=(stage,), panel=panel)


BEATS = (beat("go", "Watch x.", 0, 4), beat("go", "It *moved*.", 4, 65), beat("end", "So.", 65, 70))


def told(*sights: Thing, title: str = "Title") -> str:
    return transcript(title, "A = [1]", BEATS, sights, lambda message: message)


def test_each_sentence_stands_with_its_time_and_what_is_seen() -> None:
    first = sight(("x", "", "(1, 0)"), panel=("det = 5",), heading="inputs")
    text = told(first, sight(("x", "(1, 0)", "(3, 6)")), sight())
    assert text.startswith("# Title\n\nA = \\[1\\]\n\n**0:00** Watch x.\n")
    assert "- Picture (inputs): arrow x to (1, 0); point P at (1, 1); 5\n" in text
    assert "- Beside it: det = 5\n" in text
    assert "**0:04** It \\*moved\\*.\n\n- Picture: arrow x from (1, 0) to (3, 6)\n" in text
    assert "**1:05** So." in text


def test_what_is_there_still_is_not_told_again() -> None:
    same = sight(("x", "", "(1, 0)"), panel=("det = 5",))
    text = told(same, same, same)
    assert text.count("arrow x") == text.count("det = 5") == text.count("point P") == 1


def test_what_comes_back_is_told_again() -> None:
    shown = sight(("x", "", "(1, 0)"))
    assert told(shown, sight(), shown).count("arrow x") == 2


def test_two_pictures_are_told_apart() -> None:
    double = Thing(stages=sight().stages * 2, panel=())
    assert "- Picture 1: point P" in told(double, sight(), sight())


def test_a_title_is_no_markup() -> None:
    text = told(sight(), sight(), sight(), title="<script>\n# [x](y)")
    assert text.startswith("# \\<script\\> \\# \\[x\\](y)\n")


def test_a_chapter_is_a_beat_called_by_its_first_sentence() -> None:
    said = chapters(BEATS, 70.0)
    assert said.count("-->") == 2
    assert "00:00:00.000 --> 00:01:05.000\nWatch x.\n" in said
    assert "00:01:05.000 --> 00:01:10.000\nSo.\n" in said
