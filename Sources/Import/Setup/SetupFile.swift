/// A file of a set-up: its name tells what is in it, its ending how it is written.
package struct SetupFile: Hashable, Sendable {
    /// As `customers.csv` or `customers.jsonl`.
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The endings of files that are read: comma-separated values, and JSON Lines.
    static let endings = ["csv", "jsonl"]

    /// Whether the name is that of a set-up file, right or wrong; others lie beside them.
    static func isSetupFile(_ name: String) -> Bool {
        endings.contains { name.lowercased().hasSuffix(".\($0)") }
    }

    /// What the name before the ending says is in it.
    static func kind(of name: String) throws(TextFault) -> SetupKind {
        let stem = String(name.split(separator: ".").first ?? "")
        if let kind = SetupKind(rawValue: stem),
            endings.contains(where: { name == "\(stem).\($0)" })
        {
            return kind
        }
        let known = SetupKind.allCases.map(\.rawValue)
        let nearest = NearestName.of(stem, among: known).map { "Is \($0).csv meant?" }
        throw TextFault(
            line: 1, message: "has a name that tells of no kind of record",
            advice: nearest ?? "Name it \(known.joined(separator: ", ")), with .csv or .jsonl")
    }
}
