/// The table that a kind of set-up file is written in, by the names that its columns have there.
package struct SetupTarget: Sendable {
    /// The table; its primary key's constraint is named after it.
    let table: String
    /// The file's columns, `tenant_id` excepted.
    let columns: [String]
    /// Those that tell one row from another, beside the tenant.
    let keys: [String]
    private let renamed: [String: String]
    /// Columns of the table that no text of the file is cast to: by their names, the file's column
    /// that they follow and the SQL that gives the value from a row `n`.
    let reckoned: [String: (file: String, value: String)]
    /// What the layout has beside the file's columns, for values that are read elsewhere.
    let extras: String

    /// A table whose columns are named as the file's, but for those that are renamed.
    package init(
        _ table: String, columns: [String], keys: [String], renamed: [String: String] = [:]
    ) {
        self.init(
            table, columns: columns, keys: keys, renamed: renamed, reckoned: [:], extras: "")
    }

    private init(
        _ table: String, columns: [String], keys: [String], renamed: [String: String],
        reckoned: [String: (file: String, value: String)], extras: String
    ) {
        self.table = table
        self.columns = columns
        self.keys = keys
        self.renamed = renamed
        self.reckoned = reckoned
        self.extras = extras
    }

    /// The forms, whose logos are files.
    package static func forms(columns: [String], keys: [String]) -> SetupTarget {
        SetupTarget(
            "form_template", columns: columns, keys: keys, renamed: ["key": "form_key"],
            reckoned: ["logo": ("logo", "n.file_content")], extras: ", file_content bytea")
    }

    /// The agreements' attachments, whose files are kept by what they are.
    package static func attachments(columns: [String], keys: [String]) -> SetupTarget {
        SetupTarget(
            "recurring_invoice_attachment", columns: columns, keys: keys,
            renamed: ["recurring_invoice": "recurring_invoice_number"],
            reckoned: [
                "file_name": ("file", "n.file_name"), "sha256": ("file", "n.file_sha256"),
            ],
            extras: ", file_name text, file_sha256 bytea")
    }

    /// The name that a column of the file has in the table.
    func name(of column: String) -> String {
        renamed[column] ?? column
    }
}
