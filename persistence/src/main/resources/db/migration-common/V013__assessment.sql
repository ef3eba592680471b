-- Assessment by comparative judgement: batches, their texts, comparisons, results, and what they cost.

CREATE TABLE batch (
  id                   uuid CONSTRAINT batch_pk PRIMARY KEY,
  workspace_id         varchar(200) NOT NULL CONSTRAINT batch_workspace_not_blank CHECK (trim(workspace_id) <> ''),
  name                 varchar(300) NOT NULL CONSTRAINT batch_name_not_blank CHECK (trim(name) <> ''),
  -- A repeat under the same key finds the batch that is there.
  client_request_id    varchar(300) CONSTRAINT batch_client_request UNIQUE,
  judge                varchar(20) NOT NULL CONSTRAINT batch_judge_known CHECK (judge IN ('local', 'external')),
  texts                integer NOT NULL CONSTRAINT batch_has_texts CHECK (texts BETWEEN 1 AND 10000),
  total_budget         integer NOT NULL CONSTRAINT batch_budget_range CHECK (total_budget BETWEEN 0 AND 1000000),
  threshold_percent    integer DEFAULT 80 NOT NULL
                       CONSTRAINT batch_threshold_range CHECK (threshold_percent BETWEEN 1 AND 100),
  status               varchar(40) NOT NULL CONSTRAINT batch_status_known CHECK (status IN
                       ('PENDING', 'FETCHING_CONTENT', 'PERFORMING_COMPARISONS', 'COMPLETE_STABLE',
                        'COMPLETE_MAX_COMPARISONS', 'COMPLETE_INSUFFICIENT_ESSAYS', 'ERROR_PROCESSING',
                        'ERROR_ESSAY_PROCESSING')),
  state                varchar(20) NOT NULL CONSTRAINT batch_state_known CHECK (state IN
                       ('INITIALIZING', 'GENERATING_PAIRS', 'WAITING_CALLBACKS', 'SCORING', 'COMPLETED', 'FAILED',
                        'CANCELLED')),
  sent                 integer DEFAULT 0 NOT NULL,
  completed            integer DEFAULT 0 NOT NULL CONSTRAINT batch_completed_not_negative CHECK (completed >= 0),
  failed               integer DEFAULT 0 NOT NULL CONSTRAINT batch_failed_not_negative CHECK (failed >= 0),
  -- How many were completed when pairs were last asked for: the next are asked for five completions later.
  completed_at_request integer DEFAULT 0 NOT NULL,
  -- How often outstanding pairs were asked for again by the monitor.
  rerequests           integer DEFAULT 0 NOT NULL CONSTRAINT batch_rerequests_not_negative CHECK (rerequests >= 0),
  -- Rises with every scoring that is begun: an older one stores nothing.
  fence                integer DEFAULT 0 NOT NULL,
  last_activity        timestamp(6) with time zone NOT NULL,
  revision             bigint DEFAULT 1 NOT NULL,
  decision             varchar(20) CONSTRAINT batch_decision_known CHECK (decision IN ('FINALISE', 'REQUEST_MORE', 'WAIT')),
  decision_reason      varchar(40),
  decision_by          varchar(20) CONSTRAINT batch_decision_by_known CHECK (decision_by IN
                       ('CALLBACK', 'COMPLETION_SWEEP', 'STUCK_SWEEP', 'ADMINISTRATOR', 'PAIRS')),
  decided_at           timestamp(6) with time zone,
  diagnostics          json_document,
  reliability          double precision,
  actor_id             varchar(200) NOT NULL,
  created_at           timestamp(6) with time zone NOT NULL,
  -- Who ended it, by which door, when.
  ended_by             varchar(20) CONSTRAINT batch_ended_by_known CHECK (ended_by IN
                       ('CALLBACK', 'COMPLETION_SWEEP', 'STUCK_SWEEP', 'ADMINISTRATOR', 'PAIRS', 'WORKER')),
  ended_actor_kind     varchar(20) CONSTRAINT batch_ended_actor_known CHECK (ended_actor_kind IN ('HUMAN', 'AUTOMATION')),
  ended_at             timestamp(6) with time zone,
  CONSTRAINT batch_counts_add_up CHECK (completed + failed <= sent AND sent <= total_budget),
  CONSTRAINT batch_one_text_has_no_budget CHECK (texts > 1 OR total_budget = 0),
  CONSTRAINT batch_decision_is_whole CHECK (
    (decision IS NULL AND decision_reason IS NULL AND decision_by IS NULL AND decided_at IS NULL)
    OR (decision IS NOT NULL AND decision_reason IS NOT NULL AND decision_by IS NOT NULL AND decided_at IS NOT NULL)),
  -- The coarse status, the fine state and the time of the end say the same.
  CONSTRAINT batch_end_is_whole CHECK (
    (state IN ('COMPLETED', 'FAILED', 'CANCELLED')) = (ended_at IS NOT NULL)
    AND (ended_at IS NOT NULL) = (ended_by IS NOT NULL)
    AND (ended_at IS NOT NULL) = (ended_actor_kind IS NOT NULL)
    AND (state = 'COMPLETED')
      = (status IN ('COMPLETE_STABLE', 'COMPLETE_MAX_COMPARISONS', 'COMPLETE_INSUFFICIENT_ESSAYS'))
    AND (state IN ('FAILED', 'CANCELLED')) = (status IN ('ERROR_PROCESSING', 'ERROR_ESSAY_PROCESSING'))),
  CONSTRAINT batch_cancelled_by_human CHECK (state <> 'CANCELLED' OR ended_actor_kind = 'HUMAN'),
  CONSTRAINT batch_failed_says_why CHECK (state <> 'FAILED' OR diagnostics IS NOT NULL),
  -- A ranking from nothing is none.
  CONSTRAINT batch_completed_on_answers CHECK (state <> 'COMPLETED' OR completed > 0 OR texts = 1)
);
CREATE INDEX batch_by_state ON batch (state, last_activity);
CREATE INDEX batch_by_time ON batch (created_at);

