import Invoicing

/// Everything that a document shows, in words and in order, before any of it is positioned.
///
/// Independent of fonts and pages, so that the content of an invoice is determined, and tested,
/// separately from its layout.
struct InvoiceContent: Hashable {
    /// The document's type, `Faktura`.
    var heading: String
    /// `Faktura 10042`: the file's title, and the header of later pages.
    var title: String
    var sellerName: String
    /// The seller's name and address on one line, above the buyer's in the window of an envelope;
    /// nil where the form hides it.
    var returnAddress: String?
    var buyer: [String]
    var facts: [Fact]
    var introduction: String?
    var table: LineTable
    var vatTable: VATTable
    var totals: [Total]
    /// Statements about the VAT that the law or a contract requires.
    var notices: [String]
    var payment: PaymentBox?
    var notes: [String]
    var footer: [String]
    var pageNumbering: PageNumbering

    /// The columns are the form's, or fewer where there is no room for them.
    init(_ invoice: Invoice, form: FormTemplate, columns: FormColumns? = nil) {
        let words = Words(
            texts: .texts(form.language), formats: Formats(language: form.language))
        let number = SingleLine(invoice.number).text
        heading = words.texts.name(of: invoice.type)
        title = "\(heading) \(number)"
        sellerName = invoice.seller.displayName
        let hidden = form.hiddenBlocks
        returnAddress =
            hidden.contains(.returnAddress) ? nil : words.returnAddress(of: invoice.seller)
        buyer = words.buyerLines(of: invoice)
        facts = words.facts(of: invoice, hiding: hidden)
        introduction = form.introduction.flatMap(\.nonEmpty)
        table = words.lineTable(
            of: invoice, columns: columns ?? form.columns, hiding: hidden)
        vatTable = words.vatTable(of: invoice)
        totals = words.totals(of: invoice)
        notices = words.notices(of: invoice)
        payment = hidden.contains(.paymentBox) ? nil : words.paymentBox(of: invoice)
        notes = hidden.contains(.notes) ? [] : words.notes(of: invoice)
        footer = words.footer(of: invoice, form: form)
        pageNumbering = PageNumbering(page: words.texts.page, of: words.texts.pageOf)
    }
}

/// A label with its value: `Forfallsdato`, `15.11.2026`.
struct Fact: Hashable {
    var label: String
    var value: String
    var isStrong = false
}

/// The lines of an invoice as a table.
struct LineTable: Hashable {
    /// From left to right.
    var columns: [FormColumn]
    var headings: [FormColumn: String]
    var rows: [LineRow]
    /// Nil where no running total is shown.
    var carried: CarriedTexts?
    var formats: Formats

    /// The decimal sign of a figure and what follows it; nil where there is none.
    func fraction(of figure: String) -> Substring? {
        figure.firstIndex(of: formats.decimalSeparator).map { figure[$0...] }
    }

    /// An amount as the table shows it.
    func amount(_ money: Money) -> String {
        formats.amount(money)
    }
}

/// The labels of the running total at the foot of a page and at the head of the next.
struct CarriedTexts: Hashable {
    var forward: String
    var brought: String
}

/// One line of the table; with its amount as money, for the running total.
struct LineRow: Hashable {
    var name: String
    /// The small print under the name, one line each.
    var details: [String]
    /// The cells other than the description.
    var cells: [FormColumn: String]
    var money: Money
}

/// VAT per category and rate.
struct VATTable: Hashable {
    var heading: String
    var rate: String
    var base: String
    var vat: String
    var rows: [Row]

    struct Row: Hashable {
        var rate: String
        var base: String
        var vat: String
    }
}

/// One of the totals.
struct Total: Hashable {
    var label: String
    var value: String
    var role = Role.part
    /// How it was calculated, in small print below it.
    var remark: String?

    enum Role {
        /// Without VAT.
        case net
        case vat
        /// The amount due, or owed to the customer.
        case payable
        /// Any other amount.
        case part
    }
}

/// The details for paying, in the order in which they are entered; where nothing is to be paid,
/// only a statement.
struct PaymentBox: Hashable {
    var cells: [Fact]
    /// Payment terms and payee.
    var remarks: [String]
}

/// `Side 1 av 3`.
struct PageNumbering: Hashable {
    var page: String
    var of: String

    func text(_ number: Int, total: Int) -> String {
        "\(page) \(number) \(of) \(total)"
    }
}
