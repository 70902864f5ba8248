"""The first guided walk, as a newcomer would take it: pressed on the dashboard, heard, seen, kept; and a power cut in the next."""

from datetime import datetime

from demo.server import Server

from .walk import Walk

SPEED = "sensor.gym_treadmill_speed"
SESSION, INTERVAL, NEXT = "sensor.gym_session", "sensor.gym_interval", "sensor.gym_next_interval"
STRIP, LAMP, CEILING = "light.gym_lights_strip", "light.gym_lights_lamp", "light.gym_lights_ceiling"
LAMPS = (STRIP, LAMP, CEILING)
BLUE, AMBER, GREEN = [215, 100], [38, 95], [130, 90]
PLAN = (
    (0, "Take hold and look ahead. First, walk backward at 1.2."),
    (7, "Three."),
    (8, "Two."),
    (9, "One."),
    (10, "Walk backward at 1.2, one minute."),
    (18, "Head up, stand tall."),
    (48, "Big toe first, then roll to the heel."),
    (55, "In 15 seconds, feet on the side rails and turn around."),
    (59, "Halfway. Nicely done."),
    (65, "Turn in five."),
    (67, "Three."),
    (68, "Two."),
    (69, "One."),
    (70, "Feet on the side rails and turn around."),
    (80, "When you are ready, confirm."),
)
"""What is said until the turn is over, in seconds from the start."""
THEN = (
    (0, "Walk forward at 2, 20 seconds."),
    (5, "15 seconds to go."),
    (15, "Five more seconds."),
    (17, "Three."),
    (18, "Two."),
    (19, "One."),
    (20, "Well done. Your session is complete."),
    (24, "That is the first day of a new streak."),
)
"""And after it was confirmed, in seconds from then."""
DOG = "Careful. Something is behind you."
LATE = 0.25
"""Seconds a sentence may be late."""
LATE_AT_FIRST = 1.5
"""The same of the very first one, which the engine has to speak while it is due already."""


def _colour(walk: Walk, lamp: str = STRIP) -> object:
    return walk.entity(lamp)["attributes"].get("hs_color")


def test_a_guided_walk_from_start_to_streak(server: Server, walk: Walk) -> None:
    server.act("light.turn_on", STRIP, brightness=77, hs_color=[30, 50], effect="candle")
    before = [walk.lamp(lamp) for lamp in LAMPS]
    walk.open()
    walk.picture("1-before")
    assert walk.state("sensor.anna_streak") == "0"
    walk.tile("Start the belt").click()
    walk.until_state("binary_sensor.gym_treadmill_belt_running", "on", 5)

    walk.button("Start").first.click()
    walk.until_state(SESSION, "lead_in", 5)
    began = datetime.fromisoformat(walk.entity(SESSION)["last_changed"])
    assert [walk.lamp(lamp) for lamp in LAMPS] == before, "the lead-in leaves the light alone"

    walk.until_state(SESSION, "running", 15)
    assert (walk.state(INTERVAL), walk.state(NEXT)) == ("backward", "turn")
    walk.until(lambda: _colour(walk) == _colour(walk, LAMP) == BLUE, "both lamps are blue", 3)
    assert walk.state(CEILING) == "on"
    walk.until_state(SPEED, "1.2", 10)
    walk.picture("2-backward")

    walk.until(lambda: _since(began) > 30, "half a minute is over", 40)
    changes = walk.entity(STRIP)["attributes"]["changes"]
    walk.tile("Dog walks in").click()
    walk.until(lambda: _colour(walk) == AMBER, "the lamps warn", 3)
    walk.picture("3-dog")
    walk.until(lambda: _colour(walk) == BLUE, "the dog is gone and the lamps say so", 15)
    told = walk.entity(STRIP)["attributes"]["changes"] - changes
    assert told == 12, "eleven changes for five blinks and the steady light, and one back to blue"

    turned = _turn_round(walk)
    walk.until(lambda: _colour(walk) == GREEN, "forward is green", 3)
    walk.until_state(SPEED, "2.0", 16)
    walk.picture("4-forward")
    walk.until_state(SESSION, "completed", 25)
    walk.until(lambda: [walk.lamp(lamp) for lamp in LAMPS] == before, "the light is as it was", 3)
    walk.until(lambda: len(walk.heard(began)) >= len(PLAN) + len(THEN) + 1, "everything was said", 5)

    heard = walk.heard(began)
    dog = next(seconds for seconds, text in heard if text == DOG)
    assert 30 < dog < 35
    heard = [(seconds, text) for seconds, text in heard if text != DOG]
    plan = [*PLAN, *(((turned - began).total_seconds() + due, text) for due, text in THEN)]
    assert [text for _, text in heard] == [text for _, text in plan]
    late = {
        f"{due:.0f} s: {text}": round(seconds - due, 3)
        for (seconds, text), (due, _) in zip(heard, plan, strict=True)
    }
    walk.note("late", late)
    first, *others = late.values()
    assert -0.05 < first < LATE_AT_FIRST, late
    assert all(-0.05 < seconds < LATE for seconds in others), late

    walk.until_state("sensor.anna_streak", "1", 5)
    assert walk.state("binary_sensor.anna_goal_met_today") == "on"
    _look_it_up(server)
    walk.page.get_by_text("Well done").first.wait_for(timeout=5_000)
    walk.picture("5-done")
    walk.until_state(SPEED, "0.0", 10)


