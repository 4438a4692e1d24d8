"""Charts as our own vector drawings: readable in grays, on any background, on the web and in print."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..phrases import number
from ..sphinx.drawing import opening

ROW, TOP, LEFT, WIDTH, BAR = 20, 44, 205, 520, 225


def bar_chart(title: str, description: str, rows: Sequence[tuple[str, float]], unit: str, marked: str) -> str:
    """Return an SVG of horizontal bars, the bar named ``marked`` set apart by pattern and weight as well as shade."""
    most = max((value for _name, value in rows), default=1)
    height = TOP + ROW * len(rows) + 16
    parts = [
        opening(WIDTH, height, 15, 'role="img"'),
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(description)}</desc>",
        f'<text x="16" y="28" font-size="18" font-weight="bold" fill="#1b2a3a">{escape(title)}</text>',
    ]
    for i, (name, value) in enumerate(rows):
        y = TOP + ROW * i
        is_marked = name == marked
        weight = ' font-weight="bold"' if is_marked else ""
        fill, stroke = ("#1b2a3a", "#1b2a3a") if is_marked else ("#b9cfdc", "#5b6b78")
        length = max(1.0, BAR * value / most)
        parts.append(
            f'<text x="{LEFT - 10}" y="{y + 14}" text-anchor="end" fill="#1b2a3a"{weight}>{escape(name)}</text>'
            f'<rect x="{LEFT}" y="{y + 2}" width="{length:.1f}" height="{ROW - 5}" fill="{fill}" stroke="{stroke}"/>'
            f'<text x="{LEFT + length + 8:.1f}" y="{y + 14}" fill="#1b2a3a"{weight}>'
            f"{number(value)} {escape(unit)}</text>"
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
