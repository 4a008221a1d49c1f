/// Why a PDF could not be created, or why bytes are not accepted as one.
///
/// Always a fault of the input or the installation: the same input has the same result.
package enum PDFError: Error, Hashable {
    /// The fonts of the package `fonts-liberation2` are not in the directory.
    case fontsMissing(directory: String)
    /// These letters are in none of the fonts, and would be blank boxes.
    case lettersMissing([Character])
    /// A single text is longer than can be laid out at once.
    case textTooLong(characters: Int, charactersMax: Int)
    /// The library's own words.
    case drawingFailed(reason: String)
    /// The bytes are not a complete PDF as `PDFWriter` writes it.
    case unvalidated(reason: String)
}
