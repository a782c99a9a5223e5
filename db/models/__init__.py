"""All tables, imported together so that their metadata is whole."""

from db.models.agreement import Agreement, AgreementFields, AgreementPillar, AgreementStage
from db.models.audit import AuditEntry, CarriedOut, ChangeCounter
from db.models.base import Base, Recorded
from db.models.baseline import Baseline, BaselineMilestone
from db.models.division import Division, DivisionFields, DivisionName, FunctionalArea, RegistryVersion
from db.models.document import Document, DocumentVersion
from db.models.draft import Draft
from db.models.meeting import Meeting, MeetingFields
from db.models.milestone import Milestone, MilestoneFields
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
from db.models.signing_event import SigningEvent, SigningEventFields
from db.models.supplement import Supplement, SupplementFields
from db.models.suspension import Suspension, SuspensionFields

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
    "CarriedOut",
    "ChangeCounter",
    "Division",
    "DivisionFields",
    "DivisionName",
    "Document",
    "DocumentVersion",
    "Draft",
    "FunctionalArea",
    "Meeting",
    "MeetingFields",
    "Milestone",
    "MilestoneFields",
    "Party",
    "PartyFields",
    "Pillar",
    "PlanTemplate",
    "PlanTemplateFields",
    "PlanTemplateMilestone",
    "PlanTemplateMilestoneFields",
    "PlanTemplateVersion",
    "Project",
    "ProjectFields",
    "Recorded",
    "RegistryVersion",
    "SigningEvent",
    "SigningEventFields",
    "Supplement",
    "SupplementFields",
    "Suspension",
    "SuspensionFields",
    "Unit",
    "metadata",
]
