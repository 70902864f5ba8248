"""A real server and a real browser, in real time."""
