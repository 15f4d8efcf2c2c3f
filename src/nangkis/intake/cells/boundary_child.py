"""The child process that reads a boundary file: a script that imports almost nothing and may die without harm.

Run as ``python -I -S boundary_child.py FOLDER_OF_SHAPELY FILE MEMORY_BYTES MOST_POINTS DETAIL_METRES``; it writes one
marshalled value: ``("refused", code, values)`` or ``("read", collections)``. A collection is ``(name, header, rows,
borders)``: the names of all properties, each feature's properties as texts or numbers, and its border
``(geometry, trouble, mended, points, points_kept, change)``. The geometry is a GeoJSON MultiPolygon as text, None where
``trouble`` says why there is none: ``absent``, ``no-area``, ``not-degrees``, ``broken``; ``change`` is how much larger
the mended area is than its rings' areas say, as a share of these.

A stranger's polygon may cross itself a million times, and what mends it then takes all memory there is; so the limit
of this process, and the time that its parent gives it, end that.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any


Points = list[list[float]]
Polygons = list[list[Points]]
Border = tuple[str | None, str | None, bool, int, int, float]
METRES_OF_A_DEGREE = 111_320
PLACES = 5  # decimals of a degree: about a metre
FEWEST = 4  # points of a closed ring
FARTHEST = (180.0, 90.0)
LONGEST_TEXT = 500


class Refused(Exception):  # noqa: N818 - a refusal, as the library calls it
    """The file as a whole cannot be read."""


class Unusable(Exception):  # noqa: N818 - named for what is wrong
    """One geometry cannot be used; the text says why."""


def limit_memory(most: int) -> None:
    """Let the operating system refuse memory beyond ``most`` bytes, where it can."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def read(path: str, most_points: int, detail_metres: int) -> tuple[Any, ...]:
    """Read every collection of a GeoJSON or TopoJSON file."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - pathlib would cost this process its quick start
            whole = json.loads(stream.read().decode("utf-8-sig"), parse_constant=_no_number)
        found = [
            _collection(name, features, ring, detail_metres)
            for name, features, ring in _collections(whole, most_points)
        ]
    except Refused as refusal:
        return ("refused", *refusal.args)
    except RecursionError:
        return ("refused", "boundary-too-deep", {})
    except MemoryError:
        return ("refused", "file-too-large", {})
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
        return ("refused", "boundary-broken", {"why": f"{type(problem).__name__}: {problem}"[:LONGEST_TEXT]})
    return ("read", found)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _collections(whole: Any, most: int) -> Iterable[tuple[str, list[Any], Callable[[Any], Points]]]:
    """Return each list of features with its name, and how a ring of it is read."""
    kind = whole.get("type")
    if kind == "Topology":
        arcs = _arcs(whole, most)
        ring = _joined(arcs, most)
        return [(str(name), one.get("geometries", [one]), ring) for name, one in whole["objects"].items()]
    if kind not in ("FeatureCollection", "Feature"):
        raise Refused("boundary-broken", {"why": str(kind)[:LONGEST_TEXT]})
    features = whole["features"] if kind == "FeatureCollection" else [whole]
    return [(str(whole.get("name") or "features"), features, _counted(most))]


def _counted(most: int) -> Callable[[Any], Points]:
    """Return how a ring of points is read, as long as there are not too many of them."""
    seen = 0

    def ring(points: Any) -> Points:
        nonlocal seen
        seen += len(points)
        if seen > most:
            raise Refused("file-too-large", {"limit": "boundary_points", "most": most, "found": seen})
        return [[float(point[0]), float(point[1])] for point in points]

    return ring


def _arcs(whole: Any, most: int) -> list[Points]:
    """Return the arcs of a topology in degrees; with a transform they are steps from point to point."""
    count = sum(len(arc) for arc in whole["arcs"])
    if count > most:
        raise Refused("file-too-large", {"limit": "boundary_points", "most": most, "found": count})
    transform = whole.get("transform")
    if transform is None:
        return [[[float(x), float(y)] for x, y, *_ in arc] for arc in whole["arcs"]]
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    found = []
    for arc in whole["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y, *_ in arc:
            x, y = x + step_x, y + step_y
            points.append([x * wide + left, y * high + low])
        found.append(points)
    return found


def _joined(arcs: list[Points], most: int) -> Callable[[Any], Points]:
    counted = _counted(most)

    def ring(numbers: Any) -> Points:
        points: Points = []
        for number in numbers:
            if not -len(arcs) <= number < len(arcs):
                raise Unusable("broken")
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return counted(points)

    return ring


def _collection(name: str, features: list[Any], ring: Callable[[Any], Points], detail_metres: int) -> tuple[Any, ...]:
    rows = [feature.get("properties") or {} for feature in features]
    header = list(dict.fromkeys(str(key)[:LONGEST_TEXT] for row in rows for key in row))
    texts = [[_cell(row.get(key)) for key in header] for row in rows]
    return name, header, texts, _borders(features, ring, detail_metres)


def _cell(value: Any) -> str | float | None:
    if isinstance(value, dict | list):
        return "…"
    return value if value is None or isinstance(value, float) else str(value)[:LONGEST_TEXT]


def _borders(features: list[Any], ring: Callable[[Any], Points], detail_metres: int) -> list[Border]:
    """Return each feature's border: mended where it was invalid, with no more detail than print can show."""
    import shapely  # noqa: PLC0415 - only after memory is limited

    shapes: list[Any] = []
    told: list[tuple[str | None, bool, int, float]] = []
    for feature in features:
        try:
            polygons = _polygons(feature.get("geometry", feature), ring)
            shape, change = _mended(shapely, polygons)
            points = sum(len(one) for polygon in polygons for one in polygon)
            told.append((None, change is not None, points, change or 0.0))
        except Unusable as problem:
            shape = None
            told.append((str(problem), False, 0, 0.0))
        shapes.append(shape)
    kept = [place for place, shape in enumerate(shapes) if shape is not None]
    simple = shapely.coverage_simplify([shapes[place] for place in kept], detail_metres / METRES_OF_A_DEGREE)
    coarse = {place: after if _is_good(after) else shapes[place] for place, after in zip(kept, simple, strict=True)}
    return [_border(shapely, coarse.get(place), one) for place, one in enumerate(told)]


