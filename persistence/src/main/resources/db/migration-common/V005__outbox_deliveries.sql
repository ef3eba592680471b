-- What a delivery may come to besides being acknowledged, and how often it was handed over.

-- Parked after too many failed attempts; waits for a person.
ALTER TABLE outbox_delivery ADD COLUMN dead_at timestamp(6) with time zone;
-- Given up by a person.
ALTER TABLE outbox_delivery ADD COLUMN skipped_at timestamp(6) with time zone;
-- Hand-overs begun, over all replays. It never falls: the fencing token of a claim.
ALTER TABLE outbox_delivery ADD COLUMN publish_count integer DEFAULT 0 NOT NULL;
UPDATE outbox_delivery SET publish_count = attempts;

ALTER TABLE outbox_delivery ADD CONSTRAINT outbox_delivery_one_end CHECK (
  (acked_at IS NULL OR dead_at IS NULL) AND (acked_at IS NULL OR skipped_at IS NULL)
  AND (dead_at IS NULL OR skipped_at IS NULL));
ALTER TABLE outbox_delivery ADD CONSTRAINT outbox_delivery_acked_was_sent CHECK (
  acked_at IS NULL OR (claimed_at IS NOT NULL AND sent_at IS NOT NULL));
ALTER TABLE outbox_delivery ADD CONSTRAINT outbox_delivery_attempts_not_negative CHECK (attempts >= 0);
