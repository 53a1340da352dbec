import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0019_rubrics_of_projects"),
    ]

    operations = [
        migrations.CreateModel(
            name="Settled",
            fields=[
                (
                    "candidate",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="annotation.candidate",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO annotation_settled (candidate_id, settled_at) "
            "SELECT id, settled_at FROM annotation_candidate "
            "WHERE settled_at IS NOT NULL",
            "UPDATE annotation_candidate c SET settled_at = s.settled_at "
            "FROM annotation_settled s WHERE s.candidate_id = c.id",
        ),
        migrations.RemoveField(
            model_name="candidate",
            name="settled_at",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settled",
            trigger=pgtrigger.compiler.Trigger(
                name="settled_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="effb4fca328a733dcdbd441c24651cde05ebbfb6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_settled_append_only_c5caf",
                    table="annotation_settled",
                    when="BEFORE",
                ),
            ),
        ),
    ]
