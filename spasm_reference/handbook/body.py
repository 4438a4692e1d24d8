"""The body map: two drawings, front and back, in which each region leads to its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from ..records import Region
from ..sphinx.drawing import INK, opening
from ..vocabulary import BodyView

View = Literal["front", "back"]
VIEWS: tuple[View, ...] = ("front", "back")

WIDTH, HEIGHT = 470, 580
MIDDLE = WIDTH / 2
LABEL_EDGE = 8
"""How far from the edge of the drawing the names stand."""

SKIN, PART = "#eef2f5", "#b9cfdc"


class Bar(NamedTuple):
    """A thick line with round ends; numbers are steps from the middle of the body, and from the top."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Oval(NamedTuple):
    """An ellipse."""

    x: float
    y: float
    rx: float
    ry: float


class Bracket(NamedTuple):
    """A line beside a whole limb."""

    x: float
    y1: float
    y2: float


Shape = Bar | Oval | Bracket


class Place(NamedTuple):
    """Where a region is drawn, and where its name stands."""

    shape: Shape
    side: Literal["left", "right"]
    label_y: float


# The body itself, on which the regions lie: head, neck, trunk, arms, legs.
OUTLINE: tuple[Shape, ...] = (
    Oval(0, 52, 25, 32),
    Bar(0, 84, 0, 110, 26),
    Bar(0, 136, 0, 250, 92),
    Bar(30, 128, 46, 122, 40),
    Bar(56, 124, 74, 196, 32),
    Bar(74, 196, 92, 266, 26),
    Oval(97, 288, 14, 22),
    Bar(26, 270, 28, 384, 50),
    Bar(28, 384, 30, 500, 34),
    Bar(31, 500, 37, 530, 26),
)

LIMBS: dict[str, Place] = {
    "shoulder": Place(Oval(53, 126, 19, 19), "left", 104),
    "arm": Place(Bar(61, 156, 71, 190, 24), "left", 164),
    "forearm": Place(Bar(79, 214, 90, 258, 20), "left", 226),
    "hand": Place(Oval(97, 288, 11, 18), "right", 338),
    "leg": Place(Bracket(66, 352, 522), "right", 440),
}
"""The regions seen from both sides alike."""

FRONT: dict[str, Place] = {
    **LIMBS,
    "eyelid": Place(Oval(10, 46, 7, 4), "right", 34),
    "jaw-and-face": Place(Oval(0, 67, 18, 13), "left", 48),
    "throat": Place(Bar(0, 90, 0, 97, 20), "right", 88),
    "chest-and-ribs": Place(Bar(0, 136, 0, 172, 62), "right", 146),
    "abdomen": Place(Bar(0, 222, 0, 238, 62), "right", 206),
    "hip": Place(Oval(38, 270, 11, 17), "left", 330),
    "pelvic-floor": Place(Oval(0, 290, 12, 9), "right", 382),
    "thigh": Place(Bar(27, 322, 28, 372, 38), "left", 386),
    "shin": Place(Bar(29, 412, 30, 484, 24), "left", 448),
    "foot": Place(Bar(32, 510, 34, 518, 20), "right", 496),
    "toes": Place(Oval(38, 537, 13, 6), "left", 540),
}
"""The regions seen from the front."""

BACK: dict[str, Place] = {
    **LIMBS,
    "neck": Place(Bar(0, 88, 0, 100, 20), "right", 78),
    "upper-back": Place(Bar(0, 142, 0, 164, 62), "right", 142),
    "back": Place(Bar(0, 218, 0, 230, 62), "right", 202),
    "hip": Place(Oval(45, 268, 7, 17), "left", 330),
    "buttock": Place(Oval(19, 284, 17, 17), "right", 382),
    "hamstring": Place(Bar(27, 326, 28, 372, 36), "left", 386),
    "calf": Place(Bar(29, 416, 30, 474, 26), "left", 448),
    "foot": Place(Bar(32, 516, 35, 526, 22), "right", 496),
}
"""The regions seen from behind."""


