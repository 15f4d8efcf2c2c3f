"""The colours, fonts and sizes of paper, written once: Word styles and charts take them from here."""

from __future__ import annotations

from nangkis.content.tree import Verdict


INK = "#1B2430"
QUIET = "#5B6774"
PAPER = "#FFFFFF"
MIST = "#F4F6F8"
RULE = "#D9DEE4"
NILA = "#1E5AA8"
PEERS = "#B9C2CC"

VERDICT_COLOURS = {Verdict.BETTER: "#1B7F5C", Verdict.WORSE: "#B3432B", Verdict.UNSURE: "#8A6D1F"}
# No arrows: "turun · membaik" beside an arrow that points up reads as a contradiction. All three are in Arial.
VERDICT_SIGNS = {
    Verdict.BETTER: "\N{BLACK CIRCLE}",
    Verdict.WORSE: "\N{BLACK SQUARE}",
    Verdict.UNSURE: "\N{WHITE CIRCLE}",
}

# Arial is on every Windows and Mac, Liberation Sans has the same widths on Linux: pages break alike everywhere.
WORD_FONT = "Arial"
WORD_FONT_ELSEWHERE = "Liberation Sans"
CHART_FONT = "Source Sans Pro"

TEXT_POINTS = 10.5
TABLE_POINTS = 9.0
NOTE_POINTS = 8.5
CHART_POINTS = 9.0