CREATE TABLE batch_text (
  batch_id    uuid NOT NULL CONSTRAINT batch_text_batch REFERENCES batch (id),
  id          uuid NOT NULL,
  position_no integer NOT NULL CONSTRAINT batch_text_position_positive CHECK (position_no >= 1),
  label       varchar(300) NOT NULL CONSTRAINT batch_text_label_not_blank CHECK (trim(label) <> ''),
  -- Either a version of an article, or a text of the batch's own.
  version_id  uuid CONSTRAINT batch_text_version REFERENCES article_version (id),
  media_type  varchar(50) CONSTRAINT batch_text_media_type CHECK (media_type IN ('text/markdown', 'text/plain')),
  body        text,
  CONSTRAINT batch_text_pk PRIMARY KEY (batch_id, id),
  CONSTRAINT batch_text_position UNIQUE (batch_id, position_no),
  CONSTRAINT batch_text_label UNIQUE (batch_id, label),
  CONSTRAINT batch_text_version_once UNIQUE (batch_id, version_id),
  CONSTRAINT batch_text_has_one_body CHECK (
    (version_id IS NULL) = (body IS NOT NULL) AND (body IS NULL) = (media_type IS NULL))
);

CREATE TABLE comparison (
  correlation_id uuid CONSTRAINT comparison_pk PRIMARY KEY,
  batch_id       uuid NOT NULL,
  number         integer NOT NULL CONSTRAINT comparison_number_positive CHECK (number >= 1),
  -- In the order in which they are shown.
  first_text     uuid NOT NULL,
  second_text    uuid NOT NULL,
  -- Who is asked, or who answered.
  judge          varchar(100) NOT NULL,
  -- How often it was asked about, and to whom it was given out last.
  requests       integer DEFAULT 1 NOT NULL CONSTRAINT comparison_requests_positive CHECK (requests >= 1),
  sent_at        timestamp(6) with time zone NOT NULL,
  given_at       timestamp(6) with time zone,
  status         varchar(20) DEFAULT 'SENT' NOT NULL
                 CONSTRAINT comparison_status_known CHECK (status IN ('SENT', 'COMPLETED', 'FAILED')),
  answer         varchar(10) CONSTRAINT comparison_answer_known CHECK (answer IN ('first', 'second', 'tie', 'error')),
  confidence     numeric(5, 4) CONSTRAINT comparison_confidence_range CHECK (confidence BETWEEN 0 AND 1),
  -- Whether it came after the ranking was begun: kept, and not counted.
  late           boolean DEFAULT false NOT NULL,
  answered_by    varchar(200),
  decided_at     timestamp(6) with time zone,
  CONSTRAINT comparison_number UNIQUE (batch_id, number),
  CONSTRAINT comparison_of_two CHECK (first_text <> second_text),
  CONSTRAINT comparison_first FOREIGN KEY (batch_id, first_text) REFERENCES batch_text (batch_id, id),
  CONSTRAINT comparison_second FOREIGN KEY (batch_id, second_text) REFERENCES batch_text (batch_id, id),
  CONSTRAINT comparison_answer_is_whole CHECK (
    (status = 'SENT' AND answer IS NULL AND answered_by IS NULL AND decided_at IS NULL AND confidence IS NULL AND NOT late)
    OR (status = 'COMPLETED' AND answer IN ('first', 'second', 'tie') AND answered_by IS NOT NULL AND decided_at IS NOT NULL)
    OR (status = 'FAILED' AND answer = 'error' AND answered_by IS NOT NULL AND decided_at IS NOT NULL))
);
CREATE INDEX comparison_of ON comparison (batch_id, status);

