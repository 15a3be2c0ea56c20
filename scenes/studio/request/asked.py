"""What somebody asks for, as a command line or a notebook says it, before it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenes.studio.request.clip import UnusableError
from scenes.studio.request.plan import Plan, plan, wishes

__all__ = ["Asked"]


@dataclass(frozen=True)
class Asked:
    """What somebody asks for; what is empty or None is as usual, or as the lesson says.

    Parameters
    ----------
    names
        Ids or class names of scenes.
    given
        The inputs of scenes, by name, as typed.
    languages, aspects, themes
        Each item may be a list with commas.
    quality, format, captions
        As `Clip` has them.
    lesson
        A lesson file, instead of names and inputs.
    allow_outside
        Whether the lesson may use files outside of its folder.
    """

    names: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    quality: str | None = None
    format: str | None = None
    captions: bool | None = None
    lesson: Path | None = None
    allow_outside: bool = False

    def plan(self) -> Plan:
        """Plan the clips; UnusableError if there is nothing sensible to render."""
        said: dict[str, Any] = {
            "quality": self.quality, "format": self.format, "captions": self.captions,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value is not None}
        if self.lesson is not None:
            return self._plan_lesson(self.lesson, said)
        return plan(
            self.names,
            self.given,
            languages=self.languages,
            aspects=self.aspects,
            themes=self.themes,
            **said,
        )

    def _plan_lesson(self, file: Path, said: dict[str, Any]) -> Plan:
        """Plan a lesson; who asks has the last word on everything but what it shows."""
        if self.names or self.given:
            raise UnusableError(
                "a lesson says itself which scenes it has, and what they are given; "
                "leave these out, or leave --lesson out"
            )
        from scenes.studio.request.lesson import plan_lesson

        asked = wishes(self.languages, self.aspects, self.themes)
        if len(asked["themes"]) > 1:
            raise UnusableError("a lesson has one theme; give --theme dark or --theme light")
        said |= {"languages": asked["languages"], "aspects": asked["aspects"]}
        if asked["themes"]:
            said["theme"] = asked["themes"][0]
        if "format" in said:
            said["formats"] = [said.pop("format")]
        return plan_lesson(file, allow_outside=self.allow_outside, asked=said)
