"""What the product refuses, one class per case, each with its own sentence.

A sentence is an English message id with `{placeholders}` filled from the details; screens and the command
line translate and show it. `field` names the form field the sentence belongs beside.
"""

from typing import Any, ClassVar


def N_(message: str) -> str:
    """Mark a message for translation where it is defined; it is translated where it is shown."""
    return message


class TrackerError(Exception):
    """Something the product refuses. Subclasses give the sentence."""

    sentence: ClassVar[str] = ""

    def __init__(self, *, field: str = "", **details: Any) -> None:
        self.field = field
        self.details = details
        super().__init__(self.sentence.format_map(_Lenient(details)))


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class NotAllowed(TrackerError):
    """The person sees the record but may not do this."""

    sentence = N_("Your role does not allow this.")


class NotFound(TrackerError):
    """There is no such record, or it lies outside the person's scope: the two are not told apart."""

    sentence = N_("There is no such record, or it is outside your area.")


class HomeNotWritable(TrackerError):
    """The home folder cannot be made or written."""

    sentence = N_("The folder {path} cannot be written. Choose another one with TRACKER_HOME.")


class PortInUse(TrackerError):
    """Another program listens on the port."""

    sentence = N_("Port {port} is in use. Stop the other program or choose another port with --port.")


class InvalidInput(TrackerError):
    """Several fields of one form are wrong; `problems` holds one error for each."""

    sentence = N_("Some fields need attention; nothing was saved.")

    def __init__(self, problems: list[TrackerError]) -> None:
        super().__init__()
        self.problems = problems


class EditConflict(TrackerError):
    """Somebody else saved the record first; `theirs` and `yours` hold the values field by field."""

    sentence = N_("{who} changed this record at {when}. Choose field by field which value to keep.")

    def __init__(
        self, *, who: str, when: Any, version: int, fields: dict[str, tuple[Any, Any]], seen: int = 0
    ) -> None:
        super().__init__(who=who, when=when)
        self.version, self.fields, self.seen = version, fields, seen


class Required(TrackerError):
    """A field that must be filled is empty."""

    sentence = N_("Please fill in this field.")


class TooLong(TrackerError):
    """A text is longer than can be kept."""

    sentence = N_("At most {limit} characters; this has {length}.")


class NotANumber(TrackerError):
    """A field takes a number of a certain range."""

    sentence = N_("Enter a number from {least} to {most}.")


class DateOutOfRange(TrackerError):
    """A date outside the calendar the product keeps."""

    sentence = N_("Enter a date from 1949-10-01 to 2199-12-31.")


class InTheFuture(TrackerError):
    """A fact is dated after today."""

    sentence = N_("{day} is in the future; a fact cannot be dated after today.")


class EndBeforeStart(TrackerError):
    """A period ends before it starts."""

    sentence = N_("The end {end} is before the start {start}.")


class ReasonRequired(TrackerError):
    """The act asks for a reason."""

    sentence = N_("Please give a reason.")
