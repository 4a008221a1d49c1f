import Postgres

extension SetupWriter {
    /// Forms; the version is raised where anything changed.
    package func formTemplates(_ c: Columns, logos: [[UInt8]?]) throws {
        try connection.execute(
            """
            INSERT INTO form_template AS f
                (tenant_id, form_key, name, document_type, language, accent_colour, logo,
                 introduction, footer, columns, hidden_blocks, email_subject, email_text)
            SELECT n.tenant_id, n.key, n.name, coalesce(n.document_type, 'invoice'),
                coalesce(n.language, 'nb'), coalesce(n.accent_colour, '#1f3a5f'), n.logo,
                n.introduction, n.footer,
                coalesce(n.columns::text[],
                    '{description,quantity,unit,unit_price,vat_rate,amount}'),
                coalesce(n.hidden_blocks::text[], '{}'), n.email_subject, n.email_text
            FROM unnest(
                \(c.tenants), \(c["key"]), \(c["name"]), \(c["document_type"]),
                \(c["language"]), \(c["accent_colour"]),
                \(logos), \(c["introduction"]),
                \(c["footer"]), \(c["columns"]), \(c["hidden_blocks"]),
                \(c["email_subject"]), \(c["email_text"]))
                AS n (tenant_id, key, name, document_type, language, accent_colour, logo,
                    introduction, footer, columns, hidden_blocks, email_subject, email_text)
            ON CONFLICT ON CONSTRAINT form_template_pk DO UPDATE
            SET name = excluded.name, document_type = excluded.document_type,
                language = excluded.language, accent_colour = excluded.accent_colour,
                logo = excluded.logo, introduction = excluded.introduction,
                footer = excluded.footer, columns = excluded.columns,
                hidden_blocks = excluded.hidden_blocks,
                email_subject = excluded.email_subject, email_text = excluded.email_text,
                version = f.version + 1
            WHERE (f.name, f.document_type, f.language, f.accent_colour, f.logo,
                    f.introduction, f.footer, f.columns, f.hidden_blocks, f.email_subject,
                    f.email_text)
                IS DISTINCT FROM (excluded.name, excluded.document_type, excluded.language,
                    excluded.accent_colour, excluded.logo, excluded.introduction,
                    excluded.footer, excluded.columns, excluded.hidden_blocks,
                    excluded.email_subject, excluded.email_text)
            """)
    }

    package func formSetup(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO form_setup (tenant_id, document_type, form_key)
            SELECT * FROM unnest(\(c.tenants), \(c["document_type"]), \(c["form_template"]))
            ON CONFLICT ON CONSTRAINT form_setup_pk DO UPDATE SET form_key = excluded.form_key
            """)
    }

    /// Plans with their steps; a plan whose rows name no channel is empty.
    package func sendPlans(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO send_plan (tenant_id, plan_key, name)
            SELECT DISTINCT ON (n.tenant_id, n.key) n.tenant_id, n.key, n.name
            FROM unnest(\(c.tenants), \(c["key"]), \(c["name"])) AS n (tenant_id, key, name)
            ORDER BY n.tenant_id, n.key
            ON CONFLICT ON CONSTRAINT send_plan_pk DO UPDATE SET name = excluded.name
            """)
        try connection.execute(
            """
            DELETE FROM send_plan_step AS s
            USING unnest(\(c.tenants), \(c["key"])) AS n (tenant_id, key)
            WHERE s.tenant_id = n.tenant_id AND s.plan_key = n.key
            """)
        try connection.execute(
            """
            INSERT INTO send_plan_step
                (tenant_id, plan_key, position, channel, retry_delays, attach_ehf)
            SELECT n.tenant_id, n.key, n.position::int, n.channel,
                coalesce(n.retry_delays::int[], '{14400,86400}'),
                coalesce(n.attach_ehf::boolean, false)
            FROM unnest(
                \(c.tenants), \(c["key"]), \(c["position"]), \(c["channel"]),
                \(c["retry_delays"]), \(c["attach_ehf"]))
                AS n (tenant_id, key, position, channel, retry_delays, attach_ehf)
            WHERE n.channel IS NOT NULL
            """)
    }
}
