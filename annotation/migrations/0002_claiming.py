"""The queue's sequence and the claim, as SQL functions."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE concord_queue;

-- Leases end by the database's clock. A slot that comes back takes a new position at
-- the end of the queue, ahead of every cursor.
CREATE FUNCTION concord_reopen_expired(p_limit integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    reopened integer;
BEGIN
    WITH due AS MATERIALIZED (
        SELECT id FROM annotation_slot
        WHERE state = 'leased' AND leased_until < clock_timestamp()
        ORDER BY leased_until
        LIMIT p_limit
        FOR NO KEY UPDATE SKIP LOCKED
    ), ended AS (
        UPDATE annotation_assignment a
        SET ended_at = clock_timestamp(), ending = 'expired'
        FROM due WHERE a.slot_id = due.id AND a.ended_at IS NULL
    )
    UPDATE annotation_slot s
    SET state = 'open', leased_until = NULL, position = nextval('concord_queue')
    FROM due WHERE s.id = due.id;
    GET DIAGNOSTICS reopened = ROW_COUNT;
    RETURN reopened;
END $$;

-- The first open slot after `p_after` that this person has not met, locked.
CREATE FUNCTION concord_next_slot(
    p_project bigint, p_language text, p_annotator bigint, p_after bigint
) RETURNS annotation_slot
LANGUAGE sql AS $$
    SELECT s.* FROM annotation_slot s
    WHERE s.project_id = p_project AND s.language = p_language
      AND s.state = 'open' AND s.position > p_after
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

BACKWARD = """
DROP FUNCTION concord_claim(bigint, text, bigint);
DROP FUNCTION concord_next_slot(bigint, text, bigint, bigint);
DROP FUNCTION concord_reopen_expired(integer);
DROP SEQUENCE concord_queue;
"""


class Migration(migrations.Migration):
    dependencies = [("annotation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
