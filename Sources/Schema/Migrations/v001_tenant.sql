-- Who keeps books, who is told, who is invoiced. The host system writes these rows, or `import`.

CREATE TABLE tenant (
    tenant_id bigint NOT NULL,
    name text NOT NULL,
    organisation_number text,
    vat_registered boolean NOT NULL DEFAULT true,
    in_business_register boolean NOT NULL DEFAULT false,
    legal_form text,
    street text,
    postal_code text,
    city text,
    country text NOT NULL DEFAULT 'NO',
    language text NOT NULL DEFAULT 'nb',
    time_zone text NOT NULL DEFAULT 'Europe/Oslo',
    currency text NOT NULL DEFAULT 'NOK',
    account_number text,
    iban text,
    bic text,
    reply_to text,
    due_days int NOT NULL DEFAULT 14,
    kid_algorithm text NOT NULL DEFAULT 'mod10',
    kid_customer_digits int NOT NULL DEFAULT 0,
    kid_invoice_digits int NOT NULL DEFAULT 7,
    round_to_krone boolean NOT NULL DEFAULT false,
    catch_up_policy text NOT NULL DEFAULT 'each',
    catch_up_max int NOT NULL DEFAULT 12,
    in_doubt_policy text NOT NULL DEFAULT 'park',
    CONSTRAINT tenant_pk PRIMARY KEY (tenant_id),
    CONSTRAINT tenant_id_positive CHECK (tenant_id > 0),
    CONSTRAINT tenant_time_zone CHECK (
        timezone(time_zone, timestamptz '2000-01-01 00:00:00+00') IS NOT NULL),
    CONSTRAINT tenant_language CHECK (language IN ('nb', 'nn', 'en')),
    CONSTRAINT tenant_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT tenant_due_days CHECK (due_days BETWEEN 0 AND 365),
    CONSTRAINT tenant_kid_algorithm CHECK (kid_algorithm IN ('none', 'mod10', 'mod11')),
    CONSTRAINT tenant_kid_digits CHECK (
        kid_customer_digits BETWEEN 0 AND 20 AND kid_invoice_digits BETWEEN 1 AND 20
        AND kid_customer_digits + kid_invoice_digits BETWEEN 1 AND 24),
    CONSTRAINT tenant_catch_up_policy CHECK (catch_up_policy IN ('each', 'latest', 'ask')),
    CONSTRAINT tenant_catch_up_max CHECK (catch_up_max BETWEEN 1 AND 120),
    CONSTRAINT tenant_in_doubt_policy CHECK (in_doubt_policy IN ('park', 'resend'))
);
COMMENT ON TABLE tenant IS 'A company whose books are kept: the unit of isolation and of sharding. Tenant 0 does not stand here: it is the installation itself, in the tables that say so.';
COMMENT ON COLUMN tenant.time_zone IS 'Decides which day it is for the tenant; asked of PostgreSQL alone.';
COMMENT ON COLUMN tenant.in_business_register IS 'AS, ASA and NUF write Foretaksregisteret on their invoices (foretaksregisterloven § 10-2).';
COMMENT ON COLUMN tenant.in_doubt_policy IS 'What becomes of a submission in doubt where the provider can''t be asked: parked for a person, or sent again with the same Message-ID.';

CREATE TABLE app_user (
    tenant_id bigint NOT NULL,
    user_key text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    language text NOT NULL DEFAULT 'nb',
    CONSTRAINT app_user_pk PRIMARY KEY (tenant_id, user_key),
    CONSTRAINT app_user_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT app_user_language CHECK (language IN ('nb', 'nn', 'en'))
);
COMMENT ON TABLE app_user IS 'The users who create dispatches: told of failures by e-mail, bell and to-do.';

CREATE TABLE customer (
    tenant_id bigint NOT NULL,
    customer_number text NOT NULL,
    name text NOT NULL,
    email text,
    organisation_number text,
    street text,
    postal_code text,
    city text,
    country text NOT NULL DEFAULT 'NO',
    language text NOT NULL DEFAULT 'nb',
    due_days int,
    buyer_reference text,
    endpoint text,
    reverse_charge boolean NOT NULL DEFAULT false,
    CONSTRAINT customer_pk PRIMARY KEY (tenant_id, customer_number),
    CONSTRAINT customer_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT customer_language CHECK (language IN ('nb', 'nn', 'en')),
    CONSTRAINT customer_due_days CHECK (due_days BETWEEN 0 AND 365)
);
COMMENT ON TABLE customer IS 'Who is invoiced. The address is not checked here: a bad one is a precheck fault that its user is told of, not a row that the host system can''t write.';

CREATE TABLE vat_rate (
    tenant_id bigint NOT NULL,
    vat_code text NOT NULL,
    valid_from date NOT NULL,
    category text NOT NULL,
    rate numeric(9, 6) NOT NULL,
    description text NOT NULL DEFAULT '',
    CONSTRAINT vat_rate_pk PRIMARY KEY (tenant_id, vat_code, valid_from),
    CONSTRAINT vat_rate_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT vat_rate_category CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
    CONSTRAINT vat_rate_percent CHECK (rate BETWEEN 0 AND 100)
);
COMMENT ON TABLE vat_rate IS 'VAT rates by the day that they hold from; the newest on or before the issue date counts.';

CREATE TABLE number_series (
    tenant_id bigint NOT NULL,
    series text NOT NULL,
    first_number bigint NOT NULL,
    next_number bigint NOT NULL,
    CONSTRAINT number_series_pk PRIMARY KEY (tenant_id, series),
    CONSTRAINT number_series_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT number_series_order CHECK (first_number >= 1 AND next_number >= first_number)
);
COMMENT ON TABLE number_series IS 'The machine-assigned numbers (bokføringsforskriften § 5-1-3). The row is locked through the transaction that takes numbers from it: that is why there are no gaps, and why one process at a time generates for a tenant.';
