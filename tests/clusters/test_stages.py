"""Stages in their order, and what is carried from one to the next."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.stages import Stage, after, before, carried, crossed, expected, in_order, lead_to, lowers

EM, TI, VA, VL, VF = Stage
POINTS = st.none() | st.decimals(min_value=0, max_value=100, places=2)


@st.composite
def histories(draw):
    """Claims and up to four stages of verdicts over the same questions."""
    size = draw(st.integers(0, 12))
    row = st.lists(POINTS, min_size=size, max_size=size)
    return draw(row), draw(st.lists(row, max_size=4))


@pytest.mark.parametrize(
    ("used", "following"),
    [
        (["EM", "TI", "VA", "VL", "VF"], {EM: VA, VA: VL, VL: VF, VF: None}),  # the review runs beside EM
        (["EM", "VA"], {EM: VA, VA: None}),
        (["VF", "EM", "VA"], {EM: VA, VA: VF, VF: None}),
        (["EM"], {EM: None}),
    ],
)
def test_after_follows_the_stages_in_use(used, following):
    assert {stage: after(stage, used) for stage in following} == following


def test_before_lists_the_stages_in_use_in_their_order():
    assert before(VL, ["VL", "VA", "EM"]) == [EM, VA]
    assert before(EM, ["EM", "VA"]) == []


def test_the_review_starts_from_the_claims_and_leads_nowhere():
    used = ["EM", "TI", "VA", "VL"]

    assert {stage: before(stage, used) for stage in (TI, VA, VL)} == {TI: [EM], VA: [EM], VL: [EM, VA]}
    assert {stage: lead_to(stage, used) for stage in (EM, TI, VA, VL)} == {
        EM: [EM], TI: [TI], VA: [EM, VA], VL: [EM, VA, VL]
    }  # fmt: skip
    with pytest.raises(ValueError, match="TI"):
        after(TI, used)


@pytest.mark.parametrize(
    ("points", "judged_on", "claimed", "answer"),
    [
        ("2", "5", "5", "2"),  # the claim stands: the verdict counts
        ("6", "5", "5", "6"),  # also where the review expects more
        ("5", "5", "3", "3"),  # an accepted claim is followed down
        ("5", "5", "8", "8"),  # and up
        ("2", "5", "8", "2"),  # a doubt stays until somebody looks again
        ("2", "5", "1", "1"),  # but nobody expects more than what is claimed now
        ("6", "5", "5.5", "5.5"),
        ("2", "5", None, "0"),  # emptied
        ("0", "0", "4", "4"),  # accepted as empty, answered since
    ],
)
def test_expected_follows_the_claim_as_far_as_the_review_has_seen_it(points, judged_on, claimed, answer):
    claim = None if claimed is None else Decimal(claimed)
    assert expected(Decimal(points), Decimal(judged_on), claim) == Decimal(answer)


@pytest.mark.parametrize(
    ("closing", "pairs"),
    [
        ({EM: 1, VA: 2, VL: 3}, []),
        ({EM: 2, VA: 2, VL: 2}, []),
        ({EM: 3, VA: 2, VL: 3}, [(EM, VA)]),
        ({EM: 3, VL: 2}, [(EM, VL)]),  # the one between has no window yet
        ({EM: 3, TI: 4, VA: 3}, [(TI, EM)]),
        ({EM: 3, TI: 2, VA: 1}, [(EM, VA)]),  # what is verified never waits for the review
    ],
)
def test_crossed_names_the_earlier_that_closes_after_the_later(closing, pairs):
    assert crossed(closing, ["EM", "TI", "VA", "VL"]) == pairs


def test_in_order_ignores_what_is_no_stage():
    assert in_order(["VF", "XX", "EM"]) == [EM, VF]


def test_a_stage_that_is_not_in_use_has_no_successor():
    with pytest.raises(ValueError, match="TI"):
        after(TI, ["EM", "VA"])


def test_labels_are_complete():
    assert [stage.label for stage in Stage] == [
        "Evaluasi mandiri", "Telaah internal", "Verifikasi administrasi", "Verifikasi lapangan", "Verifikasi final"
    ]  # fmt: skip
    assert [stage.short for stage in Stage] == ["Mandiri", "Telaah", "Administrasi", "Lapangan", "Final"]


def test_an_untouched_question_keeps_the_points_of_the_stage_before():
    claimed = [Decimal(12), Decimal(3), None, Decimal(5)]
    administrative = [Decimal(9), None, Decimal(1), None]
    field = [None, Decimal(0), None, None]

    assert carried(claimed, [administrative]) == [Decimal(9), Decimal(3), Decimal(1), Decimal(5)]
    assert carried(claimed, [administrative, field]) == [Decimal(9), Decimal(0), Decimal(1), Decimal(5)]


@given(histories())
def test_the_last_word_on_each_question_counts(history):
    claimed, judged = history

    expected = [
        next((row[place] for row in reversed([claimed, *judged]) if row[place] is not None), None)
        for place in range(len(claimed))
    ]
    assert carried(claimed, judged) == expected


@given(histories())
def test_a_stage_without_verdicts_changes_nothing(history):
    claimed, judged = history

    assert carried(claimed, [*judged, [None] * len(claimed)]) == carried(claimed, judged)


@given(histories())
def test_stages_can_be_settled_one_after_the_other(history):
    claimed, judged = history

    points = list(claimed)
    for row in judged:
        points = carried(points, [row])
    assert points == carried(claimed, judged)


def test_rows_of_another_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        carried([Decimal(1), Decimal(2)], [[Decimal(1)]])


def test_carried_leaves_the_claims_alone():
    claimed = [Decimal(1)]

    carried(claimed, [[Decimal(0)]])

    assert claimed == [Decimal(1)]


@pytest.mark.parametrize(
    ("points", "earlier", "answer"),
    [
        ("4", "5", True),
        ("5", "5", False),
        ("6", "5", False),
        ("0", None, False),
        ("0", "0", False),
        ("0", "0.01", True),
    ],
)
def test_lowers_is_true_only_when_something_is_taken_away(points, earlier, answer):
    assert lowers(Decimal(points), None if earlier is None else Decimal(earlier)) is answer
