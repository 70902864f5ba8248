"""The words by which an entity of an unknown integration shows what it is: in its key, and in the name it was given.

Keys are English almost everywhere; the names of what people build themselves are in their own language. Patterns are for
text as `normalized` gives it.
"""

from collections.abc import Iterable
from itertools import takewhile
import re
from typing import Final
import unicodedata

from homeassistant.helpers import entity_registry as er

RUNNING_STATES: Final = frozenset(
    {"on", "running", "active", "playing", "moving", "walking", "started", "working", "in_use"}
)
STANDING_STATES: Final = frozenset(
    {
        "off",
        "stopped",
        "idle",
        "paused",
        "standby",
        "ready",
        "sleep",
        "finished",
        "completed",
        "complete",
        # Not yet: the belt begins to move at the end of it.
        "starting",
        "countdown",
    }
)
"""The words that treadmills have for it; a word of neither kind says nothing about the belt."""

SPEED: Final = re.compile(r"\bspeed|velocity|geschwindigkeit|vitesse|velocidad|velocita|snelheid")
DISTANCE: Final = re.compile(r"\bdistan|odometer|travel|strecke|entfernung|\bweg\b|afstand")
INCLINE: Final = re.compile(r"\binclin|\bgrade\b|\bslope|neigung|steigung|\bpente|pendiente|pendenza|helling")
HEART: Final = re.compile(
    r"\bheart|\bpulse?\b|\bhr\b|\bhrm\b|herz|puls\b|cardia|\bpouls\b|\bpulso|battit|hartslag|\bbpm\b"
)
STEPS: Final = re.compile(r"\bsteps\b|\bstep count|schritte|\bpas\b|\bpasos\b|\bpassi\b|stappen")
BELT: Final = re.compile(r"\bbelt|treadmill|walking ?pad|laufband|\btapis\b|\bcinta\b|loopband")
MOVES: Final = re.compile(r"\brunning|\bwalking|\bworkout|\bin use\b|\bmoving|lauft\b|training\b")
STATE: Final = re.compile(r"\bstate|\bstatus|\bphase|zustand|\betat\b|\bestado|\bstato\b|\btoestand|\bmode\b")
DIRECTION: Final = re.compile(r"direction|richtung|direccion|direzione")

START: Final = re.compile(r"\bstart\b|\bresume\b|\bplay\b|\bbegin\b|\bstarten\b|demarrer|\biniciar|\bavvia")
STOP: Final = re.compile(
    r"\bstopp?\b|\bstoppen\b|\bfinish|\bhalt\b|\bend\b|anhalten|\barret|\bdetener|\bferma\b"
)
PAUSE: Final = re.compile(r"\bpaus")
TOGGLE: Final = re.compile(
    r"toggle|\bstart ?(?:or )?(?:stop|pause)|\bplay ?(?:or )?pause|\bstop ?(?:or )?start|\bpause ?(?:or )?resume"
)

LIMIT: Final = r"\bmax|(?<!beats )(?<!per )\bmin\b|\bminim|\blimit|\bpeak\b|\btop\b|\bhighest|\blowest|\blow\b|\bhigh\b|\bincrement|\bgrenz"
AVERAGE: Final = r"\bavg|\baverage|\bmean\b|durchschnitt|\bmittel|moyen|\bmedi[ao]\b|promedio|gemiddeld"
WISH: Final = (
    r"\btarget|\bgoal|\bset\b|\bdesired|\bcommand|\bsoll|\bziel|objecti[fv]|objetivo|obiettivo|\bdoel"
)
OTHER_TIME: Final = r"yesterday|\blast\b|week|month|year|gestern|woche|monat|\bnight"
NOT_THE_BELT: Final = (
    r"connect|verb(?:unden|indung)|bluetooth|\bble\b|\blink\b|connexion|conexion|\bled\b|\blights?\b|\blamp|licht"
    r"|\bfan\b|ventilat|lufter|vibrat|\buse watch|\block|\bkey\b|schlussel|\bbeep|\bsound|\bvolume|\bvoice"
    r"|firmware|\bupdate|\breset|\brestart|\breboot|identify|calibrat|\bplug\b|outlet|socket|relay|steckdose"
    r"|\bauto|battery|charg|\bwifi\b|network|schedule|\btimer\b|\bpower\b"
)


def normalized(text: str) -> str:
    """Give a text's words: small, without accents, and without what has digits in it, which is an id or an address."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode().casefold()
    return " ".join(word for word in re.findall(r"[a-z0-9]+", plain) if word.isalpha())


def joined(*texts: str | None) -> str:
    """Give the words of several texts, so that no phrase is read across two of them."""
    return " . ".join(normalized(text) for text in texts if text)


def words_of(entry: er.RegistryEntry, machine: str = "", name: str = "") -> str:
    """Give the words of an entity's keys and names, without the machine's; its entity id may be about anything."""
    key = normalized(entry.unique_id).removeprefix(machine)
    called = normalized(entry.original_name or "").removeprefix(name)
    return joined(entry.translation_key, key, called, entry.name)


def in_common(texts: Iterable[str | None]) -> str:
    """Give the words with which all these texts begin: the machine's name, if what they are about comes after it."""
    beginnings = [normalized(text).split() for text in texts if text]
    shared = takewhile(
        lambda words: len(set(words)) == 1 and len(beginnings) > 1 and not is_named_for(words[0]),
        zip(*beginnings, strict=False),
    )
    return " ".join(words[0] for words in shared)


def is_named_for(word: str) -> bool:
    """Tell whether a word of a unique id says what the entity is, rather than whose."""
    return _KEY_WORD.fullmatch(word.casefold()) is not None


_KEY_WORD: Final = re.compile(
    r"speed|velocity|distance|total|session|daily|incline|inclination|grade|slope|heart|rate|pulse|bpm|hr"
    r"|steps?|count|counter|current|instant|actual|average|avg|max|min|set|target|control|start|stop|pause|resume"
    r"|state|status|belt|running|switch|button|number|sensor|direction|movement|time|duration|calories|energy|power"
)
