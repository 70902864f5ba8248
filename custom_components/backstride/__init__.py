"""Backstride coaches backward walking and running."""
