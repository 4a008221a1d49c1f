/// The namespaces of UBL 2.1, OASIS Standard of 4 November 2013.
enum UBLNamespace {
    private static let stem = "urn:oasis:names:specification:ubl:schema:xsd:"
    static let invoice = stem + "Invoice-2"
    static let creditNote = stem + "CreditNote-2"
    static let aggregate = stem + "CommonAggregateComponents-2"
    static let basic = stem + "CommonBasicComponents-2"

    /// The prefix that the standard's own examples use, whatever prefix the file has.
    static func prefix(of namespace: String) -> String {
        switch namespace {
        case aggregate: "cac:"
        case basic: "cbc:"
        case invoice, creditNote, "": ""
        default: "other:"
        }
    }
}
