"""A real mpd whose sound card is a pipe: what would come out of the speaker, with the instant at which it would."""

from array import array
import asyncio
from collections.abc import Callable
from contextlib import suppress
import os
from pathlib import Path
import selectors
import shutil
import socket
import sys
import threading
import time
from typing import Final

from demo.custom_components.virtual_gym import tones, wav

from .heard import Sound

PROGRAM: Final = "mpd"
HOST: Final = "127.0.0.1"
RATE: Final = 44100
FRAME: Final = 4
"""Bytes of a sample on two channels."""
SLICE: Final = RATE // 200
"""Frames that are judged at once as sound or silence: 5 ms."""
JUMP: Final = 0.06
"""Seconds by which a stream may arrive behind or ahead of its own clock; more is a new stream."""
SILENCE: Final = 0.2
"""Seconds of it end what is said; between two words there is less."""
LISTENS: Final = int((tones.SETTLES + tones.LISTENS) * RATE)
STARTS_WITHIN: Final = 10.0
ENDS_WITHIN: Final = 5.0

CONFIGURATION: Final = """
playlist_directory "{folder}"
db_file "{folder}/database"
log_file "{folder}/log"
bind_to_address "{host}"
port "{port}"
zeroconf_enabled "no"
auto_update "no"
input {{
  plugin "curl"
}}
audio_output {{
  type "fifo"
  name "Pipe"
  path "{pipe}"
  format "44100:16:2"
  mixer_type "software"
}}
"""


def is_installed() -> bool:
    """Tell whether there is one here."""
    return shutil.which(PROGRAM) is not None


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Ear:
    """Listens to what comes out of one pipe; `text_at` gives the words that have a pitch."""

    def __init__(self, pipe: int, text_at: Callable[[int], str | None]) -> None:
        """Begin with nothing heard."""
        self.pipe = pipe
        self.sounds: list[Sound] = []
        self._text_at = text_at
        self._rest = b""
        self._read = 0
        """Frames of the stream so far."""

        self._began = 0.0
        """When the stream's first frame sounded."""

        self._silent_since: float | None = 0.0
        self._saying: int | None = None
        self._onset: float | None = None
        self._heard = bytearray()

    def hear(self, data: bytes, now: float) -> None:
        """Take what arrived."""
        data = self._rest + data
        whole = len(data) // FRAME * FRAME
        data, self._rest = data[:whole], data[whole:]
        if abs(self._began + self._read / RATE - now) > JUMP:
            # Nothing came for a while, or what was waiting was thrown away: something new is played.
            self._recognise()
            self._began, self._read, self._silent_since, self._saying = now, 0, 0.0, None
        for at in range(0, whole, SLICE * FRAME):
            self._judge(data[at : at + SLICE * FRAME])

    def _judge(self, piece: bytes) -> None:
        left = array("h", piece)[::2]
        since = self._began + self._read / RATE
        self._read += len(left)
        if self._onset is not None:
            self._heard += piece
            if len(self._heard) >= LISTENS * FRAME:
                self._recognise()
        if max(left) <= tones.AUDIBLE and min(left) >= -tones.AUDIBLE:
            self._silent_since = since if self._silent_since is None else self._silent_since
        elif self._silent_since is not None:
            first = next(at for at, sample in enumerate(left) if abs(sample) > tones.AUDIBLE)
            self._onset = since + first / RATE
            self._heard = bytearray(piece[first * FRAME :])
            if self._onset - self._silent_since > SILENCE:
                self._saying = None
            self._silent_since = None

    def _recognise(self) -> None:
        """Judge the word that began: one at another pitch than the last begins something else."""
        if self._onset is None:
            return
        sound = wav.Sound(rate=RATE, channels=2, width=2, samples=bytes(self._heard))
        pitch = tones.nearest(tones.pitch(sound, 0.0))
        if self._saying is None or pitch != self._saying:
            self._saying = pitch
            text = None if pitch is None else self._text_at(pitch)
            self.sounds.append(Sound(at=self._onset, text=text))
        self._onset = None
        self._heard.clear()


class Daemon:
    """An mpd of our own in a folder of its own."""

    def __init__(self, folder: Path, text_at: Callable[[int], str | None]) -> None:
        """Prepare the folder, and listen before anything can sound."""
        folder.mkdir()
        self.port = free_port()
        self._pipe = folder / "pipe"
        os.mkfifo(self._pipe)
        self._configuration = folder / "mpd.conf"
        self._configuration.write_text(
            CONFIGURATION.format(folder=folder, host=HOST, port=self.port, pipe=self._pipe)
        )
        # Also for writing, so that the pipe does not end when mpd closes it.
        self.ear = Ear(os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK), text_at)
        self._process: asyncio.subprocess.Process | None = None

    async def async_start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = await asyncio.create_subprocess_exec(
            *(PROGRAM, "--no-daemon", str(self._configuration)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(STARTS_WITHIN):
            while True:
                try:
                    _, writer = await asyncio.open_connection(HOST, self.port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    return

    async def async_stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            try:
                async with asyncio.timeout(ENDS_WITHIN):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        os.close(self.ear.pipe)


class Listener(threading.Thread):
    """Listens to all pipes, apart from the loop that is measured."""

    def __init__(self, ears: list[Ear]) -> None:
        """Take the ears."""
        super().__init__(name="ears", daemon=True)
        self._ears = ears
        self._is_over = threading.Event()

    def run(self) -> None:
        """Listen until it is over."""
        with selectors.DefaultSelector() as selector:
            for ear in self._ears:
                selector.register(ear.pipe, selectors.EVENT_READ, ear)
            while not self._is_over.is_set():
                for key, _ in selector.select(0.1):
                    now = time.time()
                    # When mpd begins anew it throws away itself what is still in the pipe.
                    with suppress(BlockingIOError):
                        key.data.hear(os.read(key.fd, 1 << 16), now)

    def stop(self) -> None:
        """Stop listening."""
        self._is_over.set()
        self.join(5)


assert sys.byteorder == "little", "the pipe's samples are read as this machine writes numbers"
