/// Reading what providers write in more than one way.
extension KeyedDecodingContainer {
    /// A text; a number as its digits; nil where there is none.
    func text(_ key: Key) -> String? {
        // Each way that does not fit is an answer, not a fault.
        if let text = try? decode(String.self, forKey: key) { return text }
        if let number = try? decode(Int64.self, forKey: key) { return String(number) }
        return nil
    }

    /// A word of the vendor's own, as a kind or an id; nil for what is longer than any.
    ///
    /// It is compared with others, which puts the marks of its letters in order, and somebody can make
    /// many of those.
    func word(_ key: Key) -> String? {
        text(key).flatMap { $0.utf8.count <= 1_000 ? $0 : nil }
    }

    /// A time in seconds since 1970, given as integer, as fraction or as text.
    func epochTime(_ key: Key) -> Double? {
        let seconds =
            (try? decode(Double.self, forKey: key)) ?? text(key).flatMap { Double($0) }
        guard let seconds, VendorTime.range.contains(seconds) else { return nil }
        return seconds
    }

    /// The same in whole seconds.
    func epochSeconds(_ key: Key) -> Int64? {
        epochTime(key).map { Int64($0) }
    }

    /// Texts by name; those that are no texts are left out.
    func texts(_ key: Key) -> [String: String] {
        guard let nested = try? nestedContainer(keyedBy: AnyKey.self, forKey: key) else {
            return [:]
        }
        return nested.allKeys.reduce(into: [:]) { texts, name in
            texts[name.stringValue] = nested.text(name)
        }
    }
}

/// A name that is not known beforehand.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
