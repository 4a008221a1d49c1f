package import Invoicing
package import Postgres

/// The table app_user: who is told.
package struct Users {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct User: Sendable {
        package var tenantID: Int64
        package var key: String
        package var name: String
        package var email: String
        package var language: Language
    }

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
                language: Language(rawValue: try row["language"]) ?? .nb)
        }
    }
}
