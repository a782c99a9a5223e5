"""Widgets and sections that screens share."""
