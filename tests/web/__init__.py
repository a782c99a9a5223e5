"""The gate, the headers, health, and the launcher."""
