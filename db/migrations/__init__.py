"""The schema's steps, applied by `db.opening`."""
