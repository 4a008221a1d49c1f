-- What is watched is counted by when it came, without reading all history.

CREATE INDEX delivery_event_by_storing ON delivery_event USING brin (stored_at);
COMMENT ON INDEX delivery_event_by_storing IS 'Rows come in the order of this column, so that a few pages tell where a day begins.';