def body_map(view: View, regions: Iterable[Region]) -> str:
    """Return the drawing of one side as SVG; each region is a link to its page.

    Raises `ValueError` for a region of this side that has no place in the drawing.
    """
    places = FRONT if view == "front" else BACK
    shown = [region for region in regions if is_seen(region.view, view)]
    for region in shown:
        if region.id not in places:
            raise ValueError(f'region "{region.id}" has no place in the {view} of the body map (handbook/body.py)')
    title = f"The body from the {view}" if view == "front" else "The body from behind"
    names = ", ".join(region.name for region in shown)
    parts = [
        opening(WIDTH, HEIGHT, 18, f'role="group" aria-labelledby="body-{view}-title" class="linked-picture"'),
        f'<title id="body-{view}-title">{title}</title>',
        f"<desc>A plain figure of a person. These parts are marked: {escape(names)}.</desc>",
        f'<g class="picture-edge" fill="{INK}" stroke="{INK}">{_both(OUTLINE, grow=5)}</g>',
        f'<g class="picture-skin" fill="{SKIN}" stroke="{SKIN}">{_both(OUTLINE)}</g>',
    ]
    # From the top down, so that the tabulator key goes through them as the eye does.
    for region in sorted(shown, key=lambda region: places[region.id].label_y):
        parts.append(_link(region, places[region.id]))
    return "\n".join([*parts, "</svg>"]) + "\n"


def height_of(region: Region) -> tuple[float, str]:
    """Return where a region stands in a list from the top down."""
    return (FRONT.get(region.id) or BACK[region.id]).label_y, region.name


def is_seen(view: BodyView | None, wanted: View) -> bool:
    """Tell whether a region is drawn on this side."""
    return view in (wanted, "both")


def _link(region: Region, place: Place) -> str:
    """Return the shape, name and leader of one region as one link."""
    shape, side, y = place
    sign = -1 if side == "left" else 1
    text_x = LABEL_EDGE if side == "left" else WIDTH - LABEL_EDGE
    anchor = "start" if side == "left" else "end"
    name = region.name.split(" (")[0]
    width = 9 * len(name) + 8
    tip_x, tip_y = _tip(shape, sign)
    start = text_x + (width if side == "left" else -width)
    target_x = text_x - 4 if side == "left" else text_x - width
    return (
        f'<a href="/reference/regions/{region.id}.md">'
        f'<g class="picture-part" fill="{PART}" stroke="{PART}">{_both((shape,))}</g>'
        f'<path class="picture-line" d="M{start:.0f} {y:.0f}L{tip_x:.0f} {tip_y:.0f}" fill="none" stroke="{INK}"/>'
        # An unseen box behind the name, high enough for a finger.
        f'<rect x="{target_x:.0f}" y="{y - 17:.0f}" width="{width:.0f}" height="32" fill="none" pointer-events="all"/>'
        f'<text class="picture-name" x="{text_x}" y="{y + 5:.0f}" text-anchor="{anchor}" fill="{INK}">'
        f"{escape(name)}</text></a>"
    )


def _tip(shape: Shape, sign: int) -> tuple[float, float]:
    """Return where the line from the name ends: at the shape on that side of the body."""
    if isinstance(shape, Bar):
        x, y = (shape.x1 + shape.x2) / 2, (shape.y1 + shape.y2) / 2
    elif isinstance(shape, Oval):
        x, y = shape.x, shape.y
    else:
        x, y = shape.x, (shape.y1 + shape.y2) / 2
    return MIDDLE + sign * x, y


def _both(shapes: Iterable[Shape], grow: float = 0) -> str:
    """Return shapes as SVG, on both sides of the body unless they lie in its middle or point at one limb."""
    drawn: list[str] = []
    for shape in shapes:
        once = isinstance(shape, Bracket) or (shape.x1 if isinstance(shape, Bar) else shape.x) == 0
        drawn.extend(_draw(shape, sign, grow) for sign in ((1,) if once else (1, -1)))
    return "".join(drawn)


def _draw(shape: Shape, sign: int, grow: float) -> str:
    if isinstance(shape, Bar):
        return (
            f'<path d="M{MIDDLE + sign * shape.x1:g} {shape.y1:g}L{MIDDLE + sign * shape.x2:g} {shape.y2:g}" '
            f'stroke-width="{shape.width + grow:g}" stroke-linecap="round"/>'
        )
    if isinstance(shape, Oval):
        return (
            f'<ellipse cx="{MIDDLE + sign * shape.x:g}" cy="{shape.y:g}" '
            f'rx="{shape.rx + grow / 2:g}" ry="{shape.ry + grow / 2:g}" stroke="none"/>'
        )
    x = MIDDLE + sign * shape.x
    return (
        f'<path d="M{x - sign * 8:g} {shape.y1:g}H{x:g}V{shape.y2:g}H{x - sign * 8:g}" fill="none" stroke-width="4" '
        f'stroke-linejoin="round"/>'
    )
