"""Makes the chimes that come with Backstride, each from a few notes: nothing is recorded, so nobody's rights are touched."""
