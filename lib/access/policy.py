"""Every action of the product with the least role it takes, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lib.model.access import Actor, Decision, Role, Scope


class Action(StrEnum):
    """Everything somebody can do; the value is what pages and the audit log call it."""

    METHOD_READ = "method.read"
    STUDY_VIEW = "study.view"
    STUDY_CREATE = "study.create"
    RESULTS_VIEW = "results.view"
    RESULTS_EXPORT = "results.export"
    FINDINGS_VIEW = "findings.view"
    TEMPLATE_DOWNLOAD = "template.download"
    UPLOAD_CHECK = "upload.check"
    UPLOAD_IMPORT = "upload.import"
    UPLOAD_UNDO = "upload.undo"
    UPLOAD_HISTORY = "upload.history"
    UPLOAD_ORIGINAL = "upload.original"
    WORKSHOP_RATE = "workshop.rate"
    WORKSHOP_WATCH = "workshop.watch"
    WORKSHOP_LEAD = "workshop.lead"
    COSTS_VIEW = "costs.view"
    COSTS_EDIT = "costs.edit"
    RISK_VIEW = "risk.view"
    RISK_EDIT = "risk.edit"
    RISK_ACCEPT = "risk.accept"
    SWOT_VIEW = "swot.view"
    SWOT_EDIT = "swot.edit"
    LINK_MAKE = "link.make"
    LINK_LIST = "link.list"
    LINK_REVOKE = "link.revoke"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an action takes: the least role (None: anybody), and whether anybody may do it in a demonstration study."""

    least: Role | None
    open_in_demo: bool = False
    changes_study: bool = False


ACTIONS: dict[Action, Terms] = {
    Action.METHOD_READ: Terms(None),
    Action.STUDY_VIEW: Terms(Role.READER, open_in_demo=True),
    Action.STUDY_CREATE: Terms(Role.FACILITATOR),
    Action.RESULTS_VIEW: Terms(Role.READER, open_in_demo=True),
    Action.RESULTS_EXPORT: Terms(Role.READER, open_in_demo=True),
    Action.FINDINGS_VIEW: Terms(Role.LEADER),
    Action.TEMPLATE_DOWNLOAD: Terms(Role.LEADER),
    Action.UPLOAD_CHECK: Terms(Role.LEADER, changes_study=True),
    Action.UPLOAD_IMPORT: Terms(Role.LEADER, changes_study=True),
    Action.UPLOAD_UNDO: Terms(Role.LEADER, changes_study=True),
    Action.UPLOAD_HISTORY: Terms(Role.LEADER),
    Action.UPLOAD_ORIGINAL: Terms(Role.LEADER),
    Action.WORKSHOP_RATE: Terms(Role.RATER, changes_study=True),
    Action.WORKSHOP_WATCH: Terms(Role.READER),
    Action.WORKSHOP_LEAD: Terms(Role.FACILITATOR, changes_study=True),
    Action.COSTS_VIEW: Terms(Role.READER, open_in_demo=True),
    Action.COSTS_EDIT: Terms(Role.LEADER, changes_study=True),
    Action.RISK_VIEW: Terms(Role.READER, open_in_demo=True),
    Action.RISK_EDIT: Terms(Role.LEADER, changes_study=True),
    Action.RISK_ACCEPT: Terms(Role.LEADER, changes_study=True),
    Action.SWOT_VIEW: Terms(Role.READER, open_in_demo=True),
    Action.SWOT_EDIT: Terms(Role.LEADER, changes_study=True),
    Action.LINK_MAKE: Terms(Role.FACILITATOR),
    Action.LINK_LIST: Terms(Role.FACILITATOR),
    Action.LINK_REVOKE: Terms(Role.FACILITATOR),
}

_RANK = {role: place for place, role in enumerate(Role)}


def decide(actor: Actor, action: Action, scope: Scope) -> Decision:
    """Whether the actor may do the action on the scope, and why (not).

    A demonstration study can be looked at by anybody and changed by nobody, so that what the next visitor opens is
    what was shipped. A scope without a study asks for the store as a whole, which only a grant without a study covers.
    """
    terms = ACTIONS[action]
    if terms.least is None:
        return Decision(True, "open_to_all")
    if scope.demo and terms.open_in_demo:
        return Decision(True, "demo")
    if scope.demo and terms.changes_study and actor.grants:
        return Decision(False, "demo_read_only")
    if scope.demo and terms.changes_study:
        return Decision(False, "sign_in_first")
    covering = [grant for grant in actor.grants if grant.study in (None, scope.study)]
    if any(_RANK[grant.role] >= _RANK[terms.least] and grant.workshop in (None, scope.workshop) for grant in covering):
        return Decision(True, "granted")
    if covering:
        return Decision(False, "role_too_low")
    return Decision(False, "other_study" if actor.grants else "sign_in_first")
