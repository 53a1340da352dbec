"""What may be seen of the rows of stages 5 to 7. Registered with the one scope."""

from annotation.models import Role
from annotation.visibility import in_projects, rule
from quality.models import (
    Decision,
    MachineAgreement,
    Measurement,
    Release,
    Reliability,
    Ruling,
)

JUDGED_BY_THEM = (Role.LEAD, Role.ADJUDICATOR)

rule(Measurement)(in_projects(Role.LEAD))
rule(MachineAgreement)(in_projects(Role.LEAD))
rule(Release)(in_projects(Role.LEAD))
rule(Reliability)(in_projects(Role.LEAD))
rule(Decision)(in_projects(*JUDGED_BY_THEM, path="candidate__project_id"))
rule(Ruling)(in_projects(*JUDGED_BY_THEM, path="candidate__project_id"))
