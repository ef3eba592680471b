-- Content review. People make versions, approvals, revocations and resolutions: each says so in a CHECK.

CREATE TABLE article (
  id             uuid CONSTRAINT article_pk PRIMARY KEY,
  source_key     varchar(2000) NOT NULL CONSTRAINT article_source UNIQUE,
  title          varchar(1000) NOT NULL,
  latest_version integer DEFAULT 0 NOT NULL,
  revision       bigint DEFAULT 0 NOT NULL,
  created_at     timestamp(6) with time zone NOT NULL
);

-- Immutable: refused to everyone by a trigger, and not granted to the application's user.
CREATE TABLE article_version (
  id            uuid CONSTRAINT article_version_pk PRIMARY KEY,
  article_id    uuid NOT NULL CONSTRAINT article_version_article REFERENCES article (id),
  number        integer NOT NULL CONSTRAINT article_version_number_positive CHECK (number >= 1),
  title         varchar(1000) NOT NULL,
  media_type    varchar(50) NOT NULL CONSTRAINT article_version_media_type CHECK (media_type IN ('text/markdown', 'text/plain')),
  body          text NOT NULL,
  metadata      json_document NOT NULL,
  content_hash  char(64) NOT NULL,
  origin        varchar(20) NOT NULL CONSTRAINT article_version_origin_known CHECK (origin IN ('import', 'edit', 'rewrite')),
  suggestion_id uuid,
  path          varchar(2000) NOT NULL,
  actor_kind    varchar(20) NOT NULL CONSTRAINT article_version_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id      varchar(200) NOT NULL,
  created_at    timestamp(6) with time zone NOT NULL,
  CONSTRAINT article_version_number UNIQUE (article_id, number),
  -- What names an article and a version names a version of that article.
  CONSTRAINT article_version_of_article UNIQUE (article_id, id),
  CONSTRAINT article_version_of_suggestion CHECK ((origin = 'rewrite') = (suggestion_id IS NOT NULL)),
  -- A suggestion is accepted once.
  CONSTRAINT article_version_suggestion UNIQUE (suggestion_id)
);

CREATE TABLE evaluation_run (
  id              uuid CONSTRAINT evaluation_run_pk PRIMARY KEY,
  article_id      uuid NOT NULL CONSTRAINT evaluation_run_article REFERENCES article (id),
  version_id      uuid NOT NULL,
  status          varchar(20) NOT NULL
                  CONSTRAINT evaluation_run_status_known CHECK (status IN ('in_progress', 'completed', 'partial_failure', 'failed')),
  providers       json_document NOT NULL,
  fingerprint     char(64) NOT NULL,
  forced          boolean NOT NULL,
  actor_id        varchar(200) NOT NULL,
  started_at      timestamp(6) with time zone NOT NULL,
  finished_at     timestamp(6) with time zone,
  ai_detector_avg numeric(7, 4) CONSTRAINT evaluation_run_ai_range CHECK (ai_detector_avg BETWEEN 0 AND 100),
  aeo_avg         numeric(7, 4) CONSTRAINT evaluation_run_aeo_range CHECK (aeo_avg BETWEEN 0 AND 100),
  -- One run in progress per version.
  open_key        uuid GENERATED ALWAYS AS (CASE WHEN status = 'in_progress' THEN version_id END) ${stored},
  -- One unforced run, in progress or completed, per version and set of providers.
  reuse_key       varchar(101) GENERATED ALWAYS AS (CASE WHEN NOT forced AND status IN ('in_progress', 'completed')
                    THEN CAST(version_id AS varchar(36)) || ':' || CAST(fingerprint AS varchar(64)) END) ${stored},
  CONSTRAINT evaluation_run_open UNIQUE (open_key),
  CONSTRAINT evaluation_run_reuse UNIQUE (reuse_key),
  CONSTRAINT evaluation_run_ended_has_time CHECK ((status = 'in_progress') = (finished_at IS NULL)),
  CONSTRAINT evaluation_run_version FOREIGN KEY (article_id, version_id) REFERENCES article_version (article_id, id)
);
CREATE INDEX evaluation_run_of_version ON evaluation_run (version_id, status, finished_at DESC);
CREATE INDEX evaluation_run_of_article ON evaluation_run (article_id, status, finished_at DESC);

