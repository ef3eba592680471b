-- The Today board: brands, what is known of their world (evidence), and the opportunities that stand on it.

CREATE TABLE brand (
  id           uuid CONSTRAINT brand_pk PRIMARY KEY,
  workspace_id varchar(200) NOT NULL CONSTRAINT brand_workspace_not_blank CHECK (trim(workspace_id) <> ''),
  name         varchar(100) NOT NULL CONSTRAINT brand_name_not_blank CHECK (trim(name) <> ''),
  name_key     varchar(100) NOT NULL CONSTRAINT brand_name UNIQUE,
  -- How often a board was asked for; names the latest job.
  generations  integer DEFAULT 0 NOT NULL CONSTRAINT brand_generations_not_negative CHECK (generations >= 0),
  actor_id     varchar(200) NOT NULL,
  created_at   timestamp(6) with time zone NOT NULL,
  CONSTRAINT brand_name_key_is_lower CHECK (name_key = lower(name))
);

-- What a brand is about (pillars) and for whom (personas).
CREATE TABLE brand_context (
  brand_id    uuid NOT NULL CONSTRAINT brand_context_brand REFERENCES brand (id),
  kind        varchar(10) NOT NULL CONSTRAINT brand_context_kind_known CHECK (kind IN ('pillar', 'persona')),
  position_no integer NOT NULL CONSTRAINT brand_context_position_positive CHECK (position_no >= 1),
  body        varchar(200) NOT NULL CONSTRAINT brand_context_not_blank CHECK (trim(body) <> ''),
  CONSTRAINT brand_context_pk PRIMARY KEY (brand_id, kind, position_no),
  CONSTRAINT brand_context_once UNIQUE (brand_id, kind, body)
);

CREATE TABLE evidence_item (
  id           uuid CONSTRAINT evidence_item_pk PRIMARY KEY,
  brand_id     uuid NOT NULL CONSTRAINT evidence_item_brand REFERENCES brand (id),
  -- Who the item is, across imports: it comes in once.
  source_key   varchar(512) NOT NULL CONSTRAINT evidence_item_key_not_blank CHECK (trim(source_key) <> ''),
  format       varchar(10) NOT NULL CONSTRAINT evidence_item_format_known CHECK (format IN ('jsonl', 'csv', 'feed')),
  title        varchar(300) NOT NULL CONSTRAINT evidence_item_title_not_blank CHECK (trim(title) <> ''),
  summary      varchar(4000) NOT NULL,
  url          varchar(2000),
  -- When it was published, as its source says; null where it says nothing.
  published_at timestamp(6) with time zone,
  imported_at  timestamp(6) with time zone NOT NULL,
  actor_id     varchar(200) NOT NULL,
  CONSTRAINT evidence_item_once UNIQUE (brand_id, source_key),
  CONSTRAINT evidence_item_of_brand UNIQUE (id, brand_id)
);
CREATE INDEX evidence_item_by_time ON evidence_item (brand_id, imported_at);

CREATE TABLE opportunity (
  id               uuid CONSTRAINT opportunity_pk PRIMARY KEY,
  brand_id         uuid NOT NULL,
  title            varchar(400) NOT NULL CONSTRAINT opportunity_title_not_blank CHECK (trim(title) <> ''),
  pillar           varchar(200) NOT NULL,
  persona          varchar(200) NOT NULL,
  -- What it is about, for the novelty of later ones; separated by spaces.
  terms            varchar(2000) NOT NULL,
  -- It stands on this item at least.
  lead_evidence_id uuid NOT NULL,
  -- The arithmetic, which adds up; how each part came about stands in the reasons.
  volume_points    numeric(5, 2) NOT NULL CONSTRAINT opportunity_volume_range CHECK (volume_points BETWEEN 0 AND 35),
  recency_points   numeric(5, 2) NOT NULL CONSTRAINT opportunity_recency_range CHECK (recency_points BETWEEN 0 AND 25),
  novelty_points   numeric(5, 2) NOT NULL CONSTRAINT opportunity_novelty_range CHECK (novelty_points BETWEEN 0 AND 20),
  persona_points   numeric(5, 2) NOT NULL CONSTRAINT opportunity_persona_range CHECK (persona_points BETWEEN 0 AND 20),
  score            numeric(5, 2) NOT NULL,
  reasons          json_document NOT NULL,
  CONSTRAINT opportunity_of_brand UNIQUE (id, brand_id),
  CONSTRAINT opportunity_stands_on FOREIGN KEY (lead_evidence_id, brand_id) REFERENCES evidence_item (id, brand_id),
  CONSTRAINT opportunity_adds_up CHECK (score = volume_points + recency_points + novelty_points + persona_points)
);

