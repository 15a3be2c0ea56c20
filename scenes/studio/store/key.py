"""What a clip's frames depend on, so that only what changed is rendered again.

A key has a part for each room of the house and for the tools outside it, so that two
keys tell not only whether something changed but what. In it is what can change a frame,
and nothing else: neither the list of scenes nor another scene, no page, draft or audit.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import scenes
from lamath.errors import LanguageError
from lamath.words import LOCALE, Words
from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.store.record import Key, Source
from scenes.studio.store.sources import Module, Sources
from scenes.studio.store.versions import fonts, libraries

__all__ = ["Keys", "changes"]

_RENDERING = "scenes.studio.video.rendering"
"""What the studio does to a scene's frames, and all that it imports."""

_PARTS = {
    "scenes.stage.theme": "theme",
    "scenes.stage": "stage",
    "scenes.letters": "stage",
    "scenes.inputs": "inputs",
    "scenes.studio.video.encoder": "encoder",
    "scenes.studio": "studio",
    "lamath": "lamath",
}
"""The part a module belongs to, by the longest name that fits; others are the scene's own."""

_IDLE = (
    "scenes", "scenes.wording", "scenes.studio.request.clip", "scenes.studio.store.result",
)  # fmt: skip
"""Catalogue, messages and plain values: what of them shows in a frame is elsewhere in the key."""

_SETTLED = 2.0  # seconds until a further change of a file is sure to show in its time


class Keys:
    """Gives the keys of clips, and reads every file once.

    Parameters
    ----------
    known
        Files that were hashed before, as `sources` gives them.
    """

    def __init__(self, known: Iterable[Source] = ()) -> None:
        self._project = Sources()
        self._modules: dict[str, tuple[Module, ...]] = {}
        self._code: dict[str, dict[str, str]] = {}
        self._loaded: dict[str, dict[str, str]] = {}
        self._words: dict[tuple[str, str], str] = {}
        self._said: dict[str, list[tuple[str, str]]] = {}
        self._read: dict[str, dict[str, str]] = {}
        self._digests = {
            (each.path, each.size, each.time): each.sha256 for each in known if each.settled
        }

    def of(self, clip: Clip) -> Key:
        """Give the key of a clip."""
        facts = clip.facts
        said = sorted((facts.pop("inputs") | facts).items())
        key = {"parameters": ", ".join(f"{name}={value}" for name, value in said)}
        key |= self._code_of(clip.scene)
        key["words"] = self._words_of(clip.scene, clip.language)
        key["fonts"] = fonts(clip.language)
        key["libraries"] = libraries()
        for name, source in self.sources(clip).items():
            key[name] = source.sha256 or "missing"
        return key

    def code(self, clip: Clip) -> dict[str, str]:
        """Give the SHA-256 of every source and catalogue that the key is made of, by name."""
        if clip.scene not in self._loaded:
            self._loaded[clip.scene] = {
                each.name: hashlib.sha256(self._project.source(each.path)).hexdigest()
                for each in self._modules_of(clip.scene)
            }
        self._words_of(clip.scene, clip.language)
        return self._loaded[clip.scene] | self._read.get(clip.language, {})

    def _code_of(self, scene: str) -> dict[str, str]:
        """Fingerprint the sources of a scene and of what renders it, part by part."""
        if scene not in self._code:
            digests = {"scene": hashlib.sha256(scenes.entry(scene).class_name.encode())}
            for module in self._modules_of(scene):
                digest = digests.setdefault(_part(module.name), hashlib.sha256())
                source = self._project.source(module.path)
                digest.update(f"\n{module.name} {len(source)}\n".encode() + source)
            self._code[scene] = {part: digest.hexdigest() for part, digest in digests.items()}
        return self._code[scene]

    def _modules_of(self, scene: str) -> tuple[Module, ...]:
        """Give every file of the project that can change a frame of a scene."""
        if scene not in self._modules:
            path = scenes.entry(scene).path
            own = Module(path.stem, path)
            if path.parent == scenes.FOLDER:
                own = Module(f"scenes.{path.stem}", path)
            found = self._project.closure(own, self._project.module(_RENDERING))
            self._modules[scene] = tuple(each for each in found if each.name not in _IDLE)
        return self._modules[scene]

    def _words_of(self, scene: str, language: str) -> str:
        """Fingerprint the translations of the messages that stand in a scene's sources."""
        at = (scene, language)
        if language == "en":
            return "as in the sources"
        if at not in self._words:
            texts = [self._project.texts(module.path) for module in self._modules_of(scene)]
            said = frozenset[str]().union(*texts)
            words = [
                f"{message}\0{translated}\0"
                for message, translated in self._messages(language)
                if message in said
            ]
            self._words[at] = hashlib.sha256("".join(words).encode()).hexdigest()
        return self._words[at]

    def _messages(self, language: str) -> list[tuple[str, str]]:
        """Give every translation into a language, and remember which catalogues say so."""
        if language not in self._said:
            self._said[language], self._read[language] = [], {}
            for folder, domain in ((scenes.LOCALE, "scenes"), (LOCALE, "lamath")):
                try:
                    words = Words(folder, domain, language)
                except LanguageError as error:
                    raise UnusableError(f"{error}; put it back") from None
                catalogue = words.catalogue
                self._said[language] += sorted(catalogue.messages.items())
                self._read[language][words.name] = catalogue.sha256
        return self._said[language]

    def sources(self, clip: Clip) -> dict[str, Source]:
        """Say of each file that a clip shows where it is, how large, how old, and its hash."""
        return {name: self._source(path) for name, path in clip.files.items()}

    def _source(self, path: Path) -> Source:
        source = Source.at(path)
        at = (source.path, source.size, source.time)
        try:
            if at not in self._digests:
                with path.open("rb") as file:
                    self._digests[at] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:  # the worker will say so
            return source
        settled = time.time() - source.time / 1e9 > _SETTLED
        return replace(source, sha256=self._digests[at], settled=settled)


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Name the parts in which two keys differ; nothing if they don't.

    >>> changes({"scene": "1", "theme": "2"}, {"scene": "1", "theme": "3"})
    'theme changed'
    >>> changes({"stage": "1", "libraries": "numpy 2.2, av 14"}, {"libraries": "numpy 2.3, av 14"})
    'libraries (numpy 2.3) and stage changed'
    """
    said = []
    for part in dict.fromkeys((*new, *old)):
        if old.get(part) != new.get(part):
            news = ""
            if part in ("fonts", "libraries", "parameters"):
                before = old.get(part, "").split(", ")
                news = ", ".join(
                    each for each in new.get(part, "").split(", ") if each not in before
                )
            said.append(f"{part} ({news})" if news else part)
    return f"{' and '.join(said)} changed" if said else ""


def _part(module: str) -> str:
    fits = [name for name in _PARTS if module == name or module.startswith(f"{name}.")]
    return _PARTS[max(fits, key=len)] if fits else "scene"
