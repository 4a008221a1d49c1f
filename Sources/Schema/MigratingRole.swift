import Postgres

/// The role that migrates, which has to own the tables and needs no right beyond that.
///
/// Roles belong to the server. A role that may not make any migrates all the same, once somebody who
/// may has run roles.sql.
struct MigratingRole {
    let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// The roles that the steps grant rights to; steps 10 and 34 make those that are missing.
    private static let granted = [
        "budstikke_console", "budstikke_job", "budstikke_pruner", "budstikke_reader",
    ]

    /// Throws before anything is changed where the steps would be refused halfway.
    func check() throws {
        let found = try connection.first(
            """
            SELECT current_user::text AS role, r.rolcreaterole OR r.rolsuper AS makes_roles,
                pg_get_userbyid(coalesce(n.nspowner, d.datdba))::text AS owner,
                CASE WHEN n.oid IS NULL THEN has_database_privilege(d.oid, 'CREATE')
                    ELSE pg_has_role(n.nspowner, 'USAGE') END AS may_migrate
            FROM pg_database AS d JOIN pg_roles AS r ON r.rolname = current_user
            LEFT JOIN pg_namespace AS n ON n.nspname = 'budstikke'
            WHERE d.datname = current_database()
            """
        ) {
            (
                role: try $0["role"] as String, makesRoles: try $0["makes_roles"] as Bool,
                owner: try $0["owner"] as String, mayMigrate: try $0["may_migrate"] as Bool
            )
        }
        guard let found else { return }
        guard found.mayMigrate else {
            throw MigrationError.notTheOwner(role: found.role, owner: found.owner)
        }
        guard !found.makesRoles else { return }
        let missing = try connection.rows(
            """
            SELECT name FROM unnest(\(Self.granted)) AS g (name)
            WHERE NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = g.name)
            """
        ) { try $0["name"] as String }
        guard missing.isEmpty else {
            throw MigrationError.missingRoles(role: found.role, missing: missing)
        }
    }
}
