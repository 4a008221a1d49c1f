/// A period of which only one end is stated, as EN 16931 (BR-CO-19, BR-CO-20) lets an invoice do.
package enum OpenPeriod: Hashable, Codable, Sendable {
    case from(CivilDate)
    case until(CivilDate)
}
