import Wire

/// A setting that can't be: which, what it is, where it stands, and what it may be.
package struct ConfigurationError: ExitCoded, Equatable {
    package let description: String
    package var exit: BudstikkeExit { .configuration }

    /// A key or value is shown as far as one line goes, and steers no terminal.
    package init(_ description: String) {
        let start = description.unicodeScalars.prefix(Self.scalarsMax)
        self.description = String(String.UnicodeScalarView(start)).escapingInvisibles
    }

    private static let scalarsMax = 2_000

    /// A value that its setting does not allow.
    init(_ key: String, value: String, source: String, allowed: String) {
        self.init("\(key): '\(value.prefix(80))', from \(source), is not \(allowed)")
    }
}
