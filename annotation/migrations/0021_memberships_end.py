"""A new kind of event: somebody's role in a project has ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0020_settled_apart")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("imported", "Imported"),
                    ("candidate_proposed", "Candidate Proposed"),
                    ("generation_failed", "Generation Failed"),
                    ("claimed", "Claimed"),
                    ("skipped", "Skipped"),
                    ("judged", "Judged"),
                    ("corrected", "Corrected"),
                    ("ruled", "Ruled"),
                    ("released", "Released"),
                    ("measured", "Measured"),
                    ("enrolled", "Enrolled"),
                    ("membership_ended", "Membership Ended"),
                    ("generation_reopened", "Generation Reopened"),
                    ("token_made", "Token Made"),
                    ("token_revoked", "Token Revoked"),
                    ("job_requested", "Job Requested"),
                    ("control_set", "Control Set"),
                    ("defect_reported", "Defect Reported"),
                    ("defect_looked_at", "Defect Looked At"),
                    ("machine_asked", "Machine Asked"),
                    ("machine_judged", "Machine Judged"),
                    ("rubric_changed", "Rubric Changed"),
                ],
                max_length=20,
            ),
        ),
    ]
