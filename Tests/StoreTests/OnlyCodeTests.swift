import Foundation
import Testing

/// The life of a dispatch is written in one folder, and nowhere else.
struct OnlyCodeTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let life = "Sources/Store/DispatchLife/"

    /// A statement that writes a place that a dispatch stands in, or makes or ends the dispatch.
    private static let place =
        #"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY)\s+(ONLY\s+)?"#
        + #"(dispatch_queue|dispatch_lease|ongoing_dispatch|dispatch_outbox)\b"#
    private static let row = #"\b(INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|COPY)\s+dispatch\b(?!_)"#
    /// An UPDATE of the table itself that sets its state, before any condition.
    private static let state =
        #"\bUPDATE\s+(ONLY\s+)?dispatch\b(?!_)(\s+AS\s+\w+)?\s+SET\b(?:(?!\bWHERE\b|\bFROM\b)[\s\S])*?\bstate\s*="#

    private static func files() throws -> [(path: String, text: String)] {
        try ["Sources", "jobs"].flatMap { folder in
            let base = root.appending(path: folder)
            let names = FileManager.default.enumerator(atPath: base.path())
            return try (names?.allObjects as? [String] ?? [])
                .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".sql") }
                .map { name in
                    let text = try String(contentsOf: base.appending(path: name), encoding: .utf8)
                    return ("\(folder)/\(name)", text)
                }
        }
    }

    private static func writers(_ pattern: String) throws -> Set<String> {
        let expression = try Regex(pattern).ignoresCase()
        return Set(try files().filter { $0.text.contains(expression) }.map(\.path))
    }

    @Test(arguments: [place, row, state])
    func `only the life of a dispatch writes its state and its places`(_ pattern: String) throws {
        let writers = try Self.writers(pattern)
        #expect(writers.contains { $0.hasPrefix(Self.life) }, "the pattern finds what it is for")
        #expect(writers.filter { !$0.hasPrefix(Self.life) } == [])
    }

    @Test(arguments: ["dispatch_queue", "dispatch_lease", "ongoing_dispatch", "dispatch_outbox"])
    func `each place is entered and left in the life of a dispatch`(_ table: String) throws {
        for verb in ["INSERT INTO", "DELETE FROM"] {
            #expect(try Self.writers("\(verb) \(table)").allSatisfy { $0.hasPrefix(Self.life) })
            #expect(try !Self.writers("\(verb) \(table)").isEmpty)
        }
    }

    /// That the patterns see what they are for.
    @Test(arguments: [
        (state, "UPDATE dispatch AS d\n SET message = 'x', state = 'sent'\nWHERE true", true),
        (state, "UPDATE dispatch SET state = 'sent'", true),
        (state, "UPDATE dispatch SET warned_at = 1 WHERE state = 'sent'", false),
        (state, "UPDATE dispatch_lease SET state = 1", false),
        (place, "DELETE FROM dispatch_lease AS l", true),
        (place, "insert  into\n dispatch_outbox", true),
        (place, "FROM dispatch_lease", false),
        (row, "INSERT INTO dispatch (tenant_id", true),
        (row, "INSERT INTO dispatch_message (tenant_id", false),
    ])
    func `the patterns tell a write from a read`(
        _ pattern: String, _ sql: String, _ isWrite: Bool
    ) throws {
        let expression = try Regex(pattern).ignoresCase()
        #expect(sql.contains(expression) == isWrite)
    }
}
