"""What stands out in one dimension of a region: which indicators lag, which lead, which cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nangkis.diagnosis.determinants import Government
from nangkis.diagnosis.diagnose import Diagnosis, Problem
from nangkis.diagnosis.drivers import Drivers
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.position import NEVER_COMPARED, Comparison, Position
from nangkis.diagnosis.trend import Trend
from nangkis.indicators.catalogue import Direction, Indicator
from nangkis.indicators.dimensions import Dimension, members
from nangkis.regions.register import Place


@dataclass(frozen=True)
class Member:
    """One indicator of a dimension that has a value: where the region stands in it, and which way it goes."""

    stand: Position
    course: Trend

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.stand.indicator

    @property
    def is_judged(self) -> bool:
        """Say whether higher or lower is better at all."""
        return self.indicator.direction is not Direction.CONTEXT

    @property
    def is_behind(self) -> bool:
        """Say whether it is worse than what lies right above the region, by a test."""
        return self.is_judged and self.stand.verdict is Class.WORSE

    @property
    def is_behind_nation(self) -> bool:
        """Say whether it is worse than the nation, and not already than what lies right above the region."""
        nation = self.stand.nation
        worse = isinstance(nation, Comparison) and nation.tested and nation.verdict is Class.WORSE
        return self.is_judged and worse and not self.is_behind

    @property
    def is_untold(self) -> bool:
        """Say whether it could have a class against what lies right above the region, and has none."""
        nearest = self.stand.nearest
        never = isinstance(nearest, Absent) and nearest.code in NEVER_COMPARED
        return self.is_judged and not never and self.stand.verdict is None

    def goes(self, *movements: Movement | None) -> bool:
        """Say whether it goes one of these ways; None: by no test."""
        return self.is_judged and self.course.movement in movements


NOT_IMPROVING = (Movement.WORSENING, Movement.STEADY, Movement.UNSURE)


@dataclass(frozen=True)
class Profile:
    """A dimension of a region. ``members`` have a value, in the catalogue's order; ``silent`` none, with the reason.

    ``problems`` are those of its indicators, ``drivers`` what stands behind its main ones, ``acts`` who may act on
    them.
    """

    dimension: Dimension
    place: Place
    members: tuple[Member, ...]
    silent: tuple[tuple[Indicator, Absent], ...]
    problems: tuple[Problem, ...]
    drivers: tuple[Drivers, ...]
    acts: tuple[tuple[str, tuple[Government, ...]], ...]

    def those(self, holds: Callable[[Member], bool]) -> tuple[Member, ...]:
        """Return the members of which something holds."""
        return tuple(one for one in self.members if holds(one))

    @property
    def behind(self) -> tuple[Member, ...]:
        """Those that are worse than what lies right above the region, and do not improve."""
        return self.those(lambda one: one.is_behind and one.goes(*NOT_IMPROVING))

    @property
    def behind_unfollowed(self) -> tuple[Member, ...]:
        """Those that are worse, and whose course cannot be judged."""
        return self.those(lambda one: one.is_behind and one.goes(None))

    @property
    def catching_up(self) -> tuple[Member, ...]:
        """Those that are worse, and improve."""
        return self.those(lambda one: one.is_behind and one.goes(Movement.IMPROVING))

    @property
    def behind_nation(self) -> tuple[Member, ...]:
        """Those that are worse than the nation, though not than the province."""
        return self.those(lambda one: one.is_behind_nation)

    @property
    def slipping(self) -> tuple[Member, ...]:
        """Those that get worse, though not known to be worse than what lies right above the region."""
        return self.those(lambda one: one.goes(Movement.WORSENING) and not one.is_behind)

    @property
    def better(self) -> tuple[Member, ...]:
        """Those that are better than what lies right above the region."""
        return self.those(lambda one: one.is_judged and one.stand.verdict is Class.BETTER)

    @property
    def equal(self) -> tuple[Member, ...]:
        """Those that a test does not tell apart from what lies right above the region."""
        return self.those(lambda one: one.is_judged and one.stand.verdict is Class.EQUAL)

    @property
    def improving(self) -> tuple[Member, ...]:
        """Those that improve, and are not worse than what lies right above the region."""
        return self.those(lambda one: one.goes(Movement.IMPROVING) and not one.is_behind)

    @property
    def untold(self) -> tuple[Member, ...]:
        """Those that cannot be told better or worse than what lies right above the region."""
        return self.those(lambda one: one.is_untold)

    @property
    def context(self) -> tuple[Member, ...]:
        """Those of which neither higher nor lower is better."""
        return self.those(lambda one: not one.is_judged)


def profile(found: Diagnosis, dimension: Dimension, *, with_main: bool = False) -> Profile:
    """Return what a diagnosis says of a dimension; without the indicators that a plan treats one by one, unless asked.

    ``found`` is the diagnosis of every indicator.
    """
    own = {one.code for one in members()[dimension] if with_main or not one.diagnosed}
    courses = {course.indicator.code: course for course in found.trends}
    problems = tuple(problem for problem in found.problems if problem.indicator in own)
    return Profile(
        dimension=dimension,
        place=found.region,
        members=tuple(
            Member(stand, courses[stand.indicator.code]) for stand in found.positions if stand.indicator.code in own
        ),
        silent=tuple((one, absent) for one, absent in found.silent if one.code in own),
        problems=problems,
        drivers=tuple(behind for code, behind in found.drivers.items() if code in own),
        acts=tuple((one.indicator, found.acts.get(one.indicator, ())) for one in problems),
    )
