package import Invoicing
import Mustache
import PDF

/// A text over `EmailVariable`, checked once and filled in for each invoice.
///
/// The language is Mustache without anything that reaches outside the text: variables, sections,
/// inverted sections and comments. A value is inserted as it is, and never parsed as a template.
package struct EmailTemplate {
    /// Longer than any letter.
    static let bytesMax = 16 * 1024
    /// The limit for a filled-in text.
    static let filledBytesMax = 64 * 1024

    private let template: MustacheTemplate

    /// Throws `emailTextUnusable` with the first problem, worded in the language.
    init(_ text: String, language: Language) throws {
        if let problem = Self.problems(in: text).first {
            throw DocumentError.emailTextUnusable(
                reason: EmailTemplateTexts.text(problem, language))
        }
        do {
            // Without the pragma values would be escaped as HTML, and plain text would contain
            // `&amp;`; without the line break swift-mustache fails on a text that ends with `{`.
            template = try MustacheTemplate(
                string: "{{%CONTENT_TYPE:TEXT}}" + Self.onItsOwn(text) + "\n")
        } catch {
            throw DocumentError.emailTextUnusable(
                reason: EmailTemplateTexts.text(.unreadable, language))
        }
    }

    /// The text without a combining mark at its beginning: the mark would combine with the pragma's
    /// last brace, which then is another character.
    private static func onItsOwn(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.drop { "}\($0)".count == 1 }))
    }

    /// The text with the values filled in, and a line break at its end.
    func filled(with values: [String: String]) throws -> String {
        let text = PrintableText(template.render(values)).text
        guard text.utf8.count <= Self.filledBytesMax else {
            throw DocumentError.textTooLong(
                characters: text.count, charactersMax: Self.filledBytesMax)
        }
        return text
    }

    /// Everything that prevents a text from being used, in its order.
    static func problems(in text: String) -> [EmailTemplateProblem] {
        guard text.utf8.count <= bytesMax else { return [.tooLong] }
        return EmailTemplateScanner(text).problems
    }

    /// The fault of a form whose text is valid, but too long once it is filled in.
    package static let tooLongFilled = Fault(
        .templateVariableUnknown, EmailTemplateTexts.words(of: .tooLong))

    /// The faults of a form's own texts for the prechecks: each names the tag and its line.
    package static func faults(of form: FormTemplate) -> [Fault] {
        [form.emailSubject, form.emailText].compactMap(\.self).flatMap { text in
            problems(in: text).map { problem in
                Fault(.templateVariableUnknown, EmailTemplateTexts.words(of: problem))
            }
        }
    }
}

/// A problem that prevents an e-mail text from being used.
enum EmailTemplateProblem: Hashable, Sendable {
    case unknownVariable(String, line: Int)
    /// `{{` without `}}`.
    case tagNotClosed(line: Int)
    /// `{{#kid}}` without `{{/kid}}`.
    case sectionNotClosed(String, line: Int)
    /// `{{/kid}}` where that section is not open.
    case sectionNotOpen(String, line: Int)
    /// Partials, inheritance, pragmas, other delimiters, and anything that is not a tag.
    case tagNotAllowed(String, line: Int)
    case nestedTooDeeply(line: Int)
    case tooLong
    case unreadable
}

/// Reads the tags of a template and collects every problem, rather than stopping at the first.
struct EmailTemplateScanner {
    /// Deeper than a letter needs, and shallow enough for any parser's stack.
    static let depthMax = 8

    private(set) var problems: [EmailTemplateProblem] = []
    private var open: [(name: Substring, line: Int)] = []
    private var line = 1

