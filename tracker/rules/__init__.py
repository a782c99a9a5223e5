"""What must hold, and what every figure means: pure functions and Polars expressions.

Expressions name the columns they read; none of them asks the database or the clock.
"""
