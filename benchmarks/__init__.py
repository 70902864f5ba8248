"""What is claimed about speed and memory, measured beside its yardstick in the same run."""
