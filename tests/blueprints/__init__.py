"""Every blueprint that ships, made into a real automation or script, and driven."""
