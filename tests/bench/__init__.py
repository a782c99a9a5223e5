"""Measurements at the national size: `make bench`. Not part of the tests, which never depend on time."""
