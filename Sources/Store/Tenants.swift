package import Invoicing
package import Postgres

/// The table tenant, with the tenant's set-up that a run reads once.
package struct Tenants {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A tenant with the data that the jobs need.
    package struct Profile: Sendable {
        package var tenantID: Int64
        package var seller: Seller
        package var language: Language
        /// The header Reply-To of its e-mails; nil for none.
        package var replyTo: String?
        /// The most periods of an agreement that one run makes up for.
        package var catchUpMax: Int
    }

    /// Those of these tenants that exist.
    package func profiles(_ tenantIDs: [Int64]) throws -> [Int64: Profile] {
        guard !tenantIDs.isEmpty else { return [:] }
        var profiles: [Int64: Profile] = [:]
        try connection.rows(
            """
            SELECT tenant_id, name, organisation_number, vat_registered, in_business_register,
                legal_form, street, postal_code, city, country, language, currency,
                account_number, iban, bic, reply_to, due_days, kid_algorithm,
                kid_customer_digits, kid_invoice_digits, round_to_krone, catch_up_max
            FROM tenant WHERE tenant_id = ANY (\(tenantIDs))
            """
        ) { row in
            let profile = try profile(row)
            profiles[profile.tenantID] = profile
        }
        return profiles
    }

    private func profile(_ row: Row) throws -> Profile {
        let isVATRegistered: Bool = try row["vat_registered"]
        let accountNumber: String? = try row["account_number"]
        let iban: String? = try row["iban"]
        let bic: String? = try row["bic"]
        return Profile(
            tenantID: try row["tenant_id"],
            seller: Seller(
                party: try party(row, isVATRegistered: isVATRegistered),
                accounts: [
                    accountNumber.map { PaymentAccount(number: $0) },
                    iban.map { PaymentAccount(number: $0, bic: bic) },
                ].compactMap { $0 },
                kidAgreement: KIDAgreement(
                    algorithm: try row["kid_algorithm"],
                    customerDigits: try row["kid_customer_digits"],
                    invoiceDigits: try row["kid_invoice_digits"]),
                dueDays: try row["due_days"], roundsToKrone: try row["round_to_krone"],
                currency: try row["currency"]),
            language: try row["language"], replyTo: try row["reply_to"],
            catchUpMax: try row["catch_up_max"])
    }

    private func party(_ row: Row, isVATRegistered: Bool) throws -> Party {
        let organisation: String? = try row["organisation_number"]
        let country: String = try row["country"]
        let isNorwegian = country == "NO"
        return Party(
            name: try row["name"],
            organisationNumber: organisation.map {
                Identifier($0, scheme: isNorwegian ? "0192" : nil)
            },
            vatNumber: isVATRegistered && isNorwegian ? organisation.map { "NO\($0)MVA" } : nil,
            taxRegistration: try row["in_business_register"] ? "Foretaksregisteret" : nil,
            legalForm: try row["legal_form"],
            endpoint: isNorwegian ? organisation.map { Identifier($0, scheme: "0192") } : nil,
            address: Address(
                street: try row["street"], postalCode: try row["postal_code"],
                city: try row["city"], country: country))
    }
}

/// The table app_user: the users who are notified.
package struct Users {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A user who is notified about dispatches.
    package struct User: Sendable {
        package var tenantID: Int64
        /// The user's key, unique within the tenant.
        package var key: String
        package var name: String
        package var email: String
        package var language: Language
    }

    /// The users of these tenants.
    package func all(_ tenantIDs: [Int64]) throws -> [User] {
        guard !tenantIDs.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT tenant_id, user_key, name, email, language FROM app_user
            WHERE tenant_id = ANY (\(tenantIDs))
            """
        ) { row in
            User(
                tenantID: try row["tenant_id"], key: try row["user_key"],
                name: try row["name"], email: try row["email"],
                language: try row["language"])
        }
    }

    /// Whether there is a user of that key, with that tenant or with any.
    package func exists(_ key: String, tenantID: Int64?) throws -> Bool {
        try connection.first(
            """
            SELECT 1::bigint AS found FROM app_user
            WHERE user_key = \(key) AND (\(tenantID) IS NULL OR tenant_id = \(tenantID)) LIMIT 1
            """
        ) { try $0["found"] as Int } != nil
    }

    /// The keys of users, of that tenant or of any, at most a thousand.
    package func keys(tenantID: Int64?) throws -> [String] {
        try connection.rows(
            """
            SELECT DISTINCT user_key FROM app_user
            WHERE \(tenantID) IS NULL OR tenant_id = \(tenantID) ORDER BY user_key LIMIT 1000
            """
        ) { try $0["user_key"] }
    }
}
