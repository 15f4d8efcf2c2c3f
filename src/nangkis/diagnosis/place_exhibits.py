"""How poverty is spread over the regions beside each other: one quadrant and one map, each with what it shows."""

from __future__ import annotations

from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Heading
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.map_exhibits import map_blocks
from nangkis.diagnosis.quadrant_exhibits import quadrant_blocks
from nangkis.regions.boundaries import Borders


LEVEL = 3
# One indicator only: a quadrant and a map of each would fill a document with pictures that say the same.
DRAWN = "POV.P0"


def place_blocks(found: Diagnosis, borders: Borders) -> tuple[Block, ...]:
    """Return the quadrant and the map of the share of poor people; nothing where neither can be drawn."""
    blocks = (*quadrant_blocks(found, DRAWN), *map_blocks(found, DRAWN, borders))
    return (Heading(LEVEL, None, sentence("places.heading")), *blocks) if blocks else ()
