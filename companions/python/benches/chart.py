"""A chart of what bench.py measured, as SVG: bars on a logarithmic scale."""

from __future__ import annotations

import math
from html import escape
from typing import Any

LEFT, RIGHT, BAR, GAP = 250, 90, 18, 8
WIDTH = 860
#: The scale, in powers of ten of rows a second.
FROM, TO = 2, 7


def chart(result: dict[str, Any]) -> str:
    bars = rates(result)
    height = 70 + len(bars) * (BAR + GAP)
    scale = (WIDTH - LEFT - RIGHT) / (TO - FROM)

    def place(rate: float) -> float:
        return LEFT + scale * (min(max(math.log10(rate), FROM), TO) - FROM)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" font-size="15" fill="#222">Rows a second'
        f"{' of the processor' if result['clock'] == 'processor' else ''}, by a logarithmic "
        "scale</text>",
    ]
    for power in range(FROM, TO + 1):
        x = place(10.0**power)
        lines.append(f'<path d="M{x:.0f} 36V{height - 26}" stroke="#ddd"/>')
        lines.append(
            f'<text x="{x:.0f}" y="{height - 10}" text-anchor="middle" fill="#666">'
            f"{10**power:,}</text>"
        )
    for number, (name, rate, colour) in enumerate(bars):
        y = 42 + number * (BAR + GAP)
        width = place(rate) - LEFT
        lines.append(
            f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end" fill="#222">{escape(name)}</text>'
        )
        lines.append(
            f'<rect x="{LEFT}" y="{y}" width="{width:.0f}" height="{BAR}" fill="{colour}"/>'
        )
        lines.append(
            f'<text x="{LEFT + width + 6:.0f}" y="{y + 14}" fill="#222">{short(rate)}</text>'
        )
    lines.append("</svg>\n")
    return "\n".join(lines)


def rates(result: dict[str, Any]) -> list[tuple[str, float, str]]:
    """The bars: name, rate, colour."""
    library, kernel, engine, other = "#2a6f97", "#61a5c2", "#52b788", "#c9ada7"
    bars = [
        (f"the library: {name}", rate, library) for name, rate in result.get("library", {}).items()
    ]
    bars += [(f"arrow.{name}", rate, kernel) for name, rate in result["kernels"].items()]
    for name, taken in result["engines"].items():
        bars.append((f"{name}: tcf_permits", result["rows"] / taken["query"], engine))
        bars.append((f"{name}: rows untouched", result["rows"] / taken["untouched"], other))
    if "iab_tcf" in result:
        bars.append(("iab-tcf: is_vendor_allowed", result["iab_tcf"], other))
    return bars


def short(rate: float) -> str:
    if rate >= 1_000_000:
        return f"{rate / 1_000_000:.1f} million"
    return f"{round(rate, 1 - int(math.log10(rate))):,.0f}"
