/// Why no PDF came of what was to be drawn, or why bytes are none.
///
/// Always a fault of what went in, or of the installation: the same goes in, the same comes out.
package enum PDFError: Error, Hashable {
    /// The fonts of the package `fonts-liberation2` are not in the directory.
    case fontsMissing(directory: String)
    /// These letters are in no font that we have, and would be blank boxes.
    case lettersMissing([Character])
    /// A single text is longer than can be laid out at once.
    case textTooLong(characters: Int, charactersMax: Int)
    /// The libraries' own words.
    case drawingFailed(reason: String)
    /// The bytes are not a whole PDF of ours.
    case notProved(reason: String)
}