def _turn_round(walk: Walk) -> datetime:
    """Turn on the slow belt and say so; gives the instant of that."""
    walk.until_state(INTERVAL, "turn", 45)
    walk.until(lambda: _colour(walk) == [0, 0], "white light to see the rails", 3)
    walk.until_state(SPEED, "0.5", 8)
    walk.until_state(SESSION, "waiting", 15)
    assert walk.state(SPEED) == "0.5", "the belt does not speed up under somebody who still turns"
    walk.button("Confirm").first.click()
    walk.until_state(INTERVAL, "forward", 5)
    return datetime.fromisoformat(walk.entity(INTERVAL)["last_changed"])


def _look_it_up(server: Server) -> None:
    """See what was kept of the only session so far."""
    answer = server.request(
        "POST", "/api/services/backstride/get_sessions?return_response", {"athlete": "Anna"}
    )
    (record,) = answer["service_response"]["sessions"]
    assert record["outcome"] == "completed"
    assert record["backward_minutes"] == 1
    assert 15 < record["backward_m"] < 21, "a minute at 1.2 km/h, as the treadmill counted it"


def test_after_a_power_cut_while_lamps_flash_the_session_is_paused_and_they_are_as_they_were(
    server: Server, walk: Walk
) -> None:
    for lamp in LAMPS:
        server.act("light.turn_off", lamp)
    server.act("light.turn_on", STRIP, brightness=77, hs_color=[30, 50], effect="candle")
    before = [walk.lamp(lamp) for lamp in LAMPS]
    server.act("button.press", "button.gym_start")
    _walk_next_door(server, walk)
    walk.until_state(SESSION, "running", 15)
    walk.until(lambda: _colour(walk) == BLUE, "the lamps are blue", 3)
    walk.until_state(SESSION, "running", 1)
    began = datetime.fromisoformat(walk.entity(SESSION)["last_changed"])
    walk.until(lambda: _since(began) > 12, "somebody walked a little", 15)
    server.act("button.press", "button.gym_rear_sensor_dog_walks_in")
    walk.until(lambda: _colour(walk) == AMBER, "the lamps warn", 2)

    server.kill()
    server.start()
    server.wait_until_running()
    restarted = datetime.now().astimezone()
    walk.until_state(SESSION, "paused", 20)
    walk.until(lambda: [walk.lamp(lamp) for lamp in LAMPS] == before, "the light is as it was", 20)
    walk.until(
        lambda: any("I was away" in text for _, text in walk.heard(began)), "the coach says it was away", 20
    )
    assert _since(restarted) < 20
    backward = walk.entity("sensor.gym_backward_time")
    minutes = float(backward["state"]) * (60 if backward["attributes"]["unit_of_measurement"] == "min" else 1)
    assert 8 < minutes < 16, "what was walked is kept, but for a few seconds"
    server.act("button.press", "button.gym_resume")
    walk.until_state(SESSION, "running", 6)
    server.act("button.press", "button.gym_stop")
    walk.until_state(SESSION, "stopped", 3)
    walk.until(lambda: [walk.lamp(lamp) for lamp in LAMPS] == before, "and again", 3)


def _walk_next_door(server: Server, walk: Walk) -> None:
    """Two places run side by side; the other one speaks through a satellite."""
    server.act("button.press", "button.garage_start")
    satellite = "assist_satellite.garage_satellite"
    walk.until(lambda: walk.entity(satellite)["attributes"]["played"], "the satellite speaks", 5)
    assert walk.entity(satellite)["attributes"]["played"][0]["text"].startswith("Take hold and look ahead.")
    assert walk.state("sensor.garage_session") == "lead_in"
    server.act("button.press", "button.garage_stop")


def _since(instant: datetime) -> float:
    return (datetime.now().astimezone() - instant).total_seconds()
