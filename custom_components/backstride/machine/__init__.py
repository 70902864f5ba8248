"""Other integrations' entities become our readings and controls here."""
