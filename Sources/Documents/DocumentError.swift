package import Invoicing
import PDF

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
package enum DocumentPart: Hashable, Sendable {
    case header
    case table
    case payment
    case footer
}

extension DocumentError: CustomStringConvertible {
    /// For logs and lists: what is wrong, and what to do about it.
    package var description: String {
        DocumentErrorTexts.text(self).en
    }

    /// The same as a fault of what was to be drawn, for whoever is to mend it.
    package var fault: Fault {
        if case .logoUnusable(let cause) = self { return LogoTexts.fault(cause) }
        return Fault(.documentFailed, DocumentErrorTexts.text(self))
    }
}

extension DocumentError {
    init(_ error: PDFError) {
        self =
            switch error {
            case .fontsMissing(let directory): .fontsMissing(directory: directory)
            case .lettersMissing(let letters): .lettersMissing(letters)
            case .textTooLong(let characters, let charactersMax):
                .textTooLong(characters: characters, charactersMax: charactersMax)
            case .drawingFailed(let reason): .drawingFailed(reason: reason)
            case .unvalidated(let reason): .notProved(reason: reason)
            }
    }

    /// What a body gives, and the PDF's errors as ours.
    static func mapping<Value>(
        _ body: () throws(PDFError) -> Value
    ) throws(DocumentError) -> Value {
        do throws(PDFError) {
            return try body()
        } catch {
            throw DocumentError(error)
        }
    }
}
