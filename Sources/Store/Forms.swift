package import FoundationEssentials
package import Invoicing
package import Postgres

/// The tables form_template and form_setup: which form a document type uses.
package struct Forms {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A form with its key.
    package struct Keyed: Hashable, Sendable {
        package var key: String
        package var form: FormTemplate
    }

    /// The forms in use, by tenant and document type.
    package func setUp(_ tenantIDs: [Int64]) throws -> [Int64: [DocumentType: Keyed]] {
        guard !tenantIDs.isEmpty else { return [:] }
        var forms: [Int64: [DocumentType: Keyed]] = [:]
        try connection.rows(
            """
            SELECT s.tenant_id, s.document_type, t.form_key, t.name, t.language, t.version,
                t.accent_colour, t.introduction, t.footer, t.columns, t.hidden_blocks,
                t.email_subject, t.email_text, t.logo_sha256 IS NOT NULL AS has_logo,
                \(LogoDrawings.columns)
            FROM form_setup AS s
            JOIN form_template AS t ON t.tenant_id = s.tenant_id AND t.form_key = s.form_key
            LEFT JOIN logo_drawing AS d
                ON d.tenant_id = t.tenant_id AND d.sha256 = t.logo_sha256
            WHERE s.tenant_id = ANY (\(tenantIDs))
            """
        ) { row in
            let type: DocumentType = try row["document_type"]
            let form = FormTemplate(
                name: try row["name"], documentType: type,
                language: try row["language"],
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

    /// A logo that has not been processed can't be drawn yet: it is left to the next run.
    private static func logo(_ row: Row) throws -> FormLogo? {
        guard try row["has_logo"] else { return nil }
        return try LogoDrawings.decode(row) ?? .unusable(.interrupted)
    }

    /// The table's own constraints admit only what is valid here.
    private static func columns(_ names: [String?]) throws -> FormColumns {
        try FormColumns(names.compactMap { $0.flatMap(FormColumn.init) })
    }

    private static func hiddenBlocks(_ names: [String?]) throws -> HiddenBlocks {
        try HiddenBlocks(names.compactMap { $0.flatMap(FormBlock.init) })
    }
}

extension Forms {
    /// The keys of a tenant's templates.
    package func keys(tenantID: Int64) throws -> [String] {
        try connection.rows(
            "SELECT form_key FROM form_template WHERE tenant_id = \(tenantID) ORDER BY form_key"
        ) { try $0["form_key"] }
    }

    /// Makes a template the form of its document type, which is returned; nil where there is no
    /// such template.
    package func choose(_ key: String, tenantID: Int64) throws -> DocumentType? {
        try connection.first(
            """
            INSERT INTO form_setup (tenant_id, document_type, form_key)
            SELECT tenant_id, document_type, form_key FROM form_template
            WHERE tenant_id = \(tenantID) AND form_key = \(key)
            ON CONFLICT ON CONSTRAINT form_setup_pk DO UPDATE SET form_key = excluded.form_key
            RETURNING document_type
            """
        ) { try $0["document_type"] }
    }
}

/// The table logo_drawing: the result of drawing each logo, once per content.
package struct LogoDrawings {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A logo, identified by its content.
    package struct Key: Hashable, Sendable {
        package var tenantID: Int64
        /// The SHA-256 of the logo's file: 32 bytes.
        package var sha256: [UInt8]

        package init(tenantID: Int64, sha256: [UInt8]) {
            self.tenantID = tenantID
            self.sha256 = sha256
        }
    }

    /// The logos of forms in use that have not been processed.
    package func missing(tenants: [Int64]) throws -> [Key] {
        guard !tenants.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT DISTINCT t.tenant_id, t.logo_sha256
            FROM form_setup AS s
            JOIN form_template AS t ON t.tenant_id = s.tenant_id AND t.form_key = s.form_key
            WHERE s.tenant_id = ANY (\(tenants)) AND t.logo_sha256 IS NOT NULL
                AND NOT EXISTS (
                    SELECT FROM logo_drawing AS d
                    WHERE d.tenant_id = t.tenant_id AND d.sha256 = t.logo_sha256)
            ORDER BY t.tenant_id, t.logo_sha256
            """
        ) { Key(tenantID: try $0["tenant_id"], sha256: try $0["logo_sha256"]) }
    }

    /// A logo's content, cut just beyond `bytesMax` so that an oversized one is recognised; nil
    /// where no form uses it any more.
    package func file(of key: Key, bytesMax: Int) throws -> [UInt8]? {
        try connection.first(
            """
            SELECT substring(logo FOR \(bytesMax + 1)::int) AS logo FROM form_template
            WHERE tenant_id = \(key.tenantID) AND logo_sha256 = \(key.sha256) LIMIT 1
            """
        ) { try $0["logo"] }
    }

    /// The result for a logo; nil where it has not been processed.
    package func outcome(of key: Key) throws -> FormLogo? {
        try connection.first(
            """
            SELECT \(Self.columns) FROM logo_drawing AS d
            WHERE d.tenant_id = \(key.tenantID) AND d.sha256 = \(key.sha256)
            """
        ) { try Self.decode($0) }.flatMap(\.self)
    }

    /// Stores the result for a logo, unless another run was first.
    package func keep(_ outcome: FormLogo, of key: Key, now: Date) throws {
        let (picture, refusal) = Self.parts(of: outcome)
        try connection.execute(
            """
            INSERT INTO logo_drawing
                (tenant_id, sha256, refusal, encoding, width, height, aspect_ratio, stream,
                 drawn_at)
            VALUES (\(key.tenantID), \(key.sha256), \(refusal),
                \(picture?.encoding), \(picture?.width)::int, \(picture?.height)::int,
                \(picture?.aspectRatio), \(picture?.stream), \(now))
            ON CONFLICT ON CONSTRAINT logo_drawing_pk DO NOTHING
            """)
    }

    private static func parts(of outcome: FormLogo) -> (LogoPicture?, LogoFault?) {
        switch outcome {
        case .picture(let picture): (picture, nil)
        case .unusable(let fault): (nil, fault)
        }
    }

    /// The columns of a result, from the table `d`.
    static let columns: Query =
        "d.refusal, d.encoding, d.width, d.height, d.aspect_ratio, d.stream"

    /// Decodes these columns beside others; nil where the row has none.
    static func decode(_ row: Row) throws -> FormLogo? {
        if let refusal: LogoFault = try row["refusal"] { return .unusable(refusal) }
        guard let encoding: LogoPicture.Encoding = try row["encoding"] else { return nil }
        return .picture(
            LogoPicture(
                encoding: encoding, width: try row["width"], height: try row["height"],
                aspectRatio: try row["aspect_ratio"], stream: try row["stream"]))
    }
}
