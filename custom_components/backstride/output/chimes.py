"""Short sounds in the place of words, for those who want no speech."""

from enum import StrEnum


class CueStyle(StrEnum):
    """How the coach of a place gives its cues; words about safety are words in any case."""

    WORDS = "words"
    CHIMES = "chimes"
