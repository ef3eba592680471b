-- What a column that holds JSON is called on both databases.
CREATE DOMAIN json_document AS jsonb;
