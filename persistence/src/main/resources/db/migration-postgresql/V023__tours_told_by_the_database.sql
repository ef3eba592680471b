-- What a tour tells of its checkpoints and of who changed what is written by the database itself; and an opportunity is not put onto a
-- board while another adds to its evidence.

-- At commit a tour counts what its checkpoints are, and is as new as they. Who changed one holds the tour's row since (tour_job_whole).
CREATE FUNCTION imprimatur_tour_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tour record;
  counted record;
BEGIN
  SELECT checkpoints, mandatory_all, done, mandatory_done, modified_at INTO tour
    FROM tour_job WHERE id = coalesce(NEW.parent_id, NEW.id);
  SELECT count(*) AS checkpoints, count(*) FILTER (WHERE mandatory) AS mandatory_all,
         count(*) FILTER (WHERE status = 'COMPLETED') AS done,
         count(*) FILTER (WHERE status = 'COMPLETED' AND mandatory) AS mandatory_done
    INTO counted FROM tour_job WHERE parent_id = coalesce(NEW.parent_id, NEW.id);
  IF (tour.checkpoints, tour.mandatory_all, tour.done, tour.mandatory_done)
     IS DISTINCT FROM (counted.checkpoints, counted.mandatory_all, counted.done, counted.mandatory_done) THEN
    RAISE EXCEPTION 'tour_job row would be left with counts that are not those of its checkpoints' USING ERRCODE = '23514';
  END IF;
  IF tour.modified_at < NEW.modified_at THEN
    RAISE EXCEPTION 'tour_job row would be left older than its checkpoints' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tour_job_counted AFTER UPDATE ON tour_job DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'CHECKPOINT') EXECUTE FUNCTION imprimatur_tour_is_counted();
CREATE CONSTRAINT TRIGGER tour_job_made_whole AFTER INSERT ON tour_job DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'TOUR') EXECUTE FUNCTION imprimatur_tour_is_counted();

-- A field that was changed is told of by the change itself, and nobody else writes there.
CREATE FUNCTION imprimatur_tell_tour_fields() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
BEGIN
  INSERT INTO tour_field (job_id, field, revision, actor_id, changed_at)
  SELECT NEW.id, f.field, NEW.revision, NEW.modified_by, NEW.modified_at
  FROM (VALUES ('STATUS', NEW.status IS DISTINCT FROM OLD.status), ('SCAN', NEW.scan IS DISTINCT FROM OLD.scan),
               ('READING', NEW.reading IS DISTINCT FROM OLD.reading), ('REMARK', NEW.remark IS DISTINCT FROM OLD.remark))
       AS f (field, changed)
  WHERE f.changed
  ON CONFLICT (job_id, field) DO UPDATE
    SET revision = EXCLUDED.revision, actor_id = EXCLUDED.actor_id, changed_at = EXCLUDED.changed_at;
  RETURN NULL;
END $$;
CREATE TRIGGER tour_job_told AFTER UPDATE ON tour_job FOR EACH ROW EXECUTE FUNCTION imprimatur_tell_tour_fields();

REVOKE INSERT, UPDATE ON tour_field FROM imprimatur_reviewer, imprimatur_worker;

-- Takes the place of what compared it with the row's last change: it is that change that writes.
CREATE OR REPLACE FUNCTION imprimatur_tour_field_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'tour_field rows are never deleted' USING ERRCODE = '42501';
  END IF;
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'tour_field rows are written by the change they tell of, and by nobody' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- Who adds to an opportunity's evidence and who puts it onto a board wait for each other at its row, and then look. A transaction that does not see
-- what was committed since it began would look at what was, whatever it waited for.
CREATE FUNCTION imprimatur_refuse_old_snapshot() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
    RAISE EXCEPTION 'opportunities are put together and onto boards in READ COMMITTED' USING ERRCODE = '23514';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION imprimatur_opportunity_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
BEGIN
  PERFORM imprimatur_refuse_old_snapshot();
  PERFORM FROM opportunity WHERE id = NEW.opportunity_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM board_entry WHERE opportunity_id = NEW.opportunity_id) THEN
    RAISE EXCEPTION 'opportunity_evidence is final: its opportunity stands on a board' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

-- One that does not exist is the foreign key's to refuse.
CREATE OR REPLACE FUNCTION imprimatur_entry_has_evidence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
BEGIN
  PERFORM imprimatur_refuse_old_snapshot();
  PERFORM FROM opportunity WHERE id = NEW.opportunity_id FOR SHARE;
  IF EXISTS (
    SELECT FROM opportunity o WHERE o.id = NEW.opportunity_id AND NOT EXISTS (
      SELECT FROM opportunity_evidence s WHERE s.opportunity_id = o.id AND s.evidence_id = o.lead_evidence_id)) THEN
    RAISE EXCEPTION 'board_entry needs an opportunity with its evidence' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

-- A trigger of one's own, on a table of one's own, does not call what writes with the owner's rights.
REVOKE ALL ON FUNCTION imprimatur_tell_tour_fields() FROM PUBLIC;
REVOKE ALL ON FUNCTION imprimatur_opportunity_stands() FROM PUBLIC;
REVOKE ALL ON FUNCTION imprimatur_entry_has_evidence() FROM PUBLIC;
