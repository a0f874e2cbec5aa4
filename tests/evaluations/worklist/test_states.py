"""The table from facts to a state, and from a state to a task."""

import pytest

from evaluations.worklist.states import Facts, State, is_task, state_of

READY = Facts(
    is_answered=True, wants_proof=True, is_proved=True, is_shared=True, is_confirmed=True, needs_check=False,
    is_returned=False, is_locked=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "READY"),
        ({"is_answered": False, "is_confirmed": False}, "EMPTY"),
        ({"is_proved": False}, "DRAFT"),
        ({"is_proved": False, "wants_proof": False}, "READY"),
        ({"is_confirmed": False}, "DRAFT"),
        ({"is_confirmed": False, "is_shared": False}, "READY"),
        ({"needs_check": True}, "CHECK"),
        ({"needs_check": True, "is_answered": False}, "CHECK"),
        ({"is_returned": True, "needs_check": True}, "RETURNED"),
        ({"is_locked": True, "is_returned": True, "needs_check": True}, "LOCKED"),
    ],
)
def test_state_follows_from_the_facts(changes, state):
    assert state_of(READY._replace(**changes)) == State(state)


@pytest.mark.parametrize(
    ("state", "lead", "supporter", "supporter_who_has_given"),
    [
        (State.RETURNED, True, True, True),
        (State.CHECK, True, True, False),
        (State.EMPTY, True, True, False),
        (State.DRAFT, True, True, False),
        (State.READY, False, False, False),
        (State.LOCKED, False, False, False),
    ],
)
def test_task_of_lead_and_supporter(state, lead, supporter, supporter_who_has_given):
    found = (
        is_task(state, is_led=True, has_given=False),
        is_task(state, is_led=False, has_given=False),
        is_task(state, is_led=False, has_given=True),
    )

    assert found == (lead, supporter, supporter_who_has_given)
