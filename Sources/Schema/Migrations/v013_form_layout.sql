-- Which columns a document's lines have, and which of its blocks it goes without. What the law
-- asks for (bokføringsforskriften §§ 5-1-1 and 5-1-2) is in no choice.

ALTER TABLE form_template
    ADD columns text[] NOT NULL
        DEFAULT '{description,quantity,unit,unit_price,vat_rate,amount}',
    ADD hidden_blocks text[] NOT NULL DEFAULT '{}',
    -- As many as there are different known ones: none unknown, and none twice.
    ADD CONSTRAINT form_template_columns_known CHECK (
        array_position(columns, NULL) IS NULL
        AND cardinality(columns)
            = ('item_number' = ANY (columns))::int + ('description' = ANY (columns))::int
            + ('quantity' = ANY (columns))::int + ('unit' = ANY (columns))::int
            + ('unit_price' = ANY (columns))::int + ('discount' = ANY (columns))::int
            + ('vat_rate' = ANY (columns))::int + ('amount' = ANY (columns))::int),
    ADD CONSTRAINT form_template_columns_lawful CHECK (
        columns @> '{description,quantity,amount}'),
    ADD CONSTRAINT form_template_columns_amount_last CHECK (
        columns[cardinality(columns)] = 'amount'),
    ADD CONSTRAINT form_template_hidden_blocks CHECK (
        hidden_blocks
            <@ '{return_address,references,carried_totals,payment_box,notes}'::text[]
        AND array_position(hidden_blocks, NULL) IS NULL);

COMMENT ON COLUMN form_template.columns IS 'The columns of the lines, from left to right; amount is the last.';
COMMENT ON COLUMN form_template.hidden_blocks IS 'The blocks that the document goes without; none that the law asks for can be named.';
