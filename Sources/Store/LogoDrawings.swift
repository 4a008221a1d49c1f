package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table logo_drawing: what came of each logo, once for its bytes.
package struct LogoDrawings {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A logo, by its bytes.
    package struct Key: Hashable, Sendable {
        package var tenantID: Int64
        package var sha256: [UInt8]

        package init(tenantID: Int64, sha256: [UInt8]) {
            self.tenantID = tenantID
            self.sha256 = sha256
        }
    }

    /// The logos of forms that are set up of which nothing came yet.
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

    /// A logo's bytes, but no more of them than tell that they are too many; nil where no form has
    /// it any more.
    package func file(of key: Key, bytesMax: Int) throws -> [UInt8]? {
        try connection.first(
            """
            SELECT substring(logo FOR \(bytesMax + 1)::int) AS logo FROM form_template
            WHERE tenant_id = \(key.tenantID) AND logo_sha256 = \(key.sha256) LIMIT 1
            """
        ) { try $0["logo"] }
    }

    /// What came of a logo; nil for nothing yet.
    package func outcome(of key: Key) throws -> FormLogo? {
        try connection.first(
            """
            SELECT refusal, encoding, width, height, aspect_ratio, stream FROM logo_drawing
            WHERE tenant_id = \(key.tenantID) AND sha256 = \(key.sha256)
            """
        ) { try Self.decode($0) }.flatMap(\.self)
    }

    /// Keeps what came of a logo, unless another run was first.
    package func keep(_ outcome: FormLogo, of key: Key, now: Date) throws {
        let (picture, refusal) = Self.parts(of: outcome)
        try connection.execute(
            """
            INSERT INTO logo_drawing
                (tenant_id, sha256, refusal, encoding, width, height, aspect_ratio, stream,
                 drawn_at)
            VALUES (\(key.tenantID), \(key.sha256), \(refusal?.rawValue),
                \(picture?.encoding.rawValue), \(picture?.width)::int, \(picture?.height)::int,
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

    /// Reads the columns of the table beside others; nil where there is no row of it.
    static func decode(_ row: Row) throws -> FormLogo? {
        if let refusal: String = try row["refusal"] {
            return .unusable(LogoFault(rawValue: refusal) ?? .damaged)
        }
        guard let name: String = try row["encoding"],
            let encoding = LogoPicture.Encoding(rawValue: name)
        else { return nil }
        return .picture(
            LogoPicture(
                encoding: encoding, width: try row["width"], height: try row["height"],
                aspectRatio: try row["aspect_ratio"], stream: try row["stream"]))
    }
}
