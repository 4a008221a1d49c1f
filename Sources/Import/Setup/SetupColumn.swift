/// A column of a set-up file: its name, and what may stand in it.
package struct SetupColumn: Sendable {
    package let name: String
    let kind: ValueKind
    package let isRequired: Bool
    /// Whether it is among those that tell one row from another.
    package let isKey: Bool

    static func key(_ name: String, _ kind: ValueKind = .key) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: true, isKey: true)
    }

    static func needed(_ name: String, _ kind: ValueKind = .line) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: true, isKey: false)
    }

    static func optional(_ name: String, _ kind: ValueKind = .line) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: false, isKey: false)
    }
}
