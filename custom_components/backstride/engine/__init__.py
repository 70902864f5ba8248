"""The rules of Backstride."""
