"""Starlette: the gate, the headers and the routes beside the screens."""
