"""Storage: migrations, queries, engine and models. Knows nothing of the product's rules or screens."""
