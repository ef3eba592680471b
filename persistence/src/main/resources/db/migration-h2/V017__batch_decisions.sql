-- Who opens the file is its administrator; automation never decides on a batch in his name.
CREATE TRIGGER batch_who_decides BEFORE UPDATE ON batch FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.AdministratorsDecisionTrigger';
