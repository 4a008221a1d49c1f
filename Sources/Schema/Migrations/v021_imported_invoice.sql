-- What an imported invoice is known by, however its file spells the seller.

CREATE FUNCTION party_number(country text, scheme text, number text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN plain = '' THEN NULL
        WHEN scheme IN ('0192', '9908', '') AND plain ~ '^(NO)?[0-9]{9}(MVA)?$'
            AND (scheme <> '' OR country = 'NO' OR plain ~ '^NO')
            THEN 'NO:' || substring(plain FROM '[0-9]{9}')
        WHEN scheme = '0088' THEN 'GLN:' || plain
        WHEN plain ~ '^(EL|GR)[0-9]' THEN 'GR:' || substr(plain, 3)
        WHEN plain ~ '^[A-Z]{2}.*[0-9]' THEN left(plain, 2) || ':' || substr(plain, 3)
        ELSE country || ':' || plain
    END
    FROM upper(regexp_replace(number, '[^0-9A-Za-z]', '', 'g')) AS plain
$$;
COMMENT ON FUNCTION party_number(text, text, text) IS 'A number of a company by its country and without its dress: NO:123456785 for 123 456 785, NO123456785MVA and 0192:123456785 alike.';

CREATE FUNCTION seller_identity(seller jsonb)
RETURNS TABLE (seller_key text, vat_key text, has_organisation boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT coalesce(organisation, vat, address, 'name:' || country || ':' || name),
        vat, organisation IS NOT NULL
    FROM (
        SELECT upper(coalesce(nullif(btrim(seller #>> '{address,country}'), ''), 'NO')) AS country,
            lower(regexp_replace(btrim(coalesce(seller ->> 'name', '')), '\s+', ' ', 'g')) AS name
    ) AS p
    CROSS JOIN LATERAL (
        SELECT party_number(p.country, coalesce(seller #>> '{organisationNumber,scheme}', ''),
                seller #>> '{organisationNumber,value}') AS organisation,
            party_number(p.country, '', seller ->> 'vatNumber') AS vat,
            CASE WHEN seller #>> '{endpoint,scheme}' IN ('0192', '9908', '0088')
                THEN party_number(p.country, seller #>> '{endpoint,scheme}',
                    seller #>> '{endpoint,value}')
                ELSE (seller #>> '{endpoint,scheme}') || ':'
                    || lower(btrim(seller #>> '{endpoint,value}')) END AS address
    ) AS k
$$;
COMMENT ON FUNCTION seller_identity(jsonb) IS 'Who a seller is: by its organisation number; else its VAT number, its electronic address, its name.';

CREATE TABLE imported_invoice (
    tenant_id bigint NOT NULL,
    seller_key text NOT NULL,
    document_type text NOT NULL,
    number text NOT NULL,
    issue_year int NOT NULL,
    vat_key text,
    has_organisation boolean NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT imported_invoice_pk
        PRIMARY KEY (tenant_id, seller_key, document_type, number, issue_year),
    CONSTRAINT imported_invoice_once UNIQUE (tenant_id, invoice_id),
    CONSTRAINT imported_invoice_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
);
COMMENT ON TABLE imported_invoice IS 'What decides whether a file is an invoice that was imported before: its seller, its kind, its number and the year that it was issued in.';
COMMENT ON COLUMN imported_invoice.vat_key IS 'The same seller in a file that leaves the organisation number out.';
CREATE INDEX imported_invoice_number
    ON imported_invoice (tenant_id, document_type, number, issue_year);

-- The oldest of each stands for all of its spellings.
INSERT INTO imported_invoice
    (tenant_id, seller_key, document_type, number, issue_year, vat_key, has_organisation,
     invoice_id)
SELECT DISTINCT ON (i.tenant_id, s.seller_key, i.document_type, i.number, y.issue_year)
    i.tenant_id, s.seller_key, i.document_type, i.number, y.issue_year, s.vat_key,
    s.has_organisation, i.invoice_id
FROM invoice AS i
CROSS JOIN LATERAL seller_identity(i.content -> 'seller') AS s
CROSS JOIN LATERAL (SELECT extract(year FROM i.issue_date)::int) AS y (issue_year)
WHERE i.series LIKE 'import:%'
ORDER BY i.tenant_id, s.seller_key, i.document_type, i.number, y.issue_year, i.created_at,
    i.invoice_id;
DELETE FROM imported_invoice AS later
USING imported_invoice AS earlier, invoice AS l, invoice AS e
WHERE later.tenant_id = earlier.tenant_id AND later.document_type = earlier.document_type
    AND later.number = earlier.number AND later.issue_year = earlier.issue_year
    AND later.vat_key = earlier.vat_key
    AND NOT (later.has_organisation AND earlier.has_organisation)
    AND l.tenant_id = later.tenant_id AND l.invoice_id = later.invoice_id
    AND e.tenant_id = earlier.tenant_id AND e.invoice_id = earlier.invoice_id
    AND (e.created_at, e.invoice_id) < (l.created_at, l.invoice_id);

CREATE VIEW double_invoice WITH (security_invoker = true) AS
SELECT i.tenant_id, i.invoice_id, i.document_type, i.number, i.issue_date, i.buyer_name,
    i.payable, i.currency, i.created_at, f.invoice_id AS first_invoice_id,
    EXISTS (
        SELECT FROM ongoing_dispatch AS o
        WHERE o.tenant_id = i.tenant_id AND o.invoice_id = i.invoice_id) AS is_going_out
FROM invoice AS i
CROSS JOIN LATERAL seller_identity(i.content -> 'seller') AS s
JOIN imported_invoice AS f ON f.tenant_id = i.tenant_id
    AND f.document_type = i.document_type AND f.number = i.number
    AND f.issue_year = extract(year FROM i.issue_date)::int
    AND (f.seller_key = s.seller_key
        OR (f.vat_key = s.vat_key AND NOT (f.has_organisation AND s.has_organisation)))
WHERE i.series LIKE 'import:%' AND NOT EXISTS (
    SELECT FROM imported_invoice AS k
    WHERE k.tenant_id = i.tenant_id AND k.invoice_id = i.invoice_id);
COMMENT ON VIEW double_invoice IS 'Invoices that were imported twice, by spellings of one seller that were taken for two. Nothing more is sent of them by itself.';

CREATE VIEW passed_number WITH (security_invoker = true) AS
SELECT t.tenant_id, max(i.number::bigint) AS number
FROM tenant AS t
CROSS JOIN LATERAL seller_identity(jsonb_build_object(
    'name', t.name, 'address', jsonb_build_object('country', t.country),
    'organisationNumber', jsonb_build_object('value', t.organisation_number))) AS s
JOIN imported_invoice AS i ON i.tenant_id = t.tenant_id AND i.seller_key = s.seller_key
WHERE i.number ~ '^[0-9]{1,15}$'
GROUP BY t.tenant_id;
COMMENT ON VIEW passed_number IS 'The highest number that a tenant has imported as the seller: its own series begins above it.';

-- None of them goes out by itself any more.
DELETE FROM automatic_dispatch AS a USING double_invoice AS d
WHERE d.tenant_id = a.tenant_id AND d.invoice_id = a.invoice_id;

GRANT SELECT ON imported_invoice, double_invoice, passed_number
    TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT ON imported_invoice TO budstikke_job;
ALTER TABLE imported_invoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON imported_invoice TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON imported_invoice FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);
