"""Drafts, leases for the items ahead, and leases that a draft renews."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
from django.db import migrations, models

CLAIM = """
DROP FUNCTION concord_claim(bigint, text, bigint);

-- Leases slots until this person holds `p_many`; all that they hold, the oldest first.
CREATE FUNCTION concord_claim(
    p_project bigint, p_language text, p_annotator bigint, p_many integer
) RETURNS TABLE (assignment uuid, is_new boolean)
LANGUAGE plpgsql AS $$
DECLARE
    v_cursor annotation_queuecursor;
    v_slot annotation_slot;
    v_now timestamptz;
    v_until timestamptz;
    v_held uuid[];
    v_new uuid[] := '{}';
    v_id uuid;
    v_after bigint;
    v_may_look_back boolean;
    v_looked_back boolean := false;
BEGIN
    INSERT INTO annotation_queuecursor (project_id, annotator_id, language, position)
    VALUES (p_project, p_annotator, p_language, 0)
    ON CONFLICT (annotator_id, project_id, language) DO NOTHING;
    -- A second click of the same person waits here and then finds the first one's leases.
    SELECT * INTO v_cursor FROM annotation_queuecursor
    WHERE annotator_id = p_annotator AND project_id = p_project
      AND language = p_language
    FOR NO KEY UPDATE;
    v_now := clock_timestamp();

    SELECT coalesce(array_agg(a.id ORDER BY a.leased_at, s.position), '{}') INTO v_held
    FROM annotation_assignment a JOIN annotation_slot s ON s.id = a.slot_id
    WHERE a.annotator_id = p_annotator AND a.ended_at IS NULL
      AND a.leased_until > v_now
      AND s.project_id = p_project AND s.language = p_language;

    IF cardinality(v_held) < p_many THEN
        PERFORM concord_reopen_expired(20);
        SELECT v_now + make_interval(mins => lease_minutes) INTO v_until
        FROM annotation_project WHERE id = p_project;
        v_after := v_cursor.position;
        v_may_look_back := v_cursor.looked_back_at IS NULL
            OR v_cursor.looked_back_at < v_now - interval '1 minute';
        WHILE cardinality(v_held) + cardinality(v_new) < p_many LOOP
            v_slot := concord_next_slot(p_project, p_language, p_annotator, v_after);
            IF v_slot.id IS NULL AND v_may_look_back THEN
                v_looked_back := true;
                v_slot := concord_next_slot(p_project, p_language, p_annotator, 0);
            END IF;
            EXIT WHEN v_slot.id IS NULL;
            v_after := GREATEST(v_after, v_slot.position);
            UPDATE annotation_slot SET state = 'leased', leased_until = v_until
            WHERE id = v_slot.id;
            v_id := gen_random_uuid();
            v_new := v_new || v_id;
            INSERT INTO annotation_assignment
                (id, slot_id, candidate_id, annotator_id, leased_at, leased_until,
                 skip_reason)
            VALUES
                (v_id, v_slot.id, v_slot.candidate_id, p_annotator, v_now, v_until, '');
        END LOOP;
        UPDATE annotation_queuecursor
        SET position = GREATEST(position, v_after),
            looked_back_at = CASE WHEN v_looked_back THEN v_now ELSE looked_back_at END
        WHERE id = v_cursor.id;
    END IF;
    RETURN QUERY
        SELECT u.id, u.place > cardinality(v_held)
        FROM unnest(v_held || v_new) WITH ORDINALITY AS u (id, place)
        ORDER BY u.place;
END $$;

-- Whoever works on an item goes on holding it, also after their lease ran out if a slot
-- of it is free. 'held', 'renewed', 'taken'; or how it ended: 'submitted', 'skipped'.
-- Locks as a submit does, so that neither comes between the other's look and its write.
CREATE FUNCTION concord_hold(p_assignment uuid, p_may_renew boolean) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_held annotation_assignment;
    v_slot annotation_slot;
    v_lasts interval;
    v_now timestamptz;
