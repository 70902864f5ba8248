"""What the engine refuses, and why."""

from enum import StrEnum

from .remarks import Code, Detail, Remark


class EngineError(Exception):
    """Something the engine will not do; nothing has changed when it is raised.

    One that is no `Refusal` is a mistake of the program, or damaged data: `code` tells them apart.
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep the reason beside its English wording."""
        super().__init__(message)
        self.code = code


class Refusal(EngineError):
    """Something that a person asked for and does not get; the remark tells why, in any language."""

    def __init__(self, code: Code, **details: Detail) -> None:
        """Give the reason."""
        self.remark = Remark(code=code, details=details)
        super().__init__(code, str(self.remark))


class IllegalCommand(Refusal):
    """A command that the session's state does not know."""

    def __init__(self, command: StrEnum, state: StrEnum) -> None:
        """Name both, because only the pair is illegal."""
        super().__init__(Code.ILLEGAL_COMMAND, command=command, state=state)
        self.command = command
        self.state = state


class CommandRefused(Refusal):
    """A command that the state knows, but not here: a turn to be skipped, a bout already at its longest."""


class InvalidWorkout(Refusal):
    """A workout, interval or wish for one that makes no sense or is not safe."""


class NotationError(InvalidWorkout):
    """Text that is not a workout; `column` counts from 1 and `reason` says what would have fitted there."""

    def __init__(self, column: int, reason: Remark, found: str) -> None:
        """Point at the column; nothing is found where the text ends."""
        if found:
            super().__init__(Code.NOTATION, column=column, reason=reason, found=found)
        else:
            super().__init__(Code.NOTATION_ENDS, column=column, reason=reason)
        self.column = column
        self.reason = reason


class InvalidInstant(EngineError):
    """A time that is not an aware UTC instant."""


class InvalidSnapshot(EngineError):
    """Stored data that is not a session or a record of ours."""
