import Invoicing

/// All that a document shows, in words and in their order, before any of it has a place.
///
/// Made without fonts or pages, so that what an invoice says is decided, and tested, apart from
/// how it looks.
struct InvoiceContent: Hashable {
    /// `Faktura`.
    var heading: String
    /// `Faktura 10042`: the file's title, and the header of later pages.
    var title: String
    var sellerName: String
    /// The seller's name and address on one line, above the buyer's in the envelope's window.
    var returnAddress: String?
    var buyer: [String]
    var facts: [Fact]
    var introduction: String?
    var table: LineTable
    var vatTable: VATTable
    var totals: [Total]
    /// What the law or a contract wants said of the VAT.
    var notices: [String]
    var payment: PaymentBox?
    var notes: [String]
    var footer: [String]
    var pageNumbering: PageNumbering

    /// The columns are the form's, or fewer where those have not room.
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
    /// Nil where no sum is carried from page to page.
    var carried: CarriedTexts?
    var formats: Formats

    /// What follows the decimal sign in a figure, with the sign; nil where there is none.
    func fraction(of figure: String) -> Substring? {
        figure.firstIndex(of: formats.decimalSeparator).map { figure[$0...] }
    }

    /// A sum as the table writes it.
    func amount(_ money: Money) -> String {
        formats.amount(money)
    }
}

/// What the sums are called at the foot of a page and at the head of the next.
struct CarriedTexts: Hashable {
    var forward: String
    var brought: String
}

/// One line; the amount also as money, for the totals carried from page to page.
struct LineRow: Hashable {
    var name: String
    /// What is said under the name in small letters, a line each.
    var details: [String]
    /// All but the description.
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

/// One of the sums at the end.
struct Total: Hashable {
    var label: String
    var value: String
    var role = Role.part
    /// How it was reckoned, in small letters under it.
    var remark: String?

    enum Role {
        /// Without VAT.
        case net
        case vat
        /// What is to be paid, or is owed to the customer.
        case payable
        /// Anything between or after those.
        case part
    }
}

/// What the payer needs, in the order it is typed; on a document that is not to be paid only a
/// statement.
struct PaymentBox: Hashable {
    var cells: [Fact]
    /// Terms, payee.
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
