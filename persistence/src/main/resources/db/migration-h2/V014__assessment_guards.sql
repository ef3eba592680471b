-- What has been answered, ranked, charged or ended is never changed.
CREATE TRIGGER batch_final BEFORE UPDATE, DELETE ON batch FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.EndedRowTrigger';
CREATE TRIGGER batch_text_immutable BEFORE UPDATE, DELETE ON batch_text FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';
CREATE TRIGGER comparison_answered BEFORE INSERT, UPDATE, DELETE ON comparison FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.AnsweredRowTrigger';
CREATE TRIGGER batch_result_guard BEFORE INSERT, UPDATE, DELETE ON batch_result FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ScoringRowTrigger';
CREATE TRIGGER entitlement_charge_immutable BEFORE UPDATE, DELETE ON entitlement_charge FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';

GRANT SELECT, INSERT, UPDATE ON batch, comparison, batch_estimate TO imprimatur_app;
GRANT SELECT, INSERT ON batch_text, batch_result, entitlement_charge TO imprimatur_app;

-- People make batches; automation carries them to their end.
GRANT SELECT, UPDATE ON batch TO imprimatur_worker;
GRANT SELECT, INSERT, UPDATE ON comparison, batch_estimate TO imprimatur_worker;
GRANT SELECT ON batch_text TO imprimatur_worker;
GRANT SELECT, INSERT ON batch_result, entitlement_charge TO imprimatur_worker;
