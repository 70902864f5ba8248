"""Every command in every state: it goes where the table says, or it is refused and nothing changes."""

from collections.abc import Callable

import pytest

from custom_components.backstride.engine.errors import IllegalCommand
from custom_components.backstride.engine.session import TRANSITIONS, Command, Session, SessionState, apply

from .instants import at, walking

NOW = at(75)


def _walked(seconds: float) -> Session:
    """In the second interval since 60 s, which waits for the athlete after `seconds`; it is no turn."""
    return walking(f"1m back @2, {seconds:g}s rest confirm, 1m back @2", 75)


SESSIONS: dict[SessionState, Callable[[], Session]] = {
    SessionState.LEAD_IN: lambda: (
        apply(apply(_walked(30), Command.PAUSE, NOW).session, Command.RESUME, NOW).session
    ),
    SessionState.RUNNING: lambda: _walked(30),
    SessionState.WAITING: lambda: _walked(5),
    SessionState.PAUSED: lambda: apply(_walked(30), Command.PAUSE, NOW).session,
    SessionState.HELD: lambda: apply(_walked(30), Command.HOLD, NOW).session,
    SessionState.COMPLETED: lambda: walking("1m back @2", 75),
    SessionState.STOPPED: lambda: apply(_walked(30), Command.STOP, NOW).session,
}
"""A session in each state, brought there by the public door."""


def test_the_table_is_complete_and_final_states_lead_nowhere() -> None:
    assert set(TRANSITIONS) == set(SessionState)
    assert TRANSITIONS[SessionState.COMPLETED] == {}
    assert TRANSITIONS[SessionState.STOPPED] == {}


@pytest.mark.parametrize("command", Command)
@pytest.mark.parametrize("state", SessionState)
def test_every_command_goes_where_the_table_says_or_is_refused(state: SessionState, command: Command) -> None:
    session = SESSIONS[state]()
    if (state, command) == (SessionState.RUNNING, Command.CONFIRM):
        session = walking("1m back @2, 30s turn, 1m fwd @3", 75)  # nothing else is confirmed before its time
    assert session.state is state
    target = TRANSITIONS[state].get(command)
    if target is None:
        with pytest.raises(IllegalCommand) as refusal:
            apply(session, command, NOW)
        assert (refusal.value.command, refusal.value.state) == (command, state)
        assert session == SESSIONS[state](), "a refused command changes nothing"
    else:
        assert apply(session, command, NOW, seconds=10).session.state is target


def test_only_the_guard_ends_a_hold() -> None:
    held = SESSIONS[SessionState.HELD]()
    with pytest.raises(IllegalCommand, match="held cannot take the command resume"):
        apply(held, Command.RESUME, at(80))
    released = apply(held, Command.RELEASE, at(80)).session
    assert released.state is SessionState.PAUSED
    assert apply(released, Command.RESUME, at(81)).session.state is SessionState.LEAD_IN
