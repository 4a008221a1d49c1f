/// Where an element stands: its name, and the places above it.
///
/// Held by the element, and holding no element, so that a path can be told as long as anyone
/// has it.
final class XMLPlace {
    let name: String
    let namespace: String
    let parent: XMLPlace?
    /// Counted from 1 among its namesakes.
    let ordinal: Int
    private var namesakes: [String: Int] = [:]

    init(name: String, namespace: String, under parent: XMLPlace?) {
        self.name = name
        self.namespace = namespace
        self.parent = parent
        ordinal = (parent?.namesakes[name] ?? 0) + 1
        parent?.namesakes[name] = ordinal
    }

    /// Whether another of the same name stands beside it.
    var hasNamesake: Bool {
        (parent?.namesakes[name] ?? 1) > 1
    }
}
