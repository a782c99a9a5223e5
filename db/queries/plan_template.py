"""Questions about plan templates and their editions."""

from sqlmodel import Session, col, select

from db.models.plan_template import PlanTemplate, PlanTemplateMilestone, PlanTemplateVersion


def templates(session: Session, *, archived: bool = False) -> list[PlanTemplate]:
    """Return the templates in use, or with `archived` the withdrawn ones, oldest first."""
    is_archived = col(PlanTemplate.archived_at).is_not(None)
    return list(
        session.exec(
            select(PlanTemplate)
            .where(is_archived if archived else ~is_archived)
            .order_by(col(PlanTemplate.id))
        )
    )


def current_version(session: Session, template_id: int) -> PlanTemplateVersion | None:
    """Return a template's newest edition."""
    return session.exec(
        select(PlanTemplateVersion)
        .where(PlanTemplateVersion.template_id == template_id, col(PlanTemplateVersion.archived_at).is_(None))
        .order_by(col(PlanTemplateVersion.number).desc())
        .limit(1)
    ).first()


def steps_of(session: Session, version_id: int) -> list[PlanTemplateMilestone]:
    """Return the steps of an edition in order."""
    return list(
        session.exec(
            select(PlanTemplateMilestone)
            .where(
                PlanTemplateMilestone.template_version_id == version_id,
                col(PlanTemplateMilestone.archived_at).is_(None),
            )
            .order_by(col(PlanTemplateMilestone.position), col(PlanTemplateMilestone.id))
        )
    )


def steps_ever(session: Session, template_id: int) -> list[PlanTemplateMilestone]:
    """Return the steps of all editions of a template, newest edition first, each edition in order."""
    return list(
        session.exec(
            select(PlanTemplateMilestone)
            .join(
                PlanTemplateVersion,
                col(PlanTemplateVersion.id) == col(PlanTemplateMilestone.template_version_id),
            )
            .where(
                PlanTemplateVersion.template_id == template_id, col(PlanTemplateVersion.archived_at).is_(None)
            )
            .order_by(col(PlanTemplateVersion.number).desc(), col(PlanTemplateMilestone.position))
        )
    )


def editions(session: Session) -> list[tuple[int | None, int | None, str, str]]:
    """Return (edition id, template id, Chinese, English name) of every edition, withdrawn templates too."""
    statement = (
        select(PlanTemplateVersion.id, PlanTemplate.id, PlanTemplate.name_zh, PlanTemplate.name_en)
        .join(PlanTemplate, col(PlanTemplate.id) == col(PlanTemplateVersion.template_id))
        .order_by(col(PlanTemplate.id), col(PlanTemplateVersion.number))
    )
    return list(session.exec(statement))
