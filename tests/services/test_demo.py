"""The demonstration: every case it means to show is there on its day, and records are never mixed with it."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlmodel import Session, col, select

from db.engine import Database
from db.models import (
    Agreement,
    AuditEntry,
    Baseline,
    Meeting,
    Milestone,
    Party,
    Project,
    ProjectUpdate,
    SigningEvent,
    UpdateRequest,
)
from db.reference import FOLDER, rows_of
from tests.agreement_samples import logged
from tracker.charts.overview import due_chart, status_chart
from tracker.charts.view import ChartView
from tracker.errors import NotAllowed
from tracker.i18n import words_in
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.attention import due_by_month, due_steps, weeks_ahead
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.propagation import propagated
from tracker.portfolio.region_overlap import region_overlaps
from tracker.portfolio.target import attainments
from tracker.portfolio.timeline import TimelineChoice, TimelineFrames, timeline_frames
from tracker.rules.agreement import Status
from tracker.rules.light import Light
from tracker.rules.milestone import MilestoneState
from tracker.rules.project import ProjectState
from tracker.services.demo import HoldsRecords, load_demo
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for
from tracker.services.signing_event import hold_signing_event
from tracker.settings import Settings

DEMO: dict[str, Any] = json.loads((FOLDER / "demo.json").read_text("utf-8"))
AS_OF = date.fromisoformat(DEMO["as_of"])
HUNAN_AND_OTHERS = {"河北省", "安徽省", "江西省", "湖南省", "贵州省", "云南省"}
ENGLISH = words_in("en")


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The local administrator's desk on a loaded demonstration; these tests only read it."""
    home = tmp_path_factory.mktemp("demo")
    shutil.copy(sqlite_template, home / "tracker.db")
    database = Database(f"sqlite:///{home / 'tracker.db'}")
    loaded = Desk(LOCAL_ADMINISTRATOR, database, Settings(home=home), origin="demo")
    load_demo(loaded)
    yield loaded
    database.close()


@pytest.fixture(scope="module")
def portfolio(desk: Desk) -> Portfolio:
    return portfolio_for(desk)


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    with desk.reading() as opened:
        yield opened


@pytest.fixture(scope="module")
def timeline(portfolio: Portfolio) -> TimelineFrames:
    return timeline_frames(portfolio, AS_OF, TimelineChoice(), words_in("zh_CN"))


def _milestones_of(session: Session, project_name: str) -> list[Milestone]:
    found = select(Milestone).join(Project).where(Project.name == project_name)
    return list(session.exec(found.order_by(col(Milestone.position))))


def _told(project_name: str) -> dict[str, Any]:
    entries = DEMO["public"] + DEMO["agreements"]
    return next(p for entry in entries for p in entry["projects"] if p["name"] == project_name)


def test_the_demo_loads_on_each_engine(dora: Desk) -> None:
    assert load_demo(dora) == AS_OF


def test_loading_twice_writes_the_same_numbers_titles_and_days(dora: Desk, portfolio: Portfolio) -> None:
    load_demo(dora)
    assert portfolio_for(dora)["agreement"].equals(portfolio["agreement"])


def test_a_database_with_an_agreement_is_refused(dora: Desk) -> None:
    logged(dora)
    with pytest.raises(HoldsRecords):
        load_demo(dora)


def test_a_database_with_a_signing_event_is_refused(dora: Desk) -> None:
    hold_signing_event(dora, {"name": "签约会", "held_on": "2020-07-17"})
    with pytest.raises(HoldsRecords):
        load_demo(dora)


def test_a_refused_database_is_left_as_it_was(dora: Desk) -> None:
    logged(dora)
    with pytest.raises(HoldsRecords):
        load_demo(dora)
    with dora.reading() as session:
        assert len(session.exec(select(Agreement)).all()) == 1


