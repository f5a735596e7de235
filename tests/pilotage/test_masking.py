"""Small numbers are hidden, and are not left to be found by subtraction."""

from __future__ import annotations

from maillage.pilotage.masking import difference, masked_columns, masked_count, masked_row


def test_a_number_below_five_is_hidden_zero_and_five_are_not() -> None:
    assert [masked_count(count) for count in (0, 1, 4, 5, 60)] == [0, None, None, 5, 60]


def test_a_number_hidden_alone_in_a_row_takes_the_smallest_other() -> None:
    assert masked_row({"a": 40, "b": 3, "c": 12, "d": 0}) == {"a": 40, "b": None, "c": None, "d": 0}
    assert masked_row({"a": 40, "b": 3, "c": 2, "d": 12}) == {"a": 40, "b": None, "c": None, "d": 12}


def test_a_change_of_fewer_than_five_hides_what_it_leads_to() -> None:
    before = {"a": 40, "b": 20, "c": 9}
    assert masked_row({"a": 42, "b": 18, "c": 9}, before) == {"a": None, "b": None, "c": 9}
    assert masked_row({"a": 46, "b": 14, "c": 9}, before) == {"a": 46, "b": 14, "c": 9}


def test_a_number_hidden_alone_in_a_column_takes_one_of_another_row() -> None:
    rows = [{"a": 30, "b": 12}, {"a": 2, "b": 8}, {"a": 9, "b": 7}]
    assert masked_columns(rows) == [{"a": 30, "b": 12}, {"a": None, "b": 8}, {"a": None, "b": 7}]
    assert masked_columns([]) == []


def test_a_difference_of_one_to_four_is_not_told() -> None:
    assert [difference(20, reference) for reference in (20, 21, 16, 15, 30)] == [0, None, None, 5, -10]
