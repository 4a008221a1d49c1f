/// The name that somebody probably meant.
enum Nearest {
    /// The nearest of the names by edits, where it is near enough to be a slip.
    static func name(to text: String, among names: some Collection<String>) -> String? {
        let nearest = names.sorted().min { distance(text, $0) < distance(text, $1) }
        guard let nearest, distance(text, nearest) <= max(2, text.count / 3) else { return nil }
        return nearest
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
