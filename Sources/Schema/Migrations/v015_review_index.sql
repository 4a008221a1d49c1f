-- The bounces that a person had better look at, without reading all the others.

CREATE INDEX delivery_event_for_review
    ON delivery_event (occurred_at DESC, tenant_id, provider, event_key)
    WHERE class IS NOT NULL AND confidence < 0.7;
COMMENT ON INDEX delivery_event_for_review IS 'In the order of `budstikke list review`; what is judged on enough, which is nearly all, is not in it.';
