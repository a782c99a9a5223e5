"""The immutable picture of all facts, and the figures computed on it."""
