"""What holds for all tests: properties are tried without a stopwatch, and in CI always with the same examples."""

import os

from hypothesis import settings

# A slow machine must not fail a property, and a change must not be refused for an example it did not bring.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
