"""Our decisions become other integrations' actions here: what is said, and what is shown."""
