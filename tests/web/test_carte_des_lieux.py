"""The marks of a diagnosis's map: apart enough for a thumb, near their places, inside the drawing."""

from __future__ import annotations

from itertools import combinations
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from maillage.web.diagnostics.carte import APART, CROWD, MARGIN, MOST, WIDTH, spread

INSIDE = st.tuples(
    st.floats(MARGIN, WIDTH - MARGIN).map(lambda x: round(x, 1)),
    st.floats(MARGIN, MOST - MARGIN).map(lambda y: round(y, 1)),
)


def test_marks_that_are_apart_stay_on_their_places() -> None:
    assert spread([(50.0, 50.0), (100.0, 50.0)]) == [(50.0, 50.0), (100.0, 50.0)]
    assert spread([]) == []


def test_two_places_at_one_spot_part_as_little_as_they_must() -> None:
    one, other = spread([(200.0, 200.0), (200.0, 200.0)])
    assert abs(dist(one, other) - APART) < 1
    assert max(dist(one, (200, 200)), dist(other, (200, 200))) < APART / 2 + 1


@given(st.lists(INSIDE, max_size=20))
def test_no_mark_covers_another_and_none_leaves_the_drawing(points: list[tuple[float, float]]) -> None:
    shown = spread(points)
    assert all(dist(one, other) > APART * 0.6 for one, other in combinations(shown, 2))
    assert all(MARGIN <= x <= WIDTH - MARGIN and MARGIN <= y <= MOST - MARGIN for x, y in shown)
    assert shown == spread(points)


def test_a_crowd_is_left_where_it_is() -> None:
    crowd = [(200.0, 200.0)] * (CROWD + 1)
    assert spread(crowd) == crowd
