/// A language that Budstikke speaks to people in.
package enum Language: String, Codable, Sendable, CaseIterable {
    /// Bokmål, the default.
    case nb
    case nn
    case en
}
