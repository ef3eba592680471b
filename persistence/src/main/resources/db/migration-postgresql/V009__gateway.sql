-- The gateway: its tokens, and the deliveries of subscribers that connect and go.

-- Tokens and revocations are facts: rows are added, never changed. Of the secret only a hash is kept.
CREATE TABLE gateway_token (
  id         uuid CONSTRAINT gateway_token_pk PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  role_name  varchar(20) NOT NULL CONSTRAINT gateway_token_role_known CHECK (role_name IN ('console', 'judge', 'subscriber')),
  label      varchar(100) NOT NULL CONSTRAINT gateway_token_label_not_blank CHECK (trim(label) <> ''),
  hash       char(64) NOT NULL CONSTRAINT gateway_token_hash UNIQUE,
  actor_kind varchar(20) NOT NULL CONSTRAINT gateway_token_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id   varchar(200) NOT NULL,
  made_at    timestamp(6) with time zone NOT NULL
);
CREATE TABLE gateway_token_revocation (
  token_id   uuid CONSTRAINT gateway_token_revocation_pk PRIMARY KEY
             CONSTRAINT gateway_token_revocation_of REFERENCES gateway_token (id),
  actor_kind varchar(20) NOT NULL CONSTRAINT gateway_token_revocation_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id   varchar(200) NOT NULL,
  revoked_at timestamp(6) with time zone NOT NULL
);

-- What a subscriber wants: events of some types only (those that are named), from some sequence on.
ALTER TABLE outbox_subscriber ADD COLUMN filtered boolean DEFAULT false NOT NULL;
ALTER TABLE outbox_subscriber ADD COLUMN from_seq bigint DEFAULT 0 NOT NULL;
-- Whether events that were there before it have their deliveries.
ALTER TABLE outbox_subscriber ADD COLUMN filled boolean DEFAULT true NOT NULL;
-- The connection that gets its deliveries.
ALTER TABLE outbox_subscriber ADD COLUMN held_by varchar(200);
CREATE TABLE outbox_subscription (
  subscriber varchar(100) NOT NULL CONSTRAINT outbox_subscription_of REFERENCES outbox_subscriber (name),
  event_type varchar(100) NOT NULL,
  CONSTRAINT outbox_subscription_pk PRIMARY KEY (subscriber, event_type)
);

-- Where a delivery stands in line, beside it: what is acknowledged need not be read to find what is first of its aggregate.
ALTER TABLE outbox_delivery ADD COLUMN event_seq bigint;
ALTER TABLE outbox_delivery ADD COLUMN aggregate varchar(160);
UPDATE outbox_delivery SET
  event_seq = (SELECT e.seq FROM outbox_event e WHERE e.id = outbox_delivery.event_id),
  aggregate = (SELECT e.aggregate_type || ':' || e.aggregate_id FROM outbox_event e WHERE e.id = outbox_delivery.event_id);
ALTER TABLE outbox_delivery ALTER COLUMN event_seq SET NOT NULL;
ALTER TABLE outbox_delivery ALTER COLUMN aggregate SET NOT NULL;
CREATE INDEX outbox_delivery_line ON outbox_delivery (subscriber, event_seq)
  WHERE acked_at IS NULL AND skipped_at IS NULL;
CREATE INDEX outbox_delivery_aggregate ON outbox_delivery (subscriber, aggregate, event_seq)
  WHERE acked_at IS NULL AND skipped_at IS NULL;

CREATE TRIGGER gateway_token_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON gateway_token
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER gateway_token_revocation_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON gateway_token_revocation
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER gateway_token_sign BEFORE INSERT ON gateway_token FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER gateway_token_revocation_sign BEFORE INSERT ON gateway_token_revocation
  FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();

-- Administrators make tokens. Readers see who made which, and no hash.
GRANT INSERT ON gateway_token, gateway_token_revocation TO imprimatur_admin;
GRANT SELECT ON gateway_token, gateway_token_revocation TO imprimatur_worker;
GRANT SELECT (id, seq, role_name, label, actor_kind, actor_id, made_at) ON gateway_token TO imprimatur_reader;
GRANT SELECT ON gateway_token_revocation, outbox_subscription TO imprimatur_reader;
GRANT SELECT, INSERT, DELETE ON outbox_subscription TO imprimatur_worker;
