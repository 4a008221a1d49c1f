/// The name that somebody probably meant.
enum Nearest {
    /// The nearest of the names, where it is no more edits away than a slip would be.
    static func name(
        to text: String, among names: some Collection<String>, editsMax: Int
    ) -> String? {
        let nearest = names.sorted().map { ($0, distance(text, $0)) }.min { $0.1 < $1.1 }
        return nearest.flatMap { $0.1 <= editsMax ? $0.0 : nil }
    }

    /// Levenshtein's distance.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let above = row[j + 1]
                row[j + 1] = min(
                    above + 1, row[j] + 1, diagonal + (character == right[j] ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
