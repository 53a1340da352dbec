"""The job kinds of these stages: each is one function of a stage."""

from annotation import jobs
from annotation.models import Job
from quality import adjudicating, annotators, exporting, measuring

jobs.handles(Job.Kind.DECIDE)(adjudicating.run_decide)
jobs.handles(Job.Kind.MEASURE)(measuring.run_measure)
jobs.handles(Job.Kind.RATERS)(annotators.run_renew)
jobs.handles(Job.Kind.RELEASE)(exporting.run_release)
jobs.handles(Job.Kind.PART)(exporting.run_part)
