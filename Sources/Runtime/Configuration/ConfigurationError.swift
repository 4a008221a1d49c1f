/// A setting that can't be: which, what it is, where it stands, and what it may be.
package struct ConfigurationError: ExitCoded, Equatable {
    package let description: String
    package var exit: BudstikkeExit { .configuration }

    package init(_ description: String) {
        self.description = description
    }

    /// A value that its setting does not allow.
    init(_ key: String, value: String, source: String, allowed: String) {
        self.init("\(key): '\(value.prefix(80))', from \(source), is not \(allowed)")
    }
}