    init(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            countLines(in: rest[..<start.lowerBound])
            rest = rest[start.upperBound...]
            let isTriple = rest.hasPrefix("{")
            guard let end = rest.firstRange(of: isTriple ? "}}}" : "}}") else {
                problems.append(.tagNotClosed(line: line))
                return
            }
            let tag = rest[..<end.lowerBound]
            read(isTriple ? tag.dropFirst() : tag, isTriple: isTriple)
            countLines(in: tag)
            rest = rest[end.upperBound...]
        }
        problems += open.map { .sectionNotClosed(Self.shown($0.name), line: $0.line) }
    }

    private mutating func read(_ tag: Substring, isTriple: Bool) {
        guard !isTriple else { return check(name(in: tag), tag) }
        switch tag.first {
        case "!": break
        case "&": check(name(in: tag.dropFirst()), tag)
        case "#", "^": openSection(name(in: tag.dropFirst()), tag)
        case "/": closeSection(name(in: tag.dropFirst()))
        default: check(name(in: tag), tag)
        }
    }

    private mutating func check(_ name: Substring, _ tag: Substring) {
        guard !name.isEmpty, name.allSatisfy(Self.isNameCharacter) else {
            problems.append(.tagNotAllowed("{{\(Self.shown(tag))}}", line: line))
            return
        }
        guard EmailVariable(rawValue: String(name)) != nil else {
            problems.append(.unknownVariable(Self.shown(name), line: line))
            return
        }
    }

    private mutating func openSection(_ name: Substring, _ tag: Substring) {
        check(name, tag)
        open.append((name, line))
        if open.count == Self.depthMax + 1 { problems.append(.nestedTooDeeply(line: line)) }
    }

    private mutating func closeSection(_ name: Substring) {
        guard open.last?.name == name else {
            problems.append(.sectionNotOpen(Self.shown(name), line: line))
            return
        }
        open.removeLast()
    }

    /// The beginning of a tag's contents; a letter may have endless combining marks.
    private static func shown(_ words: Substring) -> String {
        String(String.UnicodeScalarView(words.unicodeScalars.prefix(40)))
    }

    private func name(in tag: Substring) -> Substring {
        guard let start = tag.firstIndex(where: { !$0.isWhitespace }),
            let end = tag.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return tag[start...end]
    }

    private mutating func countLines(in text: Substring) {
        line += text.count { $0.isNewline }
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
            || !character.isASCII && character.isLetter || "-.".contains(character)
    }
}

/// What a form's e-mail texts can state about their invoice, as `{{number}}`.
///
/// A variable without a value is empty, and its section is left out: `{{#kid}}KID:
/// {{kid}}{{/kid}}`.
enum EmailVariable: String, CaseIterable, Sendable {
    /// `Faktura` or `Kreditnota`.
    case documentType = "document_type"
    case number
    case seller
    case buyer
    /// The buyer's contact person.
    case contact
    /// The amount due, `1 234,50`.
    case amount
    case currency
    case issueDate = "issue_date"
    /// Empty on credit notes.
    case dueDate = "due_date"
    /// `01.11.2026–30.11.2026`.
    case period
    /// The account for payment, formatted; an IBAN for foreign customers.
    case account
    case bic
    /// The KID or payment reference.
    case kid
    case buyerReference = "buyer_reference"
    case purchaseOrder = "purchase_order"
    /// The invoices that a credit note refers to.
    case precedingInvoice = "preceding_invoice"

    /// Longer than any name; without a limit, a template of a few lines could grow to megabytes.
    static let valueCharactersMax = 500

    /// The value, on one line and formatted for the language; nil where the invoice has none.
    func value(of invoice: Invoice, _ words: Words) -> String? {
        guard let value = words.line(rawValue(of: invoice, words)) else { return nil }
        guard value.count > Self.valueCharactersMax else { return value }
        return value.prefix(Self.valueCharactersMax) + "…"
    }

    private func rawValue(of invoice: Invoice, _ words: Words) -> String? {
        let formats = words.formats
        let account = invoice.payment.accounts.first
        return switch self {
        case .documentType: words.texts.name(of: invoice.type)
        case .number: invoice.number
        case .seller: invoice.seller.displayName
        case .buyer: invoice.buyer.name
        case .contact: invoice.buyer.contact?.name
        case .amount: formats.amount(invoice.totals.payable)
        case .currency: invoice.currency.rawValue
        case .issueDate: formats.date(invoice.issueDate)
        case .dueDate: words.isToBePaid(invoice) ? invoice.dueDate.map(formats.date) : nil
        case .period: invoice.period.map(formats.period)
        case .account: account.map { IdentifierFormat.account($0.number) }
        case .bic: account?.bic
        case .kid: invoice.payment.reference
        case .buyerReference: invoice.references.buyerReference
        case .purchaseOrder: invoice.references.purchaseOrder
        case .precedingInvoice:
            invoice.references.precedingInvoices.map(\.number).joined(separator: ", ")
        }
    }
}
