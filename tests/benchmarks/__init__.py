"""Tests of what the benchmarks measure with: a wrong ear would claim anything."""