BEGIN
    SELECT * INTO v_held FROM annotation_assignment WHERE id = p_assignment;
    PERFORM 1 FROM annotation_candidate WHERE id = v_held.candidate_id FOR SHARE;
    SELECT * INTO v_slot FROM annotation_slot WHERE id = v_held.slot_id
    FOR NO KEY UPDATE;
    SELECT make_interval(mins => lease_minutes) INTO v_lasts
    FROM annotation_project WHERE id = v_slot.project_id;
    -- One draft that renews, or one claim, of a person at a time.
    PERFORM 1 FROM annotation_queuecursor
    WHERE annotator_id = v_held.annotator_id AND project_id = v_slot.project_id
      AND language = v_slot.language
    FOR NO KEY UPDATE;
    v_now := clock_timestamp();
    SELECT * INTO v_held FROM annotation_assignment WHERE id = p_assignment;

    IF v_held.ending = 'skipped' THEN
        RETURN 'skipped';
    END IF;
    IF v_held.ending = 'submitted' OR EXISTS (
        SELECT 1 FROM annotation_judgment
        WHERE annotator_id = v_held.annotator_id AND candidate_id = v_held.candidate_id
    ) THEN
        RETURN 'submitted';
    END IF;
    IF v_held.ended_at IS NULL AND v_held.leased_until > v_now + v_lasts / 2 THEN
        RETURN 'held';
    END IF;
    IF v_held.ending = 'expired' AND EXISTS (
        SELECT 1 FROM annotation_assignment
        WHERE annotator_id = v_held.annotator_id AND candidate_id = v_held.candidate_id
          AND id <> p_assignment AND (ending IS NULL OR ending <> 'expired')
    ) THEN
        RETURN 'held';  -- by a later claim of theirs
    END IF;
    IF NOT p_may_renew THEN
        RETURN CASE WHEN v_held.ended_at IS NULL AND v_held.leased_until > v_now
                    THEN 'held' ELSE 'taken' END;
    END IF;
    IF v_held.ended_at IS NOT NULL THEN
        PERFORM concord_reopen_expired(20);
        SELECT * INTO v_slot FROM annotation_slot
        WHERE candidate_id = v_held.candidate_id AND state = 'open'
        ORDER BY id <> v_held.slot_id, number
        LIMIT 1
        FOR NO KEY UPDATE SKIP LOCKED;
        IF v_slot.id IS NULL THEN
            RETURN 'taken';
        END IF;
    END IF;
    UPDATE annotation_slot SET state = 'leased', leased_until = v_now + v_lasts
    WHERE id = v_slot.id;
    UPDATE annotation_assignment
    SET slot_id = v_slot.id, leased_until = v_now + v_lasts,
        ended_at = NULL, ending = NULL
    WHERE id = p_assignment;
    RETURN CASE WHEN v_held.ended_at IS NULL AND v_held.leased_until > v_now
                THEN 'held' ELSE 'renewed' END;
END $$;
"""

CLAIM_OF_ONE = """
DROP FUNCTION concord_hold(uuid, boolean);
DROP FUNCTION concord_claim(bigint, text, bigint, integer);

CREATE FUNCTION concord_claim(
    p_project bigint, p_language text, p_annotator bigint,
    OUT assignment uuid, OUT is_new boolean
)
LANGUAGE plpgsql AS $$
DECLARE
    v_cursor annotation_queuecursor;
    v_slot annotation_slot;
    v_now timestamptz;
    v_until timestamptz;
    v_looks_back boolean;
BEGIN
    INSERT INTO annotation_queuecursor (project_id, annotator_id, language, position)
    VALUES (p_project, p_annotator, p_language, 0)
    ON CONFLICT (annotator_id, project_id, language) DO NOTHING;
    -- A second click of the same person waits here and then finds the first one's lease.
    SELECT * INTO v_cursor FROM annotation_queuecursor
    WHERE annotator_id = p_annotator AND project_id = p_project
      AND language = p_language
    FOR NO KEY UPDATE;
    v_now := clock_timestamp();
    is_new := false;

    SELECT a.id INTO assignment
    FROM annotation_assignment a JOIN annotation_slot s ON s.id = a.slot_id
    WHERE a.annotator_id = p_annotator AND a.ended_at IS NULL
      AND a.leased_until > v_now
      AND s.project_id = p_project AND s.language = p_language
    ORDER BY a.leased_at LIMIT 1;
    IF assignment IS NOT NULL THEN
        RETURN;
    END IF;

    PERFORM concord_reopen_expired(20);
    v_slot := concord_next_slot(p_project, p_language, p_annotator, v_cursor.position);
    v_looks_back := v_slot.id IS NULL AND (
        v_cursor.looked_back_at IS NULL
        OR v_cursor.looked_back_at < v_now - interval '1 minute'
    );
    IF v_looks_back THEN
        v_slot := concord_next_slot(p_project, p_language, p_annotator, 0);
    END IF;
    UPDATE annotation_queuecursor
    SET position = GREATEST(position, COALESCE(v_slot.position, position)),
        looked_back_at = CASE WHEN v_looks_back THEN v_now ELSE looked_back_at END
    WHERE id = v_cursor.id;
    IF v_slot.id IS NULL THEN
        RETURN;
    END IF;

    SELECT v_now + make_interval(mins => lease_minutes) INTO v_until
    FROM annotation_project WHERE id = p_project;
    UPDATE annotation_slot SET state = 'leased', leased_until = v_until
    WHERE id = v_slot.id;
    assignment := gen_random_uuid();
    is_new := true;
    INSERT INTO annotation_assignment
        (id, slot_id, candidate_id, annotator_id, leased_at, leased_until, skip_reason)
    VALUES
        (assignment, v_slot.id, v_slot.candidate_id, p_annotator, v_now, v_until, '');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotation", "0015_machine_judgments")]
    operations = [
        migrations.RunSQL(CLAIM, CLAIM_OF_ONE),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="annotation.assignment",
                    ),
                ),
                ("fields", models.JSONField()),
                (
                    "counter",
                    models.PositiveBigIntegerField(help_text="Rises with each change."),
                ),
                (
                    "saved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            models.Func(
                                django.db.models.functions.comparison.Cast(
                                    "fields", models.TextField()
                                ),
                                function="octet_length",
                                output_field=models.IntegerField(),
                            ),
                            2097152,
                        ),
                        name="draft_is_small",
                    )
                ],
            },
        ),
    ]
