-- What came of drawing each logo, once for its bytes; documents are drawn with that alone.

ALTER TABLE form_template
    ADD COLUMN logo_sha256 bytea GENERATED ALWAYS AS (sha256(logo)) STORED;
COMMENT ON COLUMN form_template.logo IS 'PNG, JPEG or SVG of at most 4 MB. It is never drawn with itself: what came of it stands in logo_drawing.';
COMMENT ON COLUMN form_template.logo_sha256 IS 'By which the logo is found in logo_drawing.';

CREATE TABLE logo_drawing (
    tenant_id bigint NOT NULL,
    sha256 bytea NOT NULL,
    refusal text,
    encoding text,
    width int,
    height int,
    aspect_ratio double precision,
    stream bytea,
    drawn_at timestamptz NOT NULL,
    CONSTRAINT logo_drawing_pk PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT logo_drawing_tenant FOREIGN KEY (tenant_id) REFERENCES tenant,
    CONSTRAINT logo_drawing_sha256 CHECK (octet_length(sha256) = 32),
    CONSTRAINT logo_drawing_outcome CHECK (
        num_nonnulls(encoding, width, height, aspect_ratio, stream)
            = CASE WHEN refusal IS NULL THEN 5 ELSE 0 END),
    CONSTRAINT logo_drawing_refusal CHECK (refusal IN
        ('not_a_picture', 'too_large', 'too_many_pixels', 'damaged', 'unsupported_jpeg',
         'without_size', 'letters', 'filters', 'outside_references', 'active_content',
         'too_complex', 'over_budget')),
    CONSTRAINT logo_drawing_encoding CHECK (encoding IN
        ('rows', 'jpeg_grey', 'jpeg_rgb', 'jpeg_cmyk', 'jpeg_inverted_cmyk')),
    CONSTRAINT logo_drawing_size CHECK (
        width > 0 AND height > 0 AND width::bigint * height <= 16000000),
    CONSTRAINT logo_drawing_aspect_ratio CHECK (aspect_ratio BETWEEN 0.01 AND 100),
    CONSTRAINT logo_drawing_stream CHECK (octet_length(stream) BETWEEN 1 AND 4194304)
);
COMMENT ON TABLE logo_drawing IS 'What the program draw-logo made of a logo''s bytes, once: an image as PDF holds it, or why there is none. Written by import, or by the first run that needs it; a row may be deleted, and is then made anew.';
COMMENT ON COLUMN logo_drawing.refusal IS 'A LogoFault; that the drawing did not come to its end is not kept, and is tried again.';
COMMENT ON COLUMN logo_drawing.stream IS 'Rows filtered as PNG does it and compressed, or a JPEG, as encoding says.';

GRANT SELECT ON logo_drawing TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT, DELETE ON logo_drawing TO budstikke_job;
ALTER TABLE logo_drawing ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON logo_drawing TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON logo_drawing FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);

-- Letters go through the same outbox as EHF, to a printing house or the letter tray.
ALTER TABLE ehf_outbox RENAME TO dispatch_outbox;
ALTER TABLE dispatch_outbox RENAME CONSTRAINT ehf_outbox_pk TO dispatch_outbox_pk;
ALTER TABLE dispatch_outbox RENAME CONSTRAINT ehf_outbox_dispatch TO dispatch_outbox_dispatch;
ALTER INDEX ehf_outbox_oldest RENAME TO dispatch_outbox_oldest;
COMMENT ON TABLE dispatch_outbox IS 'Dispatches by EHF and by letter that wait to be fetched; the row goes when that is done. The files are the dispatch''s attachments, the receiver of an EHF its recipient as scheme:number, that of a letter stands in dispatch_letter.';

CREATE TABLE dispatch_letter (
    tenant_id bigint NOT NULL,
    dispatch_id uuid NOT NULL,
    name text NOT NULL,
    address_lines text[] NOT NULL,
    postal_code text,
    city text NOT NULL,
    country text NOT NULL,
    CONSTRAINT dispatch_letter_pk PRIMARY KEY (tenant_id, dispatch_id),
    CONSTRAINT dispatch_letter_dispatch FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch,
    CONSTRAINT dispatch_letter_lines CHECK (
        cardinality(address_lines) BETWEEN 1 AND 3 AND '' <> ALL (address_lines)),
    CONSTRAINT dispatch_letter_one_line CHECK (
        name || array_to_string(address_lines, ' ', ' ') || coalesce(postal_code, '') || city
            !~ '[[:cntrl:]]'),
    CONSTRAINT dispatch_letter_country CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT dispatch_letter_complete CHECK (
        name <> '' AND city <> '' AND (postal_code <> '' OR country <> 'NO'))
);
COMMENT ON TABLE dispatch_letter IS 'Where a letter goes, fixed when it was queued.';

GRANT SELECT ON dispatch_letter TO budstikke_job, budstikke_reader, budstikke_console;
GRANT INSERT ON dispatch_letter TO budstikke_job;
ALTER TABLE dispatch_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY programs ON dispatch_letter TO budstikke_job, budstikke_reader USING (true);
CREATE POLICY one_tenant ON dispatch_letter FOR SELECT TO budstikke_console USING
    (tenant_id = nullif(current_setting('budstikke.tenant_id', true), '')::bigint);
