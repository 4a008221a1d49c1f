package import Invoicing

/// The e-mail for an invoice or credit note, with the texts of a form.
///
/// A form's own text replaces the built-in greeting and message; the payment details (amount, due
/// date, account, KID) follow below it in any case, so no form can leave them out.
package struct InvoiceEmail {
    /// Longer subjects are cut: the longest header line is 998 octets (RFC 5322 § 2.1.1), and
    /// nobody reads that far.
    static let subjectCharactersMax = 200

    private let form: FormTemplate
    private let words: Words
    private let texts: EmailTexts
    private let subject: EmailTemplate
    private let message: EmailTemplate
    private let preview: EmailTemplate

    /// Checks the form's texts once, for all of its invoices.
    ///
    /// Throws `DocumentError.emailTextUnusable`; `EmailTemplate.faults(of:)` lists every problem.
    package init(form: FormTemplate) throws {
        self.form = form
        words = Words(texts: .texts(form.language), formats: Formats(language: form.language))
        texts = .texts(form.language)
        let builtIn =
            form.documentType == .invoice ? texts.invoiceText : texts.creditNoteText
        subject = try EmailTemplate(
            form.emailSubject?.nonEmpty ?? texts.subject, language: form.language)
        message = try EmailTemplate(
            form.emailText?.nonEmpty ?? builtIn, language: form.language)
        preview = try EmailTemplate(texts.preview, language: form.language)
    }

    /// The e-mail for one invoice, with a form that is used once.
    static func compose(_ invoice: Invoice, form: FormTemplate) throws -> EmailContent {
        try InvoiceEmail(form: form).compose(invoice)
    }

    /// The e-mail for an invoice; a copy is marked in its subject and first line, since otherwise
    /// both recipients might pay.
    package func compose(_ invoice: Invoice, isCopy: Bool = false) throws -> EmailContent {
        let values = EmailVariable.allCases.reduce(into: [String: String]()) {
            $0[$1.rawValue] = $1.value(of: invoice, words)
        }
        let subject = (isCopy ? "\(texts.copySubject) " : "") + (try subjectLine(values))
        let notice = isCopy ? "\(texts.copyNotice) \(words.line(invoice.buyer.name) ?? "")." : nil
        let message = [notice, try message.filled(with: values)].compactMap(\.self)
            .joined(separator: "\n\n")
        let facts = facts(of: invoice)
        let signature = signature(of: invoice.seller)
        let page = EmailPage(
            title: subject, preview: try preview.filled(with: values), language: form.language,
            accent: form.accentColour)
        return EmailContent(
            subject: subject, text: text(message, facts, signature),
            html: page.html(
                EmailPage.paragraphs(message) + [page.facts(facts)]
                    + EmailPage.paragraphs(signature)))
    }

    private func subjectLine(_ values: [String: String]) throws -> String {
        let line = SingleLine(try subject.filled(with: values)).text
        // A form's subject may turn out empty, as `{{contact}}` does without a contact.
        guard !line.isEmpty else {
            return "\(values["document_type"] ?? "") \(values["number"] ?? "")"
        }
        return String(line.prefix(Self.subjectCharactersMax))
    }

    /// The payment details, and what the amount consists of.
    private func facts(of invoice: Invoice) -> [Fact] {
        let box = words.paymentBox(of: invoice)
        let totals = words.totals(of: invoice)
        let payment =
            box.cells.isEmpty
            ? totals.filter { $0.role == .payable }.map {
                Fact(label: $0.label, value: $0.value, isStrong: true)
            } : box.cells
        return payment
            + totals.filter { $0.role == .net || $0.role == .vat }.map {
                Fact(label: $0.label, value: $0.value)
            }
    }

    private func signature(of seller: Party) -> String {
        let lines = [
            seller.displayName, words.line(seller.contact?.telephone),
            words.line(seller.contact?.email),
        ]
        return ([texts.regards] + lines.compactMap(\.self)).joined(separator: "\n")
    }

    private func text(_ message: String, _ facts: [Fact], _ signature: String) -> String {
        let width = facts.map(\.label.count).max() ?? 0
        let table = facts.map { fact in
            let gap = String(repeating: " ", count: width - fact.label.count + 2)
            return "\(fact.label):\(gap)\(fact.value)"
        }
        return [message, table.joined(separator: "\n"), signature]
            .map { $0.trimmingEnds }
            .joined(separator: "\n\n") + "\n"
    }
}

extension String {
    /// Without the white space at both ends.
    var trimmingEnds: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }),
            let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}

/// The contents of an e-mail, as plain text and as HTML.
package struct EmailContent: Hashable, Codable, Sendable {
    /// One line, never empty, without control characters.
    package var subject: String
    /// Plain text with `\n` after each line.
    package var text: String
    /// A complete HTML document that loads nothing.
    package var html: String

    package init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}
