import Invoicing

/// What a document says of itself to a reader program, an archive and a screen reader.
struct DocumentMetadata: Hashable {
    var title: String
    var author: String
    /// BCP 47, as `nb-NO`.
    var languageTag: String
    /// The day it bears: never the day it was drawn, which would make each drawing another file.
    var date: CivilDate

    /// What made it.
    static let program = "Budstikke"
}
