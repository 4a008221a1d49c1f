package import Invoicing
import PDF

/// Why no document could be created from an invoice: always a fault of the input or the
/// installation.
///
/// Such an invoice gets the fault `document_failed` (which names a missing letter) or
/// `logo_unusable`, and the run continues; `fontsMissing` stops the run, since no document can be
/// created at all.
package enum DocumentError: Error, Hashable {
    /// The fonts of the package `fonts-liberation2` are not installed.
    case fontsMissing(directory: String)
    /// The form's logo can't be used.
    case logoUnusable(LogoFault)
    /// These letters are in none of the fonts, and would be blank boxes.
    case lettersMissing([Character])
    /// A single text is too long for an invoice.
    case textTooLong(characters: Int, charactersMax: Int)
    /// A part that can't be split has no room on a page.
    case doesNotFit(DocumentPart)
    /// The document would have more than that many pages.
    case tooManyPages(pagesMax: Int)
    /// The drawing library's own words.
    case drawingFailed(reason: String)
    /// The bytes are not the document that they should be.
    case unvalidated(reason: String)
    /// An attachment is not what it claims to be.
    case attachmentUnreadable(fileName: String, reason: String)
    /// The form's own e-mail text can't be used; the reason is for the author of the form.
    case emailTextUnusable(reason: String)
}

/// The parts of a document that are not split over pages.
package enum DocumentPart: Hashable, Sendable {
    /// The first page's header: logo, title, buyer and facts.
    case header
    /// The columns of the line table.
    case table
    /// The payment box.
    case payment
    /// The seller's details at the foot of each page.
    case footer
}

extension DocumentError: CustomStringConvertible {
    /// For logs and lists, in English: what is wrong, and what to do about it.
    package var description: String {
        DocumentErrorTexts.text(self).en
    }

    /// The same as a fault of the invoice or the form, for the user who has to resolve it.
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
            case .unvalidated(let reason): .unvalidated(reason: reason)
            }
    }

    /// Calls a body, and converts the PDF's errors to ours.
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
