"""Tells single lamps how to look, and notes it, so that what a lamp says about it is not taken for a hand."""

from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant, State, callback

from .calls import Calls, Done, Ready
from .hands import Shine, shine_after
from .held import HeldLamp, house_of
from .lamps import LampData, can_dim, is_there, look_data, way_back
from .looks import Look

ON: Final = ("light", "turn_on")
OFF: Final = ("light", "turn_off")


class Brush:
    """Paints lamps through the calls of one place."""

    def __init__(self, hass: HomeAssistant, calls: Calls) -> None:
        """Begin with nothing painted."""
        self._hass = hass
        self._calls = calls
        self._rhythm = house_of(hass).rhythm

    def state(self, entity_id: str) -> State | None:
        """Give the state of a lamp that can be reached."""
        state = self._hass.states.get(entity_id)
        return state if is_there(state) else None

    @callback
    def ready(self, lamps: list[HeldLamp], look: Look) -> tuple[Ready, ...]:
        """Work out the calls that give these lamps a look: those first that can dim, because they show the most."""
        there = [state for lamp in lamps if (state := self.state(lamp.entity_id)) is not None]
        return tuple(
            Ready(
                entity_id=state.entity_id,
                action=ON,
                data={ATTR_ENTITY_ID: state.entity_id, **look_data(state, look)},
            )
            for state in sorted(there, key=can_dim, reverse=True)
        )

    @callback
    def note(self, lamp: HeldLamp, ready: Ready) -> None:
        """Note what a call that was made ready does, once it is on its way, and what the lamp said to it."""
        lamp.touch()
        lamp.hands.commanded(shine_after(ready.data), self._hass.loop.time())
        if (state := self.state(lamp.entity_id)) is not None:
            lamp.hands.reported(state)

    @callback
    def paint(self, lamp: HeldLamp, look: Look, *, dim: bool, overtake: bool) -> bool:
        """Give a lamp a look; gives whether it was told. With `dim` only one that can dim is."""
        state = self.state(lamp.entity_id)
        if state is None or (dim and not can_dim(state)):
            return False
        if not overtake and self._calls.is_pending(lamp.entity_id):
            return False
        if not self._rhythm.has_room(lamp.entity_id):
            # Only with a first flash: everything else has waited for room. It shows another's first flash already.
            return False
        data = look_data(state, look)
        # Before the call: a lamp may answer within it.
        lamp.touch()
        lamp.hands.commanded(shine_after(data), self._hass.loop.time())
        return self._send(lamp.entity_id, ON, data)

    @callback
    def put_back(self, was: LampData, lamp: HeldLamp | None, done: Done) -> bool:
        """Make a lamp as it was; gives whether it was told. `done` hears whether its integration says that it worked."""
        entity_id = was["entity_id"]
        if (state := self.state(entity_id)) is None:
            return False
        if lamp is not None:
            shine = shine_after(was["data"]) if was["on"] else Shine(on=False)
            lamp.hands.commanded(shine, self._hass.loop.time())
        return self._send(entity_id, ON if was["on"] else OFF, way_back(was, state), done)

    def _send(
        self, entity_id: str, action: tuple[str, str], data: dict[str, Any], done: Done | None = None
    ) -> bool:
        target = {ATTR_ENTITY_ID: entity_id, **data}
        context = Context()
        self._rhythm.note(entity_id)
        return self._calls.call(
            entity_id, action, target, context=context, overtake=True, wait=False, done=done
        )
