"""Slots that share a place in the queue: who took one of them meets the others, too.

Native texts are mixed in at places that other slots have. Whoever was past a place
after its first slot met the rest of it last of all, one after the other.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION concord_next_slot(
    p_project bigint, p_language text, p_annotator bigint, p_after bigint
) RETURNS annotation_slot
LANGUAGE sql AS $$
    SELECT s.* FROM annotation_slot s
    WHERE s.project_id = p_project AND s.language = p_language
      AND s.state = 'open' AND s.position {beyond} p_after
      AND NOT EXISTS (
          SELECT 1 FROM annotation_assignment a
          WHERE a.annotator_id = p_annotator AND a.candidate_id = s.candidate_id
            AND (a.ending IS NULL OR a.ending <> 'expired')
      )
      -- Who answered after their lease had expired is done with it as well.
      AND NOT EXISTS (
          SELECT 1 FROM annotation_judgment j
          WHERE j.annotator_id = p_annotator AND j.candidate_id = s.candidate_id
      )
    ORDER BY s.position
    LIMIT 1
    FOR NO KEY UPDATE OF s SKIP LOCKED
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotation", "0012_annotators_are_measured")]
    operations = [
        migrations.RunSQL(FUNCTION.format(beyond=">="), FUNCTION.format(beyond=">"))
    ]
