"""All tables, imported together so that their metadata is whole."""

from db.models.agreement import Agreement, AgreementFields, AgreementPillar, AgreementStage
from db.models.audit import AuditEntry, CarriedOut, ChangeCounter
from db.models.base import Base, Recorded
from db.models.baseline import Baseline, BaselineMilestone, PlanProposal
from db.models.calendar_day import CalendarDay, CalendarDayFields
from db.models.dependency import Dependency, DependencyFields
from db.models.division import Division, DivisionFields, DivisionName, FunctionalArea, RegistryVersion
from db.models.document import Document, DocumentVersion
from db.models.draft import Draft
from db.models.light_override import LightOverride, LightOverrideFields
from db.models.meeting import Meeting, MeetingFields
from db.models.milestone import ForecastChange, Milestone, MilestoneCredit, MilestoneFields
from db.models.month_close import MonthClose
from db.models.party import Party, PartyFields
from db.models.pillar import Pillar, Unit
from db.models.plan_template import (
    PlanTemplate,
    PlanTemplateFields,
    PlanTemplateMilestone,
    PlanTemplateMilestoneFields,
    PlanTemplateVersion,
)
from db.models.project import Project, ProjectFields
from db.models.project_update import ProjectUpdate, ProjectUpdateFields, UpdateForecast
from db.models.risk import Risk, RiskFields
from db.models.sales_region import SalesRegion, SalesRegionDivision, SalesRegionFields
from db.models.saved_view import SavedView, SavedViewFields
from db.models.signing_event import SigningEvent, SigningEventFields
from db.models.supplement import Supplement, SupplementFields
from db.models.suspension import Suspension, SuspensionFields
from db.models.target import Target, TargetFields
from db.models.threshold import Threshold
from db.models.update_request import UpdateRequest, UpdateRequestFields

metadata = Base.metadata

__all__ = [
    "Agreement",
    "AgreementFields",
    "AgreementPillar",
    "AgreementStage",
    "AuditEntry",
    "Base",
    "Baseline",
    "BaselineMilestone",
    "CalendarDay",
    "CalendarDayFields",
    "CarriedOut",
    "ChangeCounter",
    "Dependency",
    "DependencyFields",
    "Division",
    "DivisionFields",
    "DivisionName",
    "Document",
    "DocumentVersion",
    "Draft",
    "ForecastChange",
    "FunctionalArea",
    "LightOverride",
    "LightOverrideFields",
    "Meeting",
    "MeetingFields",
    "Milestone",
    "MilestoneCredit",
    "MilestoneFields",
    "MonthClose",
    "Party",
    "PartyFields",
    "Pillar",
    "PlanProposal",
    "PlanTemplate",
    "PlanTemplateFields",
    "PlanTemplateMilestone",
    "PlanTemplateMilestoneFields",
    "PlanTemplateVersion",
    "Project",
    "ProjectFields",
    "ProjectUpdate",
    "ProjectUpdateFields",
    "Recorded",
    "RegistryVersion",
    "Risk",
    "RiskFields",
    "SalesRegion",
    "SalesRegionDivision",
    "SalesRegionFields",
    "SavedView",
    "SavedViewFields",
    "SigningEvent",
    "SigningEventFields",
    "Supplement",
    "SupplementFields",
    "Suspension",
    "SuspensionFields",
    "Target",
    "TargetFields",
    "Threshold",
    "Unit",
    "UpdateForecast",
    "UpdateRequest",
    "UpdateRequestFields",
    "metadata",
]
