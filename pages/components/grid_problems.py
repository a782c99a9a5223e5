"""What is wrong in a grid, told row by row."""

from collections.abc import Sequence

import streamlit as st

from pages.components.feedback import sentence
from pages.components.field_names import field_name
from pages.components.text import plain
from tracker.errors import InvalidInput


def show_grid_problems(error: InvalidInput, names: Sequence[str]) -> None:
    """List the problems of a grid whose rows are called `names`; a field is `{index}.{name}` or a name."""
    lines = [sentence(error)]
    for problem in error.problems:
        index, dot, field = problem.field.rpartition(".")
        where = f"{int(index) + 1} {plain(names[int(index)])} · " if dot else ""
        where += f"{field_name(field)}: " if field else ""
        lines.append(f"- {where}{sentence(problem)}")
    st.error("\n".join(lines), icon=":material/error:")
