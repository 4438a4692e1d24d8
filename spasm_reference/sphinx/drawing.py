"""What our drawings share: how they open, their type, ink and paper."""

from __future__ import annotations

INK, PAPER = "#1b2a3a", "#ffffff"


def opening(width: int, height: int, font_size: int, attributes: str) -> str:
    """Return the opening tag of an SVG and its paper; ``attributes`` say what it is to those who hear it.

    The type is that of the printed book, which has no other, and of any reader's screen.
    """
    font = f'font-family="\'Libertinus Serif\', Georgia, serif" font-size="{font_size}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {attributes} {font}>'
        f'<rect class="picture-paper" width="{width}" height="{height}" rx="8" fill="{PAPER}"/>'
    )
