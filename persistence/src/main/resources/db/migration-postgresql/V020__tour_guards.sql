-- What plain SQL could still write of tours: counts that are not those of its checkpoints, checkpoints that nobody counted, and
-- changes of fields that nobody made.

-- A tour's counts are those of its checkpoints, whoever writes them. Who changes a checkpoint waits for the tour's row, as the code
-- does: nobody reopens one while another ends the tour.
CREATE FUNCTION imprimatur_tour_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tour record;
  counted record;
BEGIN
  IF NEW.kind = 'TOUR' AND TG_OP = 'INSERT' THEN
    IF NEW.checkpoints < 1 OR NEW.done <> 0 OR NEW.mandatory_done <> 0 THEN
      RAISE EXCEPTION 'tour_job row begins with a checkpoint at least, and none done' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.kind = 'TOUR' THEN
    SELECT count(*) AS checkpoints, count(*) FILTER (WHERE mandatory) AS mandatory_all,
           count(*) FILTER (WHERE status = 'COMPLETED') AS done,
           count(*) FILTER (WHERE status = 'COMPLETED' AND mandatory) AS mandatory_done
      INTO counted FROM tour_job WHERE parent_id = NEW.id;
    IF (NEW.checkpoints, NEW.mandatory_all, NEW.done, NEW.mandatory_done)
       IS DISTINCT FROM (counted.checkpoints, counted.mandatory_all, counted.done, counted.mandatory_done) THEN
      RAISE EXCEPTION 'tour_job row counts otherwise than its checkpoints are' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  SELECT status, revision, checkpoints INTO tour FROM tour_job WHERE id = NEW.parent_id AND kind = 'TOUR' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    -- The foreign key says so.
    RETURN NEW;
  END IF;
  IF tour.status IN ('COMPLETED', 'AUTOCLOSED') THEN
    RAISE EXCEPTION 'tour_job row is final: its tour has ended' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' AND (tour.status <> 'ASSIGNED' OR tour.revision <> 1) THEN
    RAISE EXCEPTION 'tour_job row comes too late: its tour has been changed since it was made' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.position_no > tour.checkpoints THEN
    RAISE EXCEPTION 'tour_job row is beyond the checkpoints of its tour' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
-- After tour_job_moves, which says what is final.
CREATE TRIGGER tour_job_whole BEFORE INSERT OR UPDATE ON tour_job FOR EACH ROW EXECUTE FUNCTION imprimatur_tour_is_whole();

-- Who changed a field is who changed its row, then and there.
CREATE FUNCTION imprimatur_tour_field_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  job record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'tour_field rows are never deleted' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.job_id <> OLD.job_id OR NEW.field <> OLD.field OR NEW.revision <= OLD.revision) THEN
    RAISE EXCEPTION 'tour_field row is of one field for good, and its revision rises' USING ERRCODE = '23514';
  END IF;
  SELECT kind, status, revision, modified_at, modified_by INTO job FROM tour_job WHERE id = NEW.job_id;
  IF NOT FOUND THEN
    -- The foreign key says so.
    RETURN NEW;
  END IF;
  IF imprimatur_actor_kind() = 'AUTOMATION' AND (NEW.field <> 'STATUS' OR job.kind <> 'TOUR' OR job.status <> 'AUTOCLOSED') THEN
    RAISE EXCEPTION 'automation changes no field but the status of a tour that it closes' USING ERRCODE = '42501';
  END IF;
  IF job.kind = 'TOUR' AND NEW.field NOT IN ('STATUS', 'SCAN') THEN
    RAISE EXCEPTION 'tour_field row is of fields that tours have not' USING ERRCODE = '23514';
  END IF;
  IF (NEW.revision, NEW.changed_at, NEW.actor_id) IS DISTINCT FROM (job.revision, job.modified_at, job.modified_by) THEN
    RAISE EXCEPTION 'tour_field row tells of another change than the last of its tour_job row' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
-- After tour_field_sign.
CREATE TRIGGER tour_field_told BEFORE INSERT OR UPDATE OR DELETE ON tour_field FOR EACH ROW
  EXECUTE FUNCTION imprimatur_tour_field_told();