CREATE TABLE run_part (
  run_id      uuid NOT NULL CONSTRAINT run_part_run REFERENCES evaluation_run (id),
  kind        varchar(20) NOT NULL CONSTRAINT run_part_kind_known CHECK (kind IN ('detector', 'aeo')),
  name        varchar(100) NOT NULL,
  position_no integer NOT NULL,
  status      varchar(20) NOT NULL
              CONSTRAINT run_part_status_known CHECK (status IN ('pending', 'succeeded', 'not_applicable', 'failed')),
  note        text,
  finished_at timestamp(6) with time zone,
  CONSTRAINT run_part_pk PRIMARY KEY (run_id, kind, name),
  CONSTRAINT run_part_ended_has_time CHECK ((status = 'pending') = (finished_at IS NULL))
);

-- The fan-in: how many parts are still out.
CREATE TABLE run_fan_in (
  run_id    uuid CONSTRAINT run_fan_in_pk PRIMARY KEY CONSTRAINT run_fan_in_run REFERENCES evaluation_run (id),
  remaining integer NOT NULL CONSTRAINT run_fan_in_not_negative CHECK (remaining >= 0)
);

CREATE TABLE detector_result (
  run_id   uuid NOT NULL CONSTRAINT detector_result_run REFERENCES evaluation_run (id),
  detector varchar(100) NOT NULL,
  score    numeric(5, 2) NOT NULL CONSTRAINT detector_result_range CHECK (score BETWEEN 0 AND 100),
  provider varchar(100) NOT NULL,
  model    varchar(100) NOT NULL,
  raw      json_document NOT NULL,
  CONSTRAINT detector_result_pk PRIMARY KEY (run_id, detector)
);

CREATE TABLE aeo_score (
  run_id   uuid NOT NULL CONSTRAINT aeo_score_run REFERENCES evaluation_run (id),
  intent   varchar(100) NOT NULL,
  score    numeric(5, 2) NOT NULL CONSTRAINT aeo_score_range CHECK (score BETWEEN 0 AND 100),
  provider varchar(100) NOT NULL,
  model    varchar(100) NOT NULL,
  raw      json_document NOT NULL,
  CONSTRAINT aeo_score_pk PRIMARY KEY (run_id, intent)
);

CREATE TABLE escalation (
  id               uuid CONSTRAINT escalation_pk PRIMARY KEY,
  article_id       uuid NOT NULL CONSTRAINT escalation_article REFERENCES article (id),
  version_id       uuid NOT NULL,
  reason           varchar(40) NOT NULL CONSTRAINT escalation_reason_known CHECK (reason IN
                   ('score_regression', 'likely_ai_generated', 'poor_quality', 'rewrite_cap', 'approved_rewrite_attempt')),
  status           varchar(20) DEFAULT 'pending' NOT NULL
                   CONSTRAINT escalation_status_known CHECK (status IN ('pending', 'resolved')),
  details          json_document NOT NULL,
  run_id           uuid CONSTRAINT escalation_run REFERENCES evaluation_run (id),
  raised_at        timestamp(6) with time zone NOT NULL,
  claimed_by       varchar(200),
  claim_expires_at timestamp(6) with time zone,
  snoozed_until    timestamp(6) with time zone,
  revision         bigint DEFAULT 1 NOT NULL,
  resolution       varchar(20) CONSTRAINT escalation_resolution_known
                   CHECK (resolution IN ('override', 'fixed', 'false_alarm', 'rejected')),
  resolution_reason text,
  resolved_by      varchar(200),
  resolved_by_kind varchar(20) CONSTRAINT escalation_resolved_by_human CHECK (resolved_by_kind = 'HUMAN'),
  resolved_at      timestamp(6) with time zone,
  -- One pending escalation per article, version and reason.
  open_key         varchar(120) GENERATED ALWAYS AS (CASE WHEN status = 'pending'
                     THEN CAST(version_id AS varchar(36)) || ':' || reason END) ${stored},
  CONSTRAINT escalation_open UNIQUE (open_key),
  CONSTRAINT escalation_resolved_is_whole CHECK (
    (status = 'pending' AND resolution IS NULL AND resolved_by IS NULL AND resolved_by_kind IS NULL AND resolved_at IS NULL)
    OR (status = 'resolved' AND resolution IS NOT NULL AND resolution_reason IS NOT NULL AND resolved_by IS NOT NULL
        AND resolved_by_kind IS NOT NULL AND resolved_at IS NOT NULL)),
  CONSTRAINT escalation_claim_is_whole CHECK ((claimed_by IS NULL) = (claim_expires_at IS NULL)),
  CONSTRAINT escalation_version FOREIGN KEY (article_id, version_id) REFERENCES article_version (article_id, id)
);
CREATE INDEX escalation_queue ON escalation (status, raised_at);
CREATE INDEX escalation_of_article ON escalation (article_id, status);
CREATE INDEX escalation_of_version ON escalation (version_id, status);

