"""All SQL outside migrations: one module per concept, each function one question."""