-- The latest estimate made while answers come in: what tells whether the ranking is stable.
CREATE TABLE batch_estimate (
  batch_id        uuid CONSTRAINT batch_estimate_pk PRIMARY KEY CONSTRAINT batch_estimate_batch REFERENCES batch (id),
  number          integer NOT NULL CONSTRAINT batch_estimate_number_positive CHECK (number >= 1),
  completed       integer NOT NULL,
  scores          json_document NOT NULL,
  -- How many estimates in a row have kept the order, and every score within the tolerance.
  steady          integer NOT NULL CONSTRAINT batch_estimate_steady_range CHECK (steady BETWEEN 0 AND number),
  largest_change  double precision,
  estimated_at    timestamp(6) with time zone NOT NULL
);

CREATE TABLE batch_result (
  batch_id    uuid NOT NULL,
  text_id     uuid NOT NULL,
  rank_no     integer NOT NULL CONSTRAINT batch_result_rank_positive CHECK (rank_no >= 1),
  score       double precision NOT NULL,
  se          double precision CONSTRAINT batch_result_se_not_negative CHECK (se >= 0),
  comparisons integer NOT NULL CONSTRAINT batch_result_comparisons_not_negative CHECK (comparisons >= 0),
  CONSTRAINT batch_result_pk PRIMARY KEY (batch_id, text_id),
  CONSTRAINT batch_result_rank UNIQUE (batch_id, rank_no),
  CONSTRAINT batch_result_text FOREIGN KEY (batch_id, text_id) REFERENCES batch_text (batch_id, id)
);

-- What was used: a batch is charged once, however often it is told.
CREATE TABLE entitlement_charge (
  batch_id     uuid CONSTRAINT entitlement_charge_pk PRIMARY KEY
               CONSTRAINT entitlement_charge_batch REFERENCES batch (id),
  event_id     uuid NOT NULL CONSTRAINT entitlement_charge_event UNIQUE,
  workspace_id varchar(200) NOT NULL,
  credits      integer NOT NULL CONSTRAINT entitlement_charge_not_negative CHECK (credits >= 0),
  charged_at   timestamp(6) with time zone NOT NULL
);
CREATE INDEX entitlement_charge_of ON entitlement_charge (workspace_id, charged_at);

-- The ledger hears of nothing but what it charges.
INSERT INTO outbox_subscriber (name, filtered) VALUES ('entitlements', true);
INSERT INTO outbox_subscription (subscriber, event_type) VALUES ('entitlements', 'ResourceConsumptionV1');
