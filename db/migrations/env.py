"""Run migrations on the connection `db.opening.migrate` hands over, in one transaction."""

from alembic import context

from db.models import metadata

connection = context.config.attributes["connection"]
is_sqlite = connection.dialect.name == "sqlite"

context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=is_sqlite,
    compare_type=True,
    # SQLite's DDL is transactional once BEGIN is ours: a migration cut off midway leaves nothing.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
    if is_sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"migration would leave rows without their parent: {broken[:3]}")
