/// Finds the name that somebody most likely meant.
package enum NearestName {
    /// The nearest of the names by edit distance, if it is near enough for a slip.
    ///
    /// That is two letters, or a third of the name. Case is ignored; of several equally near ones
    /// the first is returned.
    package static func of(
        _ written: String, among names: some Collection<String>, editsMax: Int? = nil
    ) -> String? {
        let start = String.UnicodeScalarView(written.unicodeScalars.prefix(scalarsMax))
        let written = String(start).lowercased()
        let nearest = names.sorted().map {
            (name: $0, distance: distance(written, $0.lowercased()))
        }
        .min { $0.distance < $1.distance }
        guard let nearest, nearest.distance <= editsMax ?? max(2, nearest.name.count / 3)
        else { return nil }
        return nearest.name
    }

    /// Anything longer than every name is not a misspelled one, and is not compared in full; a
    /// letter may have any number of combining marks.
    private static let scalarsMax = 80

    /// Letters put in, taken out, changed, or two beside each other that changed places: Damerau's and
    /// Levenshtein's distance, in which no letter is changed twice.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var (before, above) = ([Int](), Array(0...right.count))
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                let changed = above[j] + (left[i] == right[j] ? 0 : 1)
                var edits = min(changed, above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    edits = min(edits, before[j - 1] + 1)
                }
                row.append(edits)
            }
            (before, above) = (above, row)
        }
        return above[right.count]
    }
}
