"""Which provinces, or the nation, a table holds all parts of: only there do the parts add up to something."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nangkis.regions.register import Level, Place, children, is_fictional, nation_of, place, province_of, regencies
from nangkis.vocabulary.codes import Region


def whole_levels(held: Collection[str]) -> Iterator[tuple[Place, str, list[str]]]:
    """Yield each whole, the level of its parts ("regency" before "province"), and the codes of those parts.

    ``held`` are codes of regions with their system; a whole need not be held itself. The nation comes first. The
    fictional nation has more provinces than the one that is invented: nothing adds up to it.
    """
    here = [place(Region.parse(text)) for text in held]
    nations = {nation_of(one.region): None for one in here if not is_fictional(one.region)}
    provinces = {province_of(one.region): None for one in here if one.level is not Level.NATION}
    for whole in (place(region) for region in (*nations, *provinces)):
        below = {"regency": regencies(whole.region)}
        if whole.level is Level.NATION:
            below |= {"province": children(whole.region)}
        for level, parts in below.items():
            codes = [str(part.region) for part in parts]
            if len(codes) > 1 and set(codes) <= set(held):
                yield whole, level, codes
