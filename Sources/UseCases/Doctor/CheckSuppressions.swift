import Store
package import Dispatching
package import Postgres

/// Compares the mirror of the provider's lists with the lists themselves.
///
/// An address that only the mirror has is refused mail needlessly; one that only the provider has
/// is sent to in vain.
package struct CheckSuppressions {
    /// How many of each kind are listed.
    static let namedMax = 20

    let connection: Connection
    let provider: any MailProvider

    package init(connection: Connection, provider: any MailProvider) {
        self.connection = connection
        self.provider = provider
    }

    /// Reads all lists; throws `ProviderError` where that is impossible.
    package func run() throws -> HealthCheck {
        var check = HealthCheck(
            name: "suppressions", what: "our lists of \(provider.name) are \(provider.name)'s",
            findings: [])
        var atProvider: Set<Entry> = []
        let hasLists = try provider.listedSuppressions { page in
            atProvider.formUnion(page.map { Entry(list: $0.list, key: $0.address.lowercased()) })
        }
        guard hasLists else {
            check.what = "\(provider.name) keeps no lists"
            return check
        }
        let mirrored = Set(
            try Suppressions(connection).allActive(provider: provider.name)
                .map { Entry(list: $0.list, key: $0.address.lowercased()) })
        check.findings =
            Self.named(mirrored.subtracting(atProvider)) {
                "\($0.key) is not on \($0.list) any more: budstikke lift \($0.key)"
            }
            + Self.named(atProvider.subtracting(mirrored)) {
                "\($0.key) is on \($0.list), and not here: reconcile-bounces --since the day"
                    + " that it was listed"
            }
        return check
    }

    private struct Entry: Hashable {
        var list: String
        var key: String
    }

    private static func named(
        _ entries: Set<Entry>, _ words: (Entry) -> String
    ) -> [String] {
        let sorted = entries.sorted { ($0.list, $0.key) < ($1.list, $1.key) }
        let rest = sorted.count - namedMax
        return sorted.prefix(namedMax).map(words) + (rest > 0 ? ["and \(rest) more"] : [])
    }
}
