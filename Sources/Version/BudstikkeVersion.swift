/// Which Budstikke this is.
package enum BudstikkeVersion {
    /// The release, as `packaging/debian/changelog` has it too.
    package static let number = "0.9.0"

    /// The commit and its day, which `git archive` writes between the dollar signs (`.gitattributes`).
    private static let archived = "$Format:%H %cs$"

    /// What a program answers to `--version`: `budstikke 0.9.0 (4e055a3, 2026-11-30)`.
    package static func line(of program: String) -> String {
        line(of: program, archived: archived)
    }

    /// A commit is known where the sources came out of `git archive`, and nowhere else: a folder
    /// that is worked in says so.
    static func line(of program: String, archived: String) -> String {
        let words = archived.split(separator: " ")
        guard words.count == 2, !archived.hasPrefix("$") else {
            return "\(program) \(number) (development)"
        }
        // As git shortens it; a clone's own length would differ from another clone's.
        return "\(program) \(number) (\(words[0].prefix(7)), \(words[1]))"
    }
}
