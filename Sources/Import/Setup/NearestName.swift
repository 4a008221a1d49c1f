/// Finds the name that somebody most likely meant.
enum NearestName {
    /// The nearest of the names by letters to change, where it is near at all.
    static func of(_ name: String, among names: [String]) -> String? {
        let written = String(name.lowercased().prefix(lengthMax))
        let nearest = names.map { (name: $0, distance: distance(written, $0)) }
            .min { $0.distance < $1.distance }
        guard let nearest, nearest.distance <= max(2, nearest.name.count / 3) else { return nil }
        return nearest.name
    }

    /// No name is longer; what is longer is no name.
    private static let lengthMax = 40

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
