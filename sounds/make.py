"""Writes every chime to where Backstride finds it."""

from pathlib import Path
from typing import Final
import wave

from .score import SCORE
from .synthesis import RATE, render

FOLDER: Final = Path(__file__).parents[1] / "custom_components" / "backstride" / "sounds"


def make(folder: Path) -> None:
    """Write every chime into a folder, and take away what is none any more."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.wav"):
        old.unlink()
    for name, notes in SCORE.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(render(notes))


if __name__ == "__main__":
    make(FOLDER)