CREATE TABLE escalation_comment (
  id            uuid CONSTRAINT escalation_comment_pk PRIMARY KEY,
  escalation_id uuid NOT NULL CONSTRAINT escalation_comment_escalation REFERENCES escalation (id),
  comment_text  text NOT NULL,
  actor_kind    varchar(20) NOT NULL CONSTRAINT escalation_comment_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id      varchar(200) NOT NULL,
  created_at    timestamp(6) with time zone NOT NULL
);
CREATE INDEX escalation_comment_of ON escalation_comment (escalation_id, created_at);

CREATE TABLE hard_stop (
  run_id        uuid NOT NULL CONSTRAINT hard_stop_run REFERENCES evaluation_run (id),
  reason        varchar(40) NOT NULL CONSTRAINT hard_stop_reason_known CHECK (reason IN
                ('score_regression', 'likely_ai_generated', 'poor_quality', 'rewrite_cap', 'approved_rewrite_attempt')),
  details       json_document NOT NULL,
  overridden_by uuid,
  escalation_id uuid CONSTRAINT hard_stop_escalation REFERENCES escalation (id),
  CONSTRAINT hard_stop_pk PRIMARY KEY (run_id, reason),
  -- Each either escalates or is overridden by an approval in force.
  CONSTRAINT hard_stop_has_outcome CHECK ((overridden_by IS NULL) <> (escalation_id IS NULL))
);

CREATE TABLE rewrite_cycle (
  id          uuid CONSTRAINT rewrite_cycle_pk PRIMARY KEY,
  article_id  uuid NOT NULL CONSTRAINT rewrite_cycle_article REFERENCES article (id),
  version_id  uuid NOT NULL,
  number      integer NOT NULL CONSTRAINT rewrite_cycle_number_positive CHECK (number >= 1),
  status      varchar(30) NOT NULL CONSTRAINT rewrite_cycle_status_known CHECK (status IN
              ('running', 'suggested', 'nothing_to_change', 'timed_out', 'failed', 'superseded_by_approval')),
  provider    varchar(100) NOT NULL,
  model       varchar(100) NOT NULL,
  actor_kind  varchar(20) NOT NULL CONSTRAINT rewrite_cycle_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id    varchar(200) NOT NULL,
  started_at  timestamp(6) with time zone NOT NULL,
  finished_at timestamp(6) with time zone,
  error       text,
  -- One running cycle per article.
  open_key    uuid GENERATED ALWAYS AS (CASE WHEN status = 'running' THEN article_id END) ${stored},
  CONSTRAINT rewrite_cycle_open UNIQUE (open_key),
  -- The cap counts started cycles: two can't be started under one number.
  CONSTRAINT rewrite_cycle_number UNIQUE (article_id, number),
  CONSTRAINT rewrite_cycle_ended_has_time CHECK ((status = 'running') = (finished_at IS NULL)),
  CONSTRAINT rewrite_cycle_version FOREIGN KEY (article_id, version_id) REFERENCES article_version (article_id, id)
);

