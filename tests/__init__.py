"""Tests of Backstride."""
