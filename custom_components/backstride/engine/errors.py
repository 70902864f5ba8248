"""What the engine refuses, and why, in a form that can be translated."""

from collections.abc import Mapping


class EngineError(Exception):
    """Something the engine will not do; nothing has changed when it is raised.

    `code` names the reason for a translation and `details` fills its placeholders; the message is
    the same reason in plain English.
    """

    def __init__(self, code: str, message: str, **details: str | float) -> None:
        """Keep the reason beside its English wording."""
        super().__init__(message)
        self.code = code
        self.details: Mapping[str, str | float] = details


class IllegalCommand(EngineError):
    """A command that the session's state does not know."""

    def __init__(self, command: str, state: str) -> None:
        """Name both, because only the pair is illegal."""
        super().__init__(
            "illegal_command",
            f"A session that is {state} cannot take the command {command}",
            command=command,
            state=state,
        )
        self.command = command
        self.state = state


class CommandRefused(EngineError):
    """A command that the state knows, but not here: a turn to be skipped, a bout already at its longest."""


class InvalidWorkout(EngineError):
    """A workout, interval or wish for one that makes no sense or is not safe."""


class NotationError(InvalidWorkout):
    """Text that is not a workout; `column` counts from 1 and `expected` says what would have fitted."""

    def __init__(self, column: int, expected: str, found: str) -> None:
        """Point at the column."""
        super().__init__(
            "notation",
            f"Column {column}: expected {expected}, found {found}",
            column=column,
            expected=expected,
            found=found,
        )
        self.column = column
        self.expected = expected


class InvalidInstant(EngineError):
    """A time that is not an aware UTC instant."""


class InvalidSnapshot(EngineError):
    """Stored data that is not a session or a record of ours."""