def _is_good(shape: Any) -> bool:
    return bool(shape.is_valid and not shape.is_empty)


def _polygons(geometry: Any, ring: Callable[[Any], Points]) -> Polygons:
    if not geometry or geometry.get("type") is None:
        raise Unusable("absent")
    kind = geometry["type"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise Unusable("no-area")
    parts = geometry["arcs"] if "arcs" in geometry else geometry["coordinates"]
    polygons = [[ring(one) for one in polygon] for polygon in ([parts] if kind == "Polygon" else parts)]
    farthest_x, farthest_y = FARTHEST
    inside = all(
        abs(x) <= farthest_x and abs(y) <= farthest_y for polygon in polygons for one in polygon for x, y in one
    )
    if not inside:
        raise Unusable("not-degrees")
    return polygons


def _mended(shapely: Any, polygons: Polygons) -> tuple[Any, float | None]:
    """Return the shape, and by which share mending changed its area; None where it was valid."""
    closed = [[_closed(one) for one in polygon if len(one) >= FEWEST - 1] for polygon in polygons]
    parts = [shapely.Polygon(polygon[0], polygon[1:]) for polygon in closed if polygon]
    if not parts:
        raise Unusable("broken")
    shape = shapely.MultiPolygon(parts)
    if shape.is_valid:
        return shape, None
    valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    areas = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon" and not part.is_empty]
    if not areas:
        raise Unusable("broken")
    before = sum(part.area for part in parts)
    mended = shapely.MultiPolygon(areas)
    return mended, (mended.area - before) / before if before else 1.0


def _closed(ring: Points) -> Points:
    closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
    return closed if len(closed) >= FEWEST else [*closed, closed[0]]


def _border(shapely: Any, shape: Any, told: tuple[str | None, bool, int, float]) -> Border:
    trouble, mended, points, change = told
    if shape is None:
        return None, trouble, False, points, 0, 0.0
    coordinates = [
        [_rounded(shapely, one) for one in (part.exterior, *part.interiors)] for part in shapely.get_parts(shape)
    ]
    kept = sum(len(one) for polygon in coordinates for one in polygon)
    text = json.dumps({"type": "MultiPolygon", "coordinates": coordinates}, separators=(",", ":"))
    return text, None, mended, points, kept, change


def _rounded(shapely: Any, ring: Any) -> Points:
    points: Points = shapely.get_coordinates(ring).round(PLACES).tolist()
    return points


if __name__ == "__main__":
    # One thread: each of them would ask for memory that the limit then denies.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    folder, path_read, memory, *bounds = sys.argv[1:]
    sys.path.append(folder)
    limit_memory(int(memory))
    marshal.dump(read(path_read, *map(int, bounds)), sys.stdout.buffer)
    sys.stdout.buffer.flush()
    os._exit(0)