CREATE TABLE opportunity_evidence (
  opportunity_id uuid NOT NULL,
  brand_id       uuid NOT NULL,
  position_no    integer NOT NULL CONSTRAINT opportunity_evidence_position_positive CHECK (position_no >= 1),
  evidence_id    uuid NOT NULL,
  CONSTRAINT opportunity_evidence_pk PRIMARY KEY (opportunity_id, position_no),
  CONSTRAINT opportunity_evidence_once UNIQUE (opportunity_id, evidence_id),
  CONSTRAINT opportunity_evidence_opportunity FOREIGN KEY (opportunity_id, brand_id) REFERENCES opportunity (id, brand_id),
  CONSTRAINT opportunity_evidence_item FOREIGN KEY (evidence_id, brand_id) REFERENCES evidence_item (id, brand_id)
);

-- What stands on a board, written before the board itself: the board names its last entry, and each entry the one before it.
-- So a board has as many opportunities as it says, whatever wrote it, with no trigger and nothing deferred.
CREATE TABLE board_entry (
  board_id       uuid NOT NULL,
  brand_id       uuid NOT NULL,
  position_no    integer NOT NULL CONSTRAINT board_entry_position_positive CHECK (position_no >= 1),
  previous_no    integer,
  opportunity_id uuid NOT NULL,
  CONSTRAINT board_entry_pk PRIMARY KEY (board_id, brand_id, position_no),
  CONSTRAINT board_entry_position UNIQUE (board_id, position_no),
  CONSTRAINT board_entry_once UNIQUE (board_id, opportunity_id),
  CONSTRAINT board_entry_opportunity FOREIGN KEY (opportunity_id, brand_id) REFERENCES opportunity (id, brand_id),
  CONSTRAINT board_entry_follows FOREIGN KEY (board_id, brand_id, previous_no)
    REFERENCES board_entry (board_id, brand_id, position_no),
  CONSTRAINT board_entry_no_gap CHECK (
    (position_no = 1) = (previous_no IS NULL) AND (previous_no IS NULL OR previous_no = position_no - 1))
);

CREATE TABLE board (
  id            uuid CONSTRAINT board_pk PRIMARY KEY,
  brand_id      uuid NOT NULL CONSTRAINT board_brand REFERENCES brand (id),
  number        integer NOT NULL CONSTRAINT board_number_positive CHECK (number >= 1),
  -- Whoever made it; a job makes one. Jobs are forgotten in time, boards are not.
  job_id        uuid NOT NULL CONSTRAINT board_job UNIQUE,
  state         varchar(30) NOT NULL CONSTRAINT board_state_known CHECK (state IN
                ('READY', 'INSUFFICIENT_EVIDENCE', 'ERROR')),
  ready_reason  varchar(30) CONSTRAINT board_ready_reason_known CHECK (ready_reason IN
                ('generated', 'gates_only_no_synthesis', 'no_valid_candidates', 'empty_brand_context')),
  -- How many, and so the position of the last; null where there are none.
  opportunities integer CONSTRAINT board_opportunities_positive CHECK (opportunities >= 1),
  -- Why it is as it is, for programs and in numbers; what would change it.
  why_code      varchar(60) NOT NULL CONSTRAINT board_why_not_blank CHECK (trim(why_code) <> ''),
  facts         json_document NOT NULL,
  unblock       varchar(1000),
  diagnostics   json_document,
  generated_at  timestamp(6) with time zone NOT NULL,
  CONSTRAINT board_number UNIQUE (brand_id, number),
  CONSTRAINT board_last_entry FOREIGN KEY (id, brand_id, opportunities)
    REFERENCES board_entry (board_id, brand_id, position_no),
  CONSTRAINT board_ready_has_reason CHECK ((state = 'READY') = (ready_reason IS NOT NULL)),
  CONSTRAINT board_generated_has_opportunities CHECK (
    (CASE WHEN ready_reason = 'generated' THEN 1 ELSE 0 END) = (CASE WHEN opportunities IS NULL THEN 0 ELSE 1 END)),
  CONSTRAINT board_says_what_to_do CHECK (opportunities IS NOT NULL OR unblock IS NOT NULL),
  CONSTRAINT board_error_is_told CHECK (state <> 'ERROR' OR diagnostics IS NOT NULL)
);

-- What was seen and shown stays as it was.
CREATE TRIGGER evidence_item_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_item
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER opportunity_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON opportunity
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER opportunity_evidence_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON opportunity_evidence
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER board_entry_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON board_entry
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER board_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON board
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();

CREATE TRIGGER brand_sign BEFORE INSERT OR UPDATE ON brand FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_actor();
CREATE TRIGGER evidence_item_sign BEFORE INSERT ON evidence_item FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_actor();

GRANT SELECT ON brand, brand_context, evidence_item, opportunity, opportunity_evidence, board_entry, board
  TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
-- People say what a brand is and bring evidence; automation makes boards.
GRANT INSERT ON brand, brand_context, evidence_item TO imprimatur_reviewer;
GRANT UPDATE (generations) ON brand TO imprimatur_worker;
GRANT INSERT ON opportunity, opportunity_evidence, board_entry, board TO imprimatur_worker;