def test_an_editor_does_not_load_the_demo(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        load_demo(alice)


def test_every_agreement_event_and_meeting_of_the_content_is_there(session: Session) -> None:
    counts = [len(session.exec(select(model.id)).all()) for model in (Agreement, SigningEvent, Meeting)]
    assert counts == [
        len(DEMO["public"]) + len(DEMO["agreements"]),
        len(DEMO["events"]),
        len(DEMO["meetings"]),
    ]


def test_every_project_of_the_content_is_there(session: Session) -> None:
    told = [p["name"] for entry in DEMO["public"] + DEMO["agreements"] for p in entry["projects"]]
    assert sorted(session.exec(select(Project.name))) == sorted(told)


def test_every_status_occurs(portfolio: Portfolio) -> None:
    assert set(agreements_as_of(portfolio, AS_OF)["status"]) == {status.value for status in Status}


def test_every_state_of_a_project_occurs(portfolio: Portfolio) -> None:
    assert set(projects_as_of(portfolio, AS_OF)["state"]) == {state.value for state in ProjectState}


def test_every_light_occurs(portfolio: Portfolio) -> None:
    assert set(lights_as_of(portfolio, AS_OF)["light"]) == set(Light)


def test_a_changed_plan_was_approved_by_another_than_its_author(session: Session) -> None:
    later = session.exec(select(Baseline).where(Baseline.number > 0)).all()
    assert {(b.author != b.approver, b.self_approved) for b in later} == {(True, False)}


def test_reports_wait_were_accepted_and_were_returned(session: Session) -> None:
    assert set(session.exec(select(ProjectUpdate.decision)).all()) == {"accepted", "returned", None}


def test_a_request_for_update_is_overdue_one_open_and_one_answered(session: Session) -> None:
    requests = session.exec(select(UpdateRequest)).all()
    told = sorted((r.closed_on is not None, r.due_on < AS_OF) for r in requests)
    assert told == [(False, False), (False, True), (True, True)]


def test_a_milestone_waits_longer_than_its_own_plan_says(portfolio: Portfolio) -> None:
    driven = propagated(portfolio, AS_OF).filter(pl.col("driver_id").is_not_null())
    assert driven.height > 0


def test_every_state_of_a_milestone_occurs(portfolio: Portfolio) -> None:
    expected = {state.value for state in MilestoneState}
    assert set(milestones_as_of(portfolio, AS_OF)["state"]) == expected


def test_what_is_blocked_waits_for_another_project_of_its_county(portfolio: Portfolio) -> None:
    steps = milestones_as_of(portfolio, AS_OF).join(
        portfolio["project"].select(project_id="id", county="division_id"), on="project_id"
    )
    ends = steps.select("id", "county", "project_id")
    blocked = steps.filter(pl.col("state") == MilestoneState.blocked).select("id", "county", "project_id")
    waits = (
        blocked.join(portfolio["dependency"], left_on="id", right_on="successor_id")
        .join(ends, left_on="predecessor_id", right_on="id", suffix="_of_other")
        .select(
            same=pl.col("county") == pl.col("county_of_other"), own="project_id", other="project_id_of_other"
        )
    )
    assert waits.height == blocked.height == 2
    assert waits["same"].all()
    assert (waits["own"] != waits["other"]).all()


def test_an_invented_agreement_exists_from_its_first_stage(session: Session) -> None:
    stages = {a["title"]: date.fromisoformat(a["stages"][0]["on"]) for a in DEMO["agreements"]}
    opened = dict(session.exec(select(Agreement.title, Agreement.opened_on)).all())
    assert {title: opened[title] for title in stages} == stages


def test_a_public_signing_exists_from_its_signing(session: Session) -> None:
    public = session.exec(select(Agreement).where(~col(Agreement.title).contains("示例"))).all()
    assert sorted(a.opened_on for a in public) == sorted(
        date.fromisoformat(p["signed_on"]) for p in DEMO["public"]
    )


def test_a_project_exists_from_the_day_the_content_says(session: Session) -> None:
    told = {
        p["name"]: date.fromisoformat(p["opened_on"])
        for entry in DEMO["public"] + DEMO["agreements"]
        for p in entry["projects"]
    }
    assert dict(session.exec(select(Project.name, Project.opened_on)).all()) == told


def test_a_public_signing_after_the_demos_day_is_not_there_yet(portfolio: Portfolio) -> None:
    then = agreements_as_of(portfolio, AS_OF)["id"]
    later = agreements_as_of(portfolio, date(2024, 1, 1)).filter(~pl.col("id").is_in(then.implode()))
    assert later["signed_on"].sort().to_list() == [
        date(2021, 9, 18),
        date(2022, 8, 18),
        date(2022, 10, 14),
        date(2023, 2, 21),
        date(2023, 12, 22),
    ]


def test_each_public_signing_shows_its_source_and_what_was_assumed(session: Session) -> None:
    public = session.exec(select(Agreement).where(~col(Agreement.title).contains("示例"))).all()
    assert sorted(a.source for a in public) == sorted(r["source"] for r in rows_of("agreements_public.csv"))
    assert all("假定" in a.note for a in public)


def test_each_partner_of_a_public_signing_is_a_party_of_its_own(session: Session) -> None:
    found = (
        select(Party.name).join(Agreement).where(Agreement.number == "141023-2023-F-001", Party.name != "")
    )
    assert set(session.exec(found)) == {"山西建投三建集团", "中国电建集团河北电力勘测设计研究院"}


def test_a_public_amount_is_kept_in_cents(session: Session) -> None:
    found = select(Agreement.amount_cents).where(Agreement.number == "430321-2015-F-001")
    assert session.exec(found).one() == 2_000_000_000


def test_everything_invented_says_that_it_is_an_example(session: Session) -> None:
    invented = [
        a.title for a in session.exec(select(Agreement)) if a.source == DEMO["agreements"][0]["source"]
    ]
    titles = invented + list(session.exec(select(Project.name))) + list(session.exec(select(Meeting.topic)))
    assert len(invented) == len(DEMO["agreements"])
    assert [title for title in titles if "示例" not in title] == []


def test_a_milestone_was_met_as_many_days_late_as_the_content_says(session: Session) -> None:
    name = "醴陵乡村治理平台（示例）"
    late = [(m.met_on - m.due_on).days for m in _milestones_of(session, name) if m.met_on and m.due_on]
    assert late == [m["days_late"] for m in _told(name)["met"]]


def test_what_was_met_names_its_evidence(session: Session) -> None:
    met = session.exec(select(Milestone).where(col(Milestone.met_on).is_not(None))).all()
    assert {m.evidence_note for m in met} == {
        DEMO["evidence_note"].format(evidence_hint_zh=m.evidence_hint) for m in met
    }


def test_a_milestone_met_in_part_has_its_share_and_day(session: Session) -> None:
    milestone = _milestones_of(session, "桂东电商人才培训（示例）")[8]
    assert (milestone.credit_percent, milestone.credited_on) == (60, date(2021, 6, 18))


def test_a_forecast_is_the_contents_own(session: Session) -> None:
    assert _milestones_of(session, "醴陵乡村治理平台（示例）")[7].forecast_on == date(2021, 7, 20)


def test_a_plan_is_first_approved_on_the_day_the_content_says(session: Session) -> None:
    told = {
        p["name"]: date.fromisoformat(p["approved_on"])
        for entry in DEMO["public"] + DEMO["agreements"]
        for p in entry["projects"]
        if p["approved_on"]
    }
    first = select(Project.name, Baseline.approved_on).join(Baseline).where(Baseline.number == 0)
    assert sorted(session.exec(first).all()) == sorted(told.items())


def test_the_supplements_are_numbered_in_the_order_of_their_signing(portfolio: Portfolio) -> None:
    numbers = portfolio["supplement"].sort("signed_on").filter(pl.col("number").str.starts_with("430923"))
    assert numbers["number"].str.slice(-2).to_list() == ["S1", "S2"]


def test_every_entry_of_the_history_names_the_demo_as_its_origin(session: Session) -> None:
    assert set(session.exec(select(AuditEntry.origin).distinct())) == {"start-up", "demo"}


def test_the_timeline_shows_the_six_provinces_with_examples(timeline: TimelineFrames) -> None:
    assert set(timeline.rows["province_name"]) >= HUNAN_AND_OTHERS


def test_every_frame_of_every_provinces_timeline_has_rows(portfolio: Portfolio) -> None:
    for province in portfolio["division"].filter(pl.col("name").is_in(list(HUNAN_AND_OTHERS)))["id"]:
        choice = TimelineChoice(region_ids=frozenset({province}))
        frames = timeline_frames(portfolio, AS_OF, choice, ENGLISH)
        assert min(frames.rows.height, frames.bands.height, frames.milestones.height) > 0


def test_the_overviews_charts_have_something_to_draw(portfolio: Portfolio) -> None:
    statuses = agreements_as_of(portfolio, AS_OF)["status"].value_counts()
    assert status_chart(statuses, ChartView(AS_OF), ENGLISH)
    steps = due_steps(portfolio, AS_OF)
    assert due_chart(due_by_month(steps), ChartView(AS_OF), ENGLISH)
    assert weeks_ahead(steps, AS_OF).height > 6


def test_the_provinces_projects_add_up_to_the_total(portfolio: Portfolio) -> None:
    by_province = figures(portfolio, AS_OF, Grouping.province)
    total = figures(portfolio, AS_OF).row(0, named=True)
    for name in ("projects", "projects_started", "milestones", "milestones_met", "counties_signed"):
        assert by_province[name].sum() == total[name]


def test_a_joint_agreement_counts_once_in_all_and_once_in_each_county(portfolio: Portfolio) -> None:
    by_county = figures(portfolio, AS_OF, Grouping.county)
    total = figures(portfolio, AS_OF).row(0, named=True)
    # Three counties of the Dabie Mountains share one agreement, and 石阡县 shares one with 东莞市.
    assert by_county["agreements"].sum() == total["agreements"] + 2 + 1


def test_a_contacted_county_without_an_agreement_is_shown(portfolio: Portfolio) -> None:
    total = figures(portfolio, AS_OF).row(0, named=True)
    assert total["counties_contacted"] > total["counties_signed"]


def test_the_demo_shows_sales_regions_that_share_counties(portfolio: Portfolio) -> None:
    assert (portfolio["sales_region"].height, region_overlaps(portfolio, AS_OF)["counties"].to_list()) == (
        5,
        [3],
    )


def test_the_demo_shows_targets_of_its_year_reached_and_not_reached(portfolio: Portfolio) -> None:
    shares = attainments(portfolio, AS_OF, AS_OF.year)["share"]
    assert (shares.len(), shares.min() < 0.5) == (14, True)  # type: ignore[operator]
