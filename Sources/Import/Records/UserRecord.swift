package import Invoicing

/// A user who creates dispatches and is told of their failures: one row of `users`.
package struct UserRecord: SetupRecord {
    package var key: String
    package var name: String
    /// Proved: failure e-mails go there.
    package var email: EmailAddress
    package var language: Language
}

extension UserRecord {
    enum Column: String, SetupColumn {
        case key = "user_key"
        case name, email, language
    }

    static var kind: SetupKind { .users }
    static var requiredColumns: [Column] { [.key, .name, .email] }
    static var keyColumn: Column { .key }

    var identity: [String] { [key] }

    init?(_ row: inout SetupRow<Column>) {
        key = row.requiredKey(.key)
        name = row.requiredLine(.name)
        language = row.choice(.language, Language.self) ?? .nb
        guard row.text(.email) != nil else {
            row.faultMissing(.email)
            return nil
        }
        guard let email = row.emailAddress(.email) else { return nil }
        self.email = email
    }
}
