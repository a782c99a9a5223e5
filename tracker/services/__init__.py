"""Use cases: permission, rule, row and audit entry, one transaction each."""
