"""What other integrations tell us."""
