/// Finds the name that somebody most likely meant.
package enum NearestName {
    /// The nearest of the names by letters to change, where it is no farther than a slip would be.
    ///
    /// That is two letters, or a third of the name. Capital letters are as good as small ones; of
    /// several that are as near, the first in order is taken.
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

    /// What is longer than any name is no slip of one, and is not measured to its end; a letter may
    /// have any number of marks.
    private static let scalarsMax = 80

    /// Levenshtein's distance: letters put in, taken out or changed.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let changed = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
