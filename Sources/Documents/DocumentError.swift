package import Invoicing

/// Why no document came of an invoice: always a fault of what went in, or of the installation.
///
/// Such an invoice becomes the fault `document_failed` (a letter is named in it) or `logo_unusable`,
/// and the run goes on; `fontsMissing` stops the run, since no document can be made at all.
package enum DocumentError: Error, Hashable {
    /// The fonts of the package `fonts-liberation2` are not installed.
    case fontsMissing(directory: String)
    /// The form's logo can't be drawn with.
    case logoUnusable(LogoFault)
    /// These letters are in no font that we have, and would be blank boxes.
    case lettersMissing([Character])
    /// A single text is longer than an invoice can carry.
    case textTooLong(characters: Int, charactersMax: Int)
    /// A part that can't be broken over pages is higher than one: its name in `DocumentPart`.
    case doesNotFit(DocumentPart)
    case tooManyPages(pagesMax: Int)
    /// The drawing library's own words.
    case drawingFailed(reason: String)
    /// The bytes are not the document that they should be.
    case notProved(reason: String)
    /// An attachment can't be sent as what it says it is.
    case attachmentUnreadable(fileName: String, reason: String)
    /// The form's own e-mail text can't be used; the reason is for whoever wrote it.
    case emailTextUnusable(reason: String)
}

/// The parts of a document that stand whole on a page.
package enum DocumentPart: String, Hashable, Sendable {
    case header = "addresses and references"
    case table = "figures of the lines"
    case payment = "payment details"
    case footer = "lines of the footer"
}

extension DocumentError: CustomStringConvertible {
    /// For logs and the detail of a fault: what is wrong, and what to do about it.
    package var description: String {
        switch self {
        case .fontsMissing(let directory):
            "the fonts are not in \(directory): install the package fonts-liberation2"
        case .logoUnusable(let fault):
            "the form's logo can't be used: \(LogoTexts.cause(of: fault, .en))"
        case .lettersMissing(let letters):
            "no font has \(letters.prefix(20).map { "“\($0)”" }.joined(separator: ", "))"
                + ": write the text in other letters"
        case .textTooLong(let characters, let limit):
            "a text of \(characters) characters: at most \(limit) fit an invoice"
        case .doesNotFit(let part):
            "the \(part.rawValue) do not fit on a page: shorten them"
        case .tooManyPages(let limit):
            "the document would have more than \(limit) pages: split the invoice"
        case .drawingFailed(let reason):
            "the document could not be drawn: \(reason)"
        case .notProved(let reason):
            "the document is not what it should be: \(reason)"
        case .attachmentUnreadable(let fileName, let reason):
            "\(fileName): \(reason)"
        case .emailTextUnusable(let reason):
            "the form's e-mail text can't be used: \(reason)"
        }
    }
}
