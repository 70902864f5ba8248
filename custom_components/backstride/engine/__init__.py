"""The rules of Backstride: what a workout is, what may follow what in a session, and what remains of one.

Standard library only. The engine is told the time and never asks for it; it does no input or output, keeps no log and
knows nothing of Home Assistant. `tests/test_architecture.py` holds it to that.

How it is used. A workout comes from `workout.parse` (the short notation) or `written.workout_from_data`; `scaling.scale`
makes it as long as wanted, `fit` says whether it suits a level. `session.start` turns it into a session: a frozen value
that is never changed, only followed by another. Whoever drives it keeps the latest one and calls

    advance(session, now)             when `next_boundary(session)` has come
    apply(session, command, now)      when someone wants something
    measure(session, reading)         when a sensor says something

and each gives a `Step`: the session as it is then, and the events to tell. Nothing ticks. A session holds sums and the
instant from which the present stretch counts, so waking late loses nothing: every missed event is told, each with the
instant at which it was due. `timeline(session)` says what lies ahead, cues included; `snapshot` and `restore` carry a
session over a restart; `record.summarise` is what is left when it is over, and `streak.fold` what many of them make.

A clock that steps back never makes negative time: the session stands until the clock is where it was. Whoever drives it
should therefore count on from the instant it began with a clock that does not step.
"""
