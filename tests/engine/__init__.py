"""Tests of the engine; they need no Home Assistant."""
