-- What a board tells is told in words, and an opportunity stands on what it stood on when it was made.

ALTER TABLE board ADD CONSTRAINT board_unblock_not_blank CHECK (unblock IS NULL OR unblock REGEXP '\S');
-- An object with a member at least; that it is JSON, its domain says.
ALTER TABLE board ADD CONSTRAINT board_diagnostics_say_something CHECK (
  diagnostics IS NULL OR diagnostics REGEXP '^\s*\{\s*"');

CREATE INDEX board_entry_of_opportunity ON board_entry (opportunity_id);

CREATE TRIGGER opportunity_evidence_final BEFORE INSERT ON opportunity_evidence FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.StandingOpportunityTrigger';
CREATE TRIGGER board_entry_has_evidence BEFORE INSERT ON board_entry FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.EvidencedEntryTrigger';
