/// How a document looks and reads (blankett): chosen by the form setup for a document type.
///
/// There is no markup to write but the e-mail's own texts, which are Mustache templates over
/// `EmailVariable`; everything has a default, so an empty form is a good form.
package struct FormTemplate: Hashable, Sendable {
    package var name: String
    package var documentType: DocumentType
    package var language: Language
    /// Raised by whoever changes the form; a document remembers which version drew it.
    package var version: Int
    /// `#rrggbb`, for headings and rules.
    package var accentColour: String
    /// As it was proved and drawn once for its bytes; nil for none.
    package var logo: FormLogo?
    /// A line above the lines of the invoice, and one at the foot of each page.
    package var introduction: String?
    package var footer: String?
    package var columns: FormColumns
    /// Of the document only: its e-mail says what one pays from in any case.
    package var hiddenBlocks: HiddenBlocks
    /// Mustache; nil for the built-in text of the language.
    package var emailSubject: String?
    package var emailText: String?

    package init(
        name: String, documentType: DocumentType = .invoice, language: Language = .nb,
        version: Int = 1, accentColour: String = "#1f3a5f", logo: FormLogo? = nil,
        introduction: String? = nil, footer: String? = nil,
        columns: FormColumns = .standard, hiddenBlocks: HiddenBlocks = .none,
        emailSubject: String? = nil, emailText: String? = nil
    ) {
        self.name = name
        self.documentType = documentType
        self.language = language
        self.version = version
        self.accentColour = accentColour
        self.logo = logo
        self.introduction = introduction
        self.footer = footer
        self.columns = columns
        self.hiddenBlocks = hiddenBlocks
        self.emailSubject = emailSubject
        self.emailText = emailText
    }
}
