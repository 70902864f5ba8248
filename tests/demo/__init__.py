"""Tests of the demo: what needs no running server."""
