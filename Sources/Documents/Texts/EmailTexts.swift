import Invoicing

/// The built-in texts of an invoice's e-mail, as templates over `EmailVariable`.
struct EmailTexts: SpokenTexts, Hashable {
    let language: Language

    static func texts(_ language: Language) -> EmailTexts {
        EmailTexts(language: language)
    }

    var subject: String {
        say(
            nb: "{{document_type}} {{number}} fra {{seller}}",
            nn: "{{document_type}} {{number}} frå {{seller}}",
            en: "{{document_type}} {{number}} from {{seller}}")
    }

    var invoiceText: String {
        say(
            nb: """
                Hei{{#contact}} {{contact}}{{/contact}},

                Vedlagt er faktura {{number}} fra {{seller}}{{#period}} for perioden \
                {{period}}{{/period}}.
                """,
            nn: """
                Hei{{#contact}} {{contact}}{{/contact}},

                Vedlagd er faktura {{number}} frå {{seller}}{{#period}} for perioden \
                {{period}}{{/period}}.
                """,
            en: """
                Hello{{#contact}} {{contact}}{{/contact}},

                Please find attached invoice {{number}} from {{seller}}{{#period}} for the period \
                {{period}}{{/period}}.
                """)
    }

    var creditNoteText: String {
        say(
            nb: """
                Hei{{#contact}} {{contact}}{{/contact}},

                Vedlagt er kreditnota {{number}} fra {{seller}}{{#preceding_invoice}}. Den gjelder \
                faktura {{preceding_invoice}}{{/preceding_invoice}}. Kreditnotaen skal ikke betales.
                """,
            nn: """
                Hei{{#contact}} {{contact}}{{/contact}},

                Vedlagd er kreditnota {{number}} frå {{seller}}{{#preceding_invoice}}. Han gjeld \
                faktura {{preceding_invoice}}{{/preceding_invoice}}. Kreditnotaen skal ikkje betalast.
                """,
            en: """
                Hello{{#contact}} {{contact}}{{/contact}},

                Please find attached credit note {{number}} from \
                {{seller}}{{#preceding_invoice}}. It refers to invoice \
                {{preceding_invoice}}{{/preceding_invoice}}. It is not to be paid.
                """)
    }

    var regards: String {
        say(nb: "Med vennlig hilsen", nn: "Med venleg helsing", en: "Kind regards")
    }

    /// The text for a list of messages: `NOK 1 234,50, forfall 08.12.2026`.
    var preview: String {
        say(
            nb: "{{currency}} {{amount}}{{#due_date}}, forfall {{due_date}}{{/due_date}}",
            nn: "{{currency}} {{amount}}{{#due_date}}, forfall {{due_date}}{{/due_date}}",
            en: "{{currency}} {{amount}}{{#due_date}}, due {{due_date}}{{/due_date}}")
    }

    /// Precedes the subject of a copy.
    var copySubject: String { say(nb: "Kopi:", nn: "Kopi:", en: "Copy:") }

    /// Precedes the text of a copy, followed by the customer's name.
    var copyNotice: String {
        say(
            nb: "Dette er en kopi til orientering. Originalen er stilet til",
            nn: "Dette er ein kopi til orientering. Originalen er stila til",
            en: "This is a copy for your information. The original is addressed to")
    }
}
