-- Tours: parent jobs with checkpoints, and who changed which field of them last.

CREATE TABLE tour_job (
  id             uuid CONSTRAINT tour_job_pk PRIMARY KEY,
  kind           varchar(20) NOT NULL CONSTRAINT tour_job_kind_known CHECK (kind IN ('TOUR', 'CHECKPOINT')),
  -- A checkpoint's parent is there, and is a tour; a tour has none.
  parent_id      uuid,
  parent_kind    varchar(20),
  position_no    integer CONSTRAINT tour_job_position_positive CHECK (position_no >= 1),
  -- A checkpoint's is its name.
  identifier     varchar(200) NOT NULL CONSTRAINT tour_job_identifier_not_blank CHECK (trim(identifier) <> ''),
  site           varchar(200) CONSTRAINT tour_job_site_not_blank CHECK (trim(site) <> ''),
  type           varchar(20) CONSTRAINT tour_job_type_known CHECK (type IN ('SCHEDULE', 'ADHOC')),
  status         varchar(20) NOT NULL CONSTRAINT tour_job_status_known CHECK (status IN
                 ('ASSIGNED', 'INPROGRESS', 'PARTIALLYCOMPLETED', 'COMPLETED', 'AUTOCLOSED', 'STANDBY', 'MAINTENANCE')),
  -- The status before the one it has, which a trigger keeps: only known steps are taken, whatever SQL is run.
  came_from      varchar(20),
  expires_at     timestamp(6) with time zone,
  scan           varchar(200) CONSTRAINT tour_job_scan_not_blank CHECK (trim(scan) <> ''),
  reading        varchar(200),
  remark         varchar(2000),
  mandatory      boolean,
  checkpoints    integer,
  done           integer,
  mandatory_all  integer,
  mandatory_done integer,
  -- What makes a tour the same as another that was imported.
  import_key     varchar(64),
  open_key       varchar(64) GENERATED ALWAYS AS
                 (CASE WHEN expires_at IS NOT NULL OR status NOT IN ('COMPLETED', 'AUTOCLOSED') THEN import_key END) ${stored},
  revision       bigint DEFAULT 1 NOT NULL CONSTRAINT tour_job_revision_positive CHECK (revision >= 1),
  created_at     timestamp(6) with time zone NOT NULL,
  modified_at    timestamp(6) with time zone NOT NULL,
  modified_by    varchar(200) NOT NULL,
  CONSTRAINT tour_job_once UNIQUE (open_key),
  CONSTRAINT tour_job_of_kind UNIQUE (id, kind),
  CONSTRAINT tour_job_parent FOREIGN KEY (parent_id, parent_kind) REFERENCES tour_job (id, kind),
  CONSTRAINT tour_job_position UNIQUE (parent_id, position_no),
  CONSTRAINT tour_job_parent_is_tour CHECK (
    (kind = 'TOUR' AND parent_id IS NULL AND parent_kind IS NULL)
    OR (kind = 'CHECKPOINT' AND parent_id IS NOT NULL AND parent_kind IS NOT NULL AND parent_kind = 'TOUR')),
  -- What only tours have, and what only checkpoints have.
  CONSTRAINT tour_job_is_whole CHECK (
    (kind = 'TOUR' AND site IS NOT NULL AND type IS NOT NULL AND import_key IS NOT NULL
     AND checkpoints IS NOT NULL AND done IS NOT NULL AND mandatory_all IS NOT NULL AND mandatory_done IS NOT NULL
     AND position_no IS NULL AND mandatory IS NULL AND reading IS NULL AND remark IS NULL)
    OR (kind = 'CHECKPOINT' AND site IS NULL AND type IS NULL AND import_key IS NULL AND expires_at IS NULL
     AND checkpoints IS NULL AND done IS NULL AND mandatory_all IS NULL AND mandatory_done IS NULL
     AND position_no IS NOT NULL AND mandatory IS NOT NULL)),
  CONSTRAINT tour_job_counts_add_up CHECK (
    mandatory_done BETWEEN 0 AND mandatory_all AND mandatory_done <= done AND done <= checkpoints
    AND mandatory_all <= checkpoints),
  -- The state machine; TransitionTable says the same.
  CONSTRAINT tour_job_step_known CHECK (
    (came_from IS NULL AND status = 'ASSIGNED')
    OR (came_from IS NOT NULL AND kind || ' ' || came_from || '>' || status IN (
      'TOUR ASSIGNED>INPROGRESS', 'TOUR ASSIGNED>AUTOCLOSED', 'TOUR ASSIGNED>STANDBY', 'TOUR ASSIGNED>MAINTENANCE',
      'TOUR INPROGRESS>PARTIALLYCOMPLETED', 'TOUR INPROGRESS>COMPLETED', 'TOUR INPROGRESS>AUTOCLOSED',
      'TOUR INPROGRESS>STANDBY', 'TOUR INPROGRESS>MAINTENANCE', 'TOUR PARTIALLYCOMPLETED>INPROGRESS',
      'TOUR PARTIALLYCOMPLETED>COMPLETED', 'TOUR PARTIALLYCOMPLETED>AUTOCLOSED', 'TOUR STANDBY>ASSIGNED',
      'TOUR STANDBY>INPROGRESS', 'TOUR STANDBY>AUTOCLOSED', 'TOUR STANDBY>MAINTENANCE', 'TOUR MAINTENANCE>ASSIGNED',
      'TOUR MAINTENANCE>INPROGRESS', 'TOUR MAINTENANCE>AUTOCLOSED', 'TOUR MAINTENANCE>STANDBY',
      'CHECKPOINT ASSIGNED>INPROGRESS', 'CHECKPOINT ASSIGNED>COMPLETED', 'CHECKPOINT ASSIGNED>MAINTENANCE',
      'CHECKPOINT INPROGRESS>COMPLETED', 'CHECKPOINT INPROGRESS>MAINTENANCE', 'CHECKPOINT COMPLETED>INPROGRESS',
      'CHECKPOINT MAINTENANCE>ASSIGNED', 'CHECKPOINT MAINTENANCE>INPROGRESS', 'CHECKPOINT MAINTENANCE>COMPLETED'))),
  -- Its guards.
  CONSTRAINT tour_job_begun_by_scan CHECK (
    kind <> 'TOUR' OR status NOT IN ('INPROGRESS', 'PARTIALLYCOMPLETED', 'COMPLETED') OR scan IS NOT NULL),
  CONSTRAINT tour_job_assigned_unscanned CHECK (kind <> 'TOUR' OR status <> 'ASSIGNED' OR scan IS NULL),
  CONSTRAINT tour_job_closed_when_expired CHECK (
    status <> 'AUTOCLOSED' OR (expires_at IS NOT NULL AND modified_at >= expires_at)),
  CONSTRAINT tour_job_completed_whole CHECK (kind <> 'TOUR' OR status <> 'COMPLETED' OR mandatory_done = mandatory_all)
);
CREATE INDEX tour_job_of_parent ON tour_job (parent_id, status, modified_at);
CREATE INDEX tour_job_by_site ON tour_job (identifier, site, status);
-- What lists and the sweep look for; the primary key is the index by uuid.
CREATE INDEX tour_job_by_status ON tour_job (kind, status, expires_at);

