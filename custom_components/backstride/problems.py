"""What goes wrong, said once, at the border: errors of the engine as errors that Home Assistant translates."""

from homeassistant.exceptions import ServiceValidationError

from .const import DOMAIN
from .engine.errors import CommandRefused, EngineError, IllegalCommand


def problem(key: str, **placeholders: str | float) -> ServiceValidationError:
    """Give the caller's mistake in the caller's language."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={name: str(value) for name, value in placeholders.items()},
    )


def from_engine(error: EngineError) -> ServiceValidationError:
    """Translate what the engine refused; raise it `from` the original."""
    if isinstance(error, IllegalCommand):
        return problem("illegal_command", command=error.command, state=error.state)
    if isinstance(error, CommandRefused):
        return problem(error.code, **error.details)
    return problem("invalid_workout", reason=str(error))
