import Invoicing

/// The built-in e-mail that carries an invoice, as templates over `EmailVariable`.
struct EmailTexts: Hashable {
    var subject: String
    var invoiceText: String
    var creditNoteText: String
    var regards: String
    /// Who the message is for when it is not shown whole: `NOK 1 234,50, forfall 08.12.2026`.
    var preview: String
    /// What stands before the subject of a copy, and before its text, the customer's name behind it.
    var copySubject: String
    var copyNotice: String
}

extension EmailTexts {
    static func texts(_ language: Language) -> EmailTexts {
        switch language {
        case .nb: .nb
        case .nn: .nn
        case .en: .en
        }
    }

    static let nb = EmailTexts(
        subject: "{{document_type}} {{number}} fra {{seller}}",
        invoiceText: """
            Hei{{#contact}} {{contact}}{{/contact}},

            Vedlagt er faktura {{number}} fra {{seller}}{{#period}} for perioden \
            {{period}}{{/period}}.
            """,
        creditNoteText: """
            Hei{{#contact}} {{contact}}{{/contact}},

            Vedlagt er kreditnota {{number}} fra {{seller}}{{#preceding_invoice}}. Den gjelder \
            faktura {{preceding_invoice}}{{/preceding_invoice}}. Kreditnotaen skal ikke betales.
            """,
        regards: "Med vennlig hilsen",
        preview: "{{currency}} {{amount}}{{#due_date}}, forfall {{due_date}}{{/due_date}}",
        copySubject: "Kopi:",
        copyNotice: "Dette er en kopi til orientering. Originalen er stilet til")

    static let nn = EmailTexts(
        subject: "{{document_type}} {{number}} frå {{seller}}",
        invoiceText: """
            Hei{{#contact}} {{contact}}{{/contact}},

            Vedlagd er faktura {{number}} frå {{seller}}{{#period}} for perioden \
            {{period}}{{/period}}.
            """,
        creditNoteText: """
            Hei{{#contact}} {{contact}}{{/contact}},

            Vedlagd er kreditnota {{number}} frå {{seller}}{{#preceding_invoice}}. Han gjeld \
            faktura {{preceding_invoice}}{{/preceding_invoice}}. Kreditnotaen skal ikkje betalast.
            """,
        regards: "Med venleg helsing",
        preview: "{{currency}} {{amount}}{{#due_date}}, forfall {{due_date}}{{/due_date}}",
        copySubject: "Kopi:",
        copyNotice: "Dette er ein kopi til orientering. Originalen er stila til")

    static let en = EmailTexts(
        subject: "{{document_type}} {{number}} from {{seller}}",
        invoiceText: """
            Hello{{#contact}} {{contact}}{{/contact}},

            Please find attached invoice {{number}} from {{seller}}{{#period}} for the period \
            {{period}}{{/period}}.
            """,
        creditNoteText: """
            Hello{{#contact}} {{contact}}{{/contact}},

            Please find attached credit note {{number}} from \
            {{seller}}{{#preceding_invoice}}. It refers to invoice \
            {{preceding_invoice}}{{/preceding_invoice}}. It is not to be paid.
            """,
        regards: "Kind regards",
        preview: "{{currency}} {{amount}}{{#due_date}}, due {{due_date}}{{/due_date}}",
        copySubject: "Copy:",
        copyNotice: "This is a copy for your information. The original is addressed to")
}
