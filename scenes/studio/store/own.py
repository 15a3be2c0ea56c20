"""Which files beside the clips are the project's own; others of these names are somebody else's."""

from __future__ import annotations

from scenes.studio.store.disk import Folder

__all__ = ["OWN", "hold_own", "remove_own"]

_HEAD = 1000  # bytes that tell whose a file is

OWN = {
    "manifest.json": b'{\n  "clips": [',
    "index.html": b'<meta name="generator" content="render.py">',
    "lesson.json": b'{"title": {',
    "version.js": b"window.draftVersion",
    ".lock": b"",
}
"""What is in the first lines of each, so that it is known however the rest may be damaged."""

_FIRST_PAGES = b"--ink: #f2f4f7; --muted: #9aa7b8; --i: #2fc9a7; --j: #f0904d; --light: #6cc4f5;"
"""How pages were told that name no maker yet: by the first lines of their style."""


def hold_own(out: Folder, name: str) -> None:
    """Hold that a file, if it is there, is one of ours; OSError names the remedy."""
    out.hold(name, "a file")
    if out.kind(name) and not _is_ours(out, name):
        raise OSError(
            f"{out.path / name} was not made by render.py; move it away, or name another folder"
        )


def remove_own(out: Folder, name: str) -> None:
    """Remove a file if it is one of ours."""
    if out.kind(name) == "a file" and _is_ours(out, name):
        out.unlink(name)


def _is_ours(out: Folder, name: str) -> bool:
    with out.open(name) as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \r\n\t"):
        return True  # a computer that lost its power leaves such files, and nobody misses them
    if OWN[name].startswith(b"{"):
        return head.startswith(OWN[name]) or OWN[name].startswith(head)  # or cut off
    return OWN[name] in head or (name == "index.html" and _FIRST_PAGES in head)
