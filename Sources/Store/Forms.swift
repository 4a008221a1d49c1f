package import Invoicing
package import Postgres

/// The tables form_template and form_setup: which form a document type uses.
package struct Forms {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A form with the key that it has in the set-up.
    package struct Keyed: Hashable, Sendable {
        package var key: String
        package var form: FormTemplate
    }

    /// The forms that are set up, by tenant and document type.
    package func setUp(_ tenantIDs: [Int64]) throws -> [Int64: [DocumentType: Keyed]] {
        guard !tenantIDs.isEmpty else { return [:] }
        var forms: [Int64: [DocumentType: Keyed]] = [:]
        try connection.rows(
            """
            SELECT s.tenant_id, s.document_type, t.form_key, t.name, t.language, t.version,
                t.accent_colour, t.introduction, t.footer, t.columns, t.hidden_blocks,
                t.email_subject, t.email_text, t.logo_sha256 IS NOT NULL AS has_logo,
                d.refusal, d.encoding, d.width, d.height, d.aspect_ratio, d.stream
            FROM form_setup AS s
            JOIN form_template AS t ON t.tenant_id = s.tenant_id AND t.form_key = s.form_key
            LEFT JOIN logo_drawing AS d
                ON d.tenant_id = t.tenant_id AND d.sha256 = t.logo_sha256
            WHERE s.tenant_id = ANY (\(tenantIDs))
            """
        ) { row in
            guard let type = DocumentType(rawValue: try row["document_type"]) else { return }
            let form = FormTemplate(
                name: try row["name"], documentType: type,
                language: Language(rawValue: try row["language"]) ?? .nb,
                version: try row["version"], accentColour: try row["accent_colour"],
                logo: try Self.logo(row), introduction: try row["introduction"],
                footer: try row["footer"], columns: try Self.columns(row["columns"]),
                hiddenBlocks: try Self.hiddenBlocks(row["hidden_blocks"]),
                emailSubject: try row["email_subject"], emailText: try row["email_text"])
            forms[try row["tenant_id"], default: [:]][type] = Keyed(
                key: try row["form_key"], form: form)
        }
        return forms
    }

    /// A logo of which nothing came yet can't be drawn with: it is the next run's.
    private static func logo(_ row: Row) throws -> FormLogo? {
        guard try row["has_logo"] else { return nil }
        return try LogoDrawings.decode(row) ?? .unusable(.interrupted)
    }

    /// The table's own constraints let in nothing else than what is sound here.
    private static func columns(_ names: [String?]) throws -> FormColumns {
        try FormColumns(names.compactMap { $0.flatMap(FormColumn.init) })
    }

    private static func hiddenBlocks(_ names: [String?]) throws -> HiddenBlocks {
        try HiddenBlocks(names.compactMap { $0.flatMap(FormBlock.init) })
    }
}
