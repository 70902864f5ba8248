"""Tests of the simulated gym."""