-- Who changed a field last, and at which revision: what tells a merge from a conflict.
CREATE TABLE tour_field (
  job_id     uuid NOT NULL CONSTRAINT tour_field_job REFERENCES tour_job (id),
  field      varchar(20) NOT NULL
             CONSTRAINT tour_field_known CHECK (field IN ('STATUS', 'SCAN', 'READING', 'REMARK')),
  revision   bigint NOT NULL CONSTRAINT tour_field_revision_after_first CHECK (revision >= 2),
  actor_id   varchar(200) NOT NULL,
  changed_at timestamp(6) with time zone NOT NULL,
  CONSTRAINT tour_field_pk PRIMARY KEY (job_id, field)
);

-- A tour begins at its beginning, loses no update, and stays as it ended.
CREATE FUNCTION imprimatur_tour_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'tour_job rows are never deleted' USING ERRCODE = '42501';
  END IF;
  NEW.modified_by := session_user;
  -- A time to come would say that a tour has expired before it has.
  IF NEW.modified_at > clock_timestamp() AND (TG_OP = 'INSERT' OR NEW.modified_at > OLD.modified_at) THEN
    RAISE EXCEPTION 'tour_job row is not changed in the future' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'ASSIGNED' OR NEW.revision <> 1 THEN
      RAISE EXCEPTION 'tour_job row begins ASSIGNED, at revision 1' USING ERRCODE = '23514';
    END IF;
    NEW.came_from := NULL;
    RETURN NEW;
  END IF;
  IF OLD.kind = 'TOUR' AND OLD.status IN ('COMPLETED', 'AUTOCLOSED') THEN
    RAISE EXCEPTION 'tour_job row is final: its status is %', OLD.status USING ERRCODE = '23514';
  END IF;
  IF OLD.kind = 'CHECKPOINT'
     AND EXISTS (SELECT FROM tour_job WHERE id = OLD.parent_id AND status IN ('COMPLETED', 'AUTOCLOSED')) THEN
    RAISE EXCEPTION 'tour_job row is final: its tour has ended' USING ERRCODE = '23514';
  END IF;
  IF (NEW.id, NEW.kind, NEW.identifier, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.kind, OLD.identifier, OLD.created_at)
     OR (NEW.parent_id, NEW.parent_kind, NEW.position_no, NEW.mandatory)
       IS DISTINCT FROM (OLD.parent_id, OLD.parent_kind, OLD.position_no, OLD.mandatory)
     OR (NEW.site, NEW.type, NEW.expires_at, NEW.import_key, NEW.checkpoints, NEW.mandatory_all)
       IS DISTINCT FROM (OLD.site, OLD.type, OLD.expires_at, OLD.import_key, OLD.checkpoints, OLD.mandatory_all) THEN
    RAISE EXCEPTION 'tour_job row is final in what it is' USING ERRCODE = '23514';
  END IF;
  IF NEW.revision <> OLD.revision + 1 OR NEW.modified_at < OLD.modified_at THEN
    RAISE EXCEPTION 'tour_job row goes on by one revision, and never back in time' USING ERRCODE = '23514';
  END IF;
  IF imprimatur_actor_kind() = 'AUTOMATION' AND (OLD.status <> 'ASSIGNED' OR NEW.status <> 'AUTOCLOSED') THEN
    RAISE EXCEPTION 'automation closes tours that have expired, and changes none' USING ERRCODE = '42501';
  END IF;
  NEW.came_from := CASE WHEN NEW.status = OLD.status THEN OLD.came_from ELSE OLD.status END;
  RETURN NEW;
END $$;
CREATE TRIGGER tour_job_moves BEFORE INSERT OR UPDATE OR DELETE ON tour_job FOR EACH ROW
  EXECUTE FUNCTION imprimatur_tour_moves();

CREATE FUNCTION imprimatur_sign_tour_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.actor_id := session_user;
  RETURN NEW;
END $$;
CREATE TRIGGER tour_field_sign BEFORE INSERT OR UPDATE ON tour_field FOR EACH ROW
  EXECUTE FUNCTION imprimatur_sign_tour_field();

-- People make and change tours; automation closes those whose time is over.
GRANT SELECT ON tour_job, tour_field TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
GRANT INSERT, UPDATE ON tour_job, tour_field TO imprimatur_reviewer;
GRANT UPDATE (status, scan, done, mandatory_done, revision, modified_at, modified_by) ON tour_job TO imprimatur_worker;
GRANT INSERT, UPDATE ON tour_field TO imprimatur_worker;
