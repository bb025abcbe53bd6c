"""Who may open which page: one table, route by role. A route that is not in it stops the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.failure import Exit, Failure

ROLES = ("analyst", "coordinator", "approver", "outreach", "safeguarding", "dpo", "auditor", "admin")
ANYBODY = frozenset({"anybody"})  # also without log-in
LOGGED_IN = frozenset(ROLES)
READERS = frozenset({"coordinator", "approver"})
TEAM = frozenset({"coordinator", "approver", "outreach"})

POLICY: Mapping[str, frozenset[str]] = {
    "start": LOGGED_IN,
    "log_in": ANYBODY,
    "log_in_send": ANYBODY,
    "log_in_key": ANYBODY,
    "log_out": LOGGED_IN,
    "own_account": LOGGED_IN,
    "key_add": LOGGED_IN,
    "key_remove": LOGGED_IN,
    "link": ANYBODY,
    "link_send": ANYBODY,
    "language": ANYBODY,
    "static": ANYBODY,
    "queue": READERS,
    "next": READERS,
    "resume": READERS,
    "urgent": READERS,
    "urgent_send": READERS,
    "disagreements": READERS,
    "cluster": READERS,
    "template": READERS,
    "decide": READERS,
    "edit": READERS,
    "edit_send": READERS,
    "decisions": READERS,
    "withdraw": READERS,
    "lists": TEAM,
    "list_make": READERS,
    "list": TEAM,
    "list_file": TEAM,
    "reveal": TEAM,
    "outcomes": TEAM,
    "outcome": TEAM,
    "outcome_send": TEAM,
    "week": READERS,
    "week_send": READERS,
    "venues": READERS,
    "venue_send": READERS,
    "messages": TEAM,
    "message_send": READERS,
    "tips": READERS,
    "tip_send": READERS,
    "nominate": READERS,
    "statistics": frozenset({"coordinator", "approver", "analyst", "dpo", "outreach"}),
    "requests": frozenset({"dpo", "coordinator", "approver"}),
    "request_send": frozenset({"dpo", "coordinator", "approver"}),
    "request_close": frozenset({"dpo"}),
    "log": frozenset({"auditor", "dpo"}),
    "health": frozenset({"coordinator", "approver", "dpo", "auditor", "admin"}),
    "health_metrics": frozenset({"coordinator", "approver", "dpo", "auditor", "admin"}),
    "training": frozenset({"coordinator", "approver", "outreach", "analyst"}),
    "training_case": frozenset({"coordinator", "approver", "outreach", "analyst"}),
    "training_send": frozenset({"coordinator", "approver", "outreach", "analyst"}),
    "safeguarding": frozenset({"safeguarding"}),
    "hold_send": frozenset({"safeguarding"}),
    "disclosures": frozenset({"dpo", "auditor"}),
    "disclosure_send": frozenset({"dpo"}),
    "accounts": frozenset({"admin"}),
    "account_send": frozenset({"admin"}),
    "account_change": frozenset({"admin"}),
}


def allowed(route: str, role: str | None) -> bool:
    """Whether a role (None: nobody is logged in) may open a route."""
    roles = POLICY[route]
    return roles is ANYBODY or role in roles


def check_policy(routes: Iterable[str]) -> None:
    """Refuse to start when a route has no policy, or the policy names a route that is not there (8)."""
    served, known = set(routes), set(POLICY)
    if served != known:
        missing, idle = sorted(served - known), sorted(known - served)
        raise Failure(Exit.MISSING, f"Routes without a policy: {', '.join(missing) or 'none'}. Policies without a route: {', '.join(idle) or 'none'}.")
