"""What a light says: per test its rule, what it looked at, and what would turn it green."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.agreement import Status
from tracker.rules.light import LIGHT_NAMES, TEST_NAMES, Light, LightTest
from tracker.rules.threshold import Thresholds

_NO_NAMES: Final[Mapping[str, str]] = {}
_RULES: Final = {
    LightTest.plan: N_(
        "Yellow from {behind_yellow_points} to {behind_red_points} points behind the approved plan, both"
        " included; red beyond."
    ),
    LightTest.start: N_(
        "Yellow from the day after the planned start until the project starts; red from {start_red_months}"
        " months after it."
    ),
    LightTest.key: N_(
        "Yellow from the first day on which a key milestone is overdue; red after more than"
        " {key_overdue_red_days} days."
    ),
    LightTest.silence: N_(
        "Yellow after {silence_yellow_months} months without an accepted update, red after"
        " {silence_red_months}; dormant after more than {dormant_months}."
    ),
    LightTest.term: N_("Yellow while the agreement expires and this project is open; red once it has ended."),
}
_NOT_RUN: Final = N_("The project rests, so no test runs.")
_NO_PLAN: Final = N_("There is no approved plan, so this cannot be judged.")
_NO_WEIGHT: Final = N_("All weights are 0: there is no plan to measure progress by.")
_TERM_INPUTS: Final = {
    Status.active: N_("The term ends on {term_end_on}, in {term_days_left} days."),
    Status.not_yet_effective: N_("The term ends on {term_end_on}, in {term_days_left} days."),
    Status.expiring: N_("The term ends on {term_end_on}, in {term_days_left} days, and the project is open."),
    Status.expired: N_("The term ended on {term_end_on}, and the project is open."),
    Status.terminated: N_("The agreement was terminated, and the project is open."),
}
_REASONS: Final = {
    Light.stopped: N_("Stopped: outside the lights, counted apart."),
    Light.grey: N_("No plan: without an approved one nothing can be called on time."),
    Light.green: N_("Every test is passed."),
}


@dataclass(frozen=True)
class LightTold:
    """One test in words; `colour` is green, yellow, red or none, `cure` is empty unless it warns."""

    test: LightTest
    colour: str
    rule: str
    inputs: str
    cure: str


def told_tests(
    row: dict[str, Any],
    limits: Thresholds,
    as_of: date,
    words: Words,
    *,
    names: Mapping[str, str] = _NO_NAMES,
) -> list[LightTold]:
    """Tell every test of a light that is not over, in the order of screens; `row` is one of `lights_as_of`'s.

    `names` gives under "late" and "key" the milestones, and the key milestones, that are overdue, ready to
    be shown; it may leave out either.
    """
    teller = _Teller(row, limits, as_of, words, names)
    return [
        LightTold(
            test,
            row[f"light_{test.value}"],
            words.text(_RULES[test], **vars(limits)),
            words.text(_NOT_RUN) if row["is_paused"] else getattr(teller, f"{test.value}_inputs")(),
            getattr(teller, f"{test.value}_cure")()
            if row[f"light_{test.value}"] in (Light.yellow, Light.red)
            else "",
        )
        for test in LightTest
    ]


def light_rules(limits: Thresholds, words: Words) -> dict[LightTest, str]:
    """Return the rule of every test in words, with the thresholds in force, in the order of screens."""
    return {test: words.text(rule, **vars(limits)) for test, rule in _RULES.items()}


def light_reason(row: dict[str, Any], words: Words) -> str:
    """Say in a line why a light is what it was computed to be."""
    computed = Light(row["computed_light"])
    if computed in (Light.red, Light.yellow):
        comma = "、" if words.is_chinese else ", "
        worst = [TEST_NAMES[t] for t in LightTest if row[f"light_{t.value}"] == computed]
        return comma.join(words.text(name) for name in worst)
    if computed == Light.blue:
        return _finished(row, words)
    if row["is_paused"]:
        return words.text("Paused: the tests rest, so no colour is given.")
    return words.text(_REASONS[computed])


def _finished(row: dict[str, Any], words: Words) -> str:
    slips = {name: _signed(row[name]) for name in ("slip_original_days", "slip_current_days")}
    if "" in slips.values():
        return words.text("Finished on {accepted_on}; without an approved plan.", **row)
    return words.text(
        "Finished on {accepted_on}: {slip_original_days} days against the original plan,"
        " {slip_current_days} against the current one.",
        **row | slips,
    )


def points_text(part: int, whole: int, limits: tuple[int, ...] = ()) -> str:
    """Write 100 × part / whole with one decimal at most, or as many as keep it apart from each limit.

    30.004 points beside a limit of 30 are not written as 30, since they are red.
    """
    exact = Fraction(100 * part, whole)
    for decimals in range(1, 8):
        shown = f"{float(exact):.{decimals}f}"
        if all(Fraction(shown) != limit or exact == limit for limit in limits):
            break
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _signed(days: int | None) -> str:
    return "" if days is None else f"{days:+d}" if days else "0"


@dataclass(frozen=True)
class _Teller:
    """The sentences about one project: `{test}_inputs` and `{test}_cure` for each test."""

    row: dict[str, Any]
    limits: Thresholds
    as_of: date
    words: Words
    names: Mapping[str, str]

    def text(self, message: str, **values: Any) -> str:
        """Return a message in the person's language."""
        return self.words.text(message, **values)

    def plan_inputs(self) -> str:
        if self.row["approved_on"] is None:
            return self.text(_NO_PLAN)
        whole = self.row["weight_total"] or 0
        if not whole:
            return self.text(_NO_WEIGHT)
        edges = (self.limits.behind_yellow_points, self.limits.behind_red_points)
        behind = self.row["behind_sum"]
        values = {
            "points": points_text(abs(behind), whole, edges),
            "planned": points_text(self.row["planned_sum"], whole),
            "actual": points_text(self.row["actual_sum"], whole),
        }
        if behind == 0:
            return self.text("On plan: planned {planned} %, actual {actual} %.", **values)
        if behind < 0:
            return self.text("Ahead by {points} points: planned {planned} %, actual {actual} %.", **values)
        return self.text("Behind by {points} points: planned {planned} % − actual {actual} %.", **values)

    def plan_cure(self) -> str:
        values = {"points": self.limits.behind_yellow_points, "names": self.names.get("late", "")}
        if values["names"]:
            return self.text(
                "Green below {points} points: meet {names}, or have an adjusted plan approved.", **values
            )
        return self.text(
            "Green below {points} points: meet what is due, or have an adjusted plan approved.", **values
        )

    def start_inputs(self) -> str:
        started, planned = self.row["started_on"], self.row["planned_start_on"]
        if started and started <= self.as_of:
            return self.text("Started on {day}.", day=started)
        if planned is None:
            return self.text("No planned start is recorded.")
        if planned >= self.as_of:
            return self.text("To start on {day}.", day=planned)
        late = (self.as_of - planned).days
        return self.text("To start on {day}, not started {days} days later.", day=planned, days=late)

    def start_cure(self) -> str:
        return self.text("Record the day the project started.")

    def key_inputs(self) -> str:
        if self.row["approved_on"] is None:
            return self.text(_NO_PLAN)
        late = self.row["key_overdue_days"]
        if not late:
            return self.text("No key milestone is overdue.")
        names = self.names.get("key", "")
        if names:
            return self.text("Overdue: {names}; the longest by {days} days.", names=names, days=late)
        return self.text("A key milestone is overdue by {days} days.", days=late)

    def key_cure(self) -> str:
        if names := self.names.get("key", ""):
            return self.text("Meet {names}, or have an adjusted plan approved.", names=names)
        return self.text("Meet the overdue key milestones, or have an adjusted plan approved.")

    def silence_inputs(self) -> str:
        started, last = self.row["started_on"], self.row["last_update_on"]
        if started is None or started > self.as_of:
            return self.text("Not started, so no update is expected.")
        if last is None or last < started:
            told = self.text("No update was accepted since the start on {day}.", day=started)
        else:
            told = self.text("The last accepted update speaks for {day}.", day=last)
        extra = []
        if self.row["rested_days"]:
            rested = self.row["rested_days"]
            extra.append(self.text("{days} days of rest do not count.", days=rested))
        if self.row["is_dormant"]:
            extra.append(self.text("The project is dormant."))
        return ("" if self.words.is_chinese else " ").join([told, *extra])

    def silence_cure(self) -> str:
        return self.text("Record an update, even “no change”, and have it accepted.")

    def term_inputs(self) -> str:
        status = self.row["term_status"]
        if status not in _TERM_INPUTS:
            return self.text("No signed agreement is in force, so there is no term.")
        if self.row["term_end_on"] is None and status != Status.terminated:
            return self.text("The agreement is open-ended.")
        return self.text(_TERM_INPUTS[Status(status)], **self.row)

    def term_cure(self) -> str:
        if self.row["term_status"] == Status.expiring:
            return self.text(
                "Renew the agreement or extend its term, or have the project accepted by {day}.",
                day=self.row["term_end_on"],
            )
        return self.text(
            "Sign a renewal or a supplementary agreement that extends the term, or have the project accepted."
        )


def light_name(kind: str, words: Words) -> str:
    """Return a light's name in words."""
    return words.text(LIGHT_NAMES[Light(kind)])