CREATE TABLE rewrite_suggestion (
  id              uuid CONSTRAINT rewrite_suggestion_pk PRIMARY KEY,
  cycle_id        uuid NOT NULL CONSTRAINT rewrite_suggestion_cycle REFERENCES rewrite_cycle (id),
  article_id      uuid NOT NULL CONSTRAINT rewrite_suggestion_article REFERENCES article (id),
  version_id      uuid NOT NULL,
  status          varchar(20) DEFAULT 'pending' NOT NULL
                  CONSTRAINT rewrite_suggestion_status_known CHECK (status IN ('pending', 'accepted', 'rejected')),
  title           varchar(1000) NOT NULL,
  body            text NOT NULL,
  changes         json_document NOT NULL,
  revision        bigint DEFAULT 1 NOT NULL,
  created_at      timestamp(6) with time zone NOT NULL,
  decided_by      varchar(200),
  decided_by_kind varchar(20) CONSTRAINT rewrite_suggestion_decided_by_human CHECK (decided_by_kind = 'HUMAN'),
  decided_at      timestamp(6) with time zone,
  reject_reason   text,
  accepted_hunks  text,
  -- A cycle ends in one suggestion.
  CONSTRAINT rewrite_suggestion_of_cycle UNIQUE (cycle_id),
  CONSTRAINT rewrite_suggestion_decided_is_whole CHECK (
    (status = 'pending' AND decided_by IS NULL AND decided_by_kind IS NULL AND decided_at IS NULL)
    OR (status = 'accepted' AND decided_by IS NOT NULL AND decided_by_kind IS NOT NULL AND decided_at IS NOT NULL
        AND accepted_hunks IS NOT NULL)
    OR (status = 'rejected' AND decided_by IS NOT NULL AND decided_by_kind IS NOT NULL AND decided_at IS NOT NULL
        AND reject_reason IS NOT NULL)),
  CONSTRAINT rewrite_suggestion_version FOREIGN KEY (article_id, version_id) REFERENCES article_version (article_id, id)
);
CREATE INDEX rewrite_suggestion_queue ON rewrite_suggestion (status, created_at);

ALTER TABLE article_version ADD CONSTRAINT article_version_from_suggestion
  FOREIGN KEY (suggestion_id) REFERENCES rewrite_suggestion (id);

CREATE TABLE approval (
  id           uuid CONSTRAINT approval_pk PRIMARY KEY,
  article_id   uuid NOT NULL CONSTRAINT approval_article REFERENCES article (id),
  version_id   uuid NOT NULL,
  content_hash char(64) NOT NULL,
  note         text,
  fingerprint  char(64),
  actor_kind   varchar(20) NOT NULL CONSTRAINT approval_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id     varchar(200) NOT NULL,
  approved_at  timestamp(6) with time zone NOT NULL,
  CONSTRAINT approval_of_its_article UNIQUE (article_id, id),
  CONSTRAINT approval_version FOREIGN KEY (article_id, version_id) REFERENCES article_version (article_id, id)
);
CREATE INDEX approval_of_article ON approval (article_id, approved_at);

-- The runs an approval was based on.
CREATE TABLE approval_run (
  approval_id uuid NOT NULL CONSTRAINT approval_run_approval REFERENCES approval (id),
  run_id      uuid NOT NULL CONSTRAINT approval_run_run REFERENCES evaluation_run (id),
  CONSTRAINT approval_run_pk PRIMARY KEY (approval_id, run_id)
);

ALTER TABLE hard_stop ADD CONSTRAINT hard_stop_approval FOREIGN KEY (overridden_by) REFERENCES approval (id);

CREATE TABLE revocation (
  approval_id uuid CONSTRAINT revocation_pk PRIMARY KEY CONSTRAINT revocation_approval REFERENCES approval (id),
  reason      text NOT NULL CONSTRAINT revocation_reason_not_blank CHECK (trim(reason) <> ''),
  actor_kind  varchar(20) NOT NULL CONSTRAINT revocation_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id    varchar(200) NOT NULL,
  revoked_at  timestamp(6) with time zone NOT NULL
);

-- Which approval of an article is in force: at most one, by its key.
CREATE TABLE approval_in_force (
  article_id  uuid CONSTRAINT approval_in_force_pk PRIMARY KEY CONSTRAINT approval_in_force_article REFERENCES article (id),
  approval_id uuid NOT NULL,
  CONSTRAINT approval_in_force_approval FOREIGN KEY (article_id, approval_id) REFERENCES approval (article_id, id)
);
