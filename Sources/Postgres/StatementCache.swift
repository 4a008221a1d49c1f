/// The statements that the server holds prepared for one connection; the least recently used goes.
struct StatementCache {
    /// A statement is its text and the types of its parameters: the same text with a text in the
    /// place of a number is another statement, whose bytes the first would misread.
    struct Key: Hashable {
        let sql: String
        let types: [PostgresOID]

        init(_ query: Query) {
            sql = query.sql
            types = query.parameters.map(\.oid)
        }
    }

    private struct Entry {
        let name: String
        var usedAt: Int
    }

    /// A bound on what the server keeps for us: several times the queries of any one program.
    static let limit = 256

    private var entries: [Key: Entry] = [:]
    private var uses = 0
    /// Names that are out of use but that the server still holds.
    private(set) var discarded: [String] = []

    /// The name of a prepared statement, counted as a use of it; nil where it is not prepared.
    mutating func name(of key: Key) -> String? {
        guard let index = entries.index(forKey: key) else { return nil }
        uses += 1
        entries.values[index].usedAt = uses
        return entries.values[index].name
    }

    /// A name that no statement of this connection has had.
    mutating func freshName() -> String {
        uses += 1
        return "budstikke_\(uses)"
    }

    mutating func insert(_ key: Key, name: String) {
        uses += 1
        if let replaced = entries.updateValue(Entry(name: name, usedAt: uses), forKey: key) {
            discarded.append(replaced.name)
        }
        while entries.count > Self.limit,
            let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })
        {
            remove(oldest.key)
        }
    }

    mutating func remove(_ key: Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        discarded.append(entry.name)
    }

    /// The names to deallocate, handed over once.
    mutating func takeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }
}
