import Invoicing

/// A kind of set-up file, by the stem of its name, with its columns.
package enum SetupTable: String, Sendable, CaseIterable {
    // In the order in which one may refer to another.
    case tenant
    case users
    case customers
    case formTemplates = "form_templates"
    case formSetup = "form_setup"
    case sendPlans = "send_plans"
    case vatRates = "vat_rates"
    case recurringInvoices = "recurring_invoices"
    case recurringInvoiceLines = "recurring_invoice_lines"
    case attachments

    package var columns: [SetupColumn] {
        switch self {
        case .tenant: Self.tenantColumns
        case .users:
            [.key("user_key"), .needed("name"), .needed("email"), .optional("language", languages)]
        case .customers: Self.customerColumns
        case .formTemplates: Self.formColumns
        case .formSetup:
            [.key("document_type", documentTypes), .needed("form_template")]
        case .sendPlans:
            [
                .key("key"), .key("position", .integer(1...100)), .needed("name"),
                .optional("channel", .choice(Channel.allCases.map(\.rawValue))),
                .optional("retry_delays", .delays),
            ]
        case .vatRates:
            [
                .key("code"), .key("valid_from", .date),
                .needed("category", .choice(["S", "Z", "E", "AE", "K", "G", "O"])),
                .needed("rate", .decimal), .optional("description"),
            ]
        case .recurringInvoices: Self.agreementColumns
        case .recurringInvoiceLines:
            [
                .key("recurring_invoice"), .key("line_number", .integer(1...1_000)),
                .needed("description"), .optional("quantity", .decimal), .optional("unit"),
                .needed("unit_price", .decimal), .optional("discount_percent", .decimal),
                .needed("vat_code"),
            ]
        case .attachments:
            [
                .key("recurring_invoice"), .key("position", .integer(1...100)),
                .needed("file", .file), .needed("content_type"),
            ]
        }
    }

    private var languages: SetupColumn.Kind { .choice(Language.allCases.map(\.rawValue)) }
    private var documentTypes: SetupColumn.Kind { .choice(DocumentType.allCases.map(\.rawValue)) }

    private static let language = SetupColumn.optional(
        "language", .choice(Language.allCases.map(\.rawValue)))

    private static let tenantColumns: [SetupColumn] = [
        .needed("name"), .optional("organisation_number", .organisationNumber),
        .optional("vat_registered", .boolean), .optional("in_business_register", .boolean),
        .optional("legal_form"), .optional("street"), .optional("postal_code"),
        .optional("city"), .optional("country"), language, .optional("time_zone"),
        .optional("currency", .currency), .optional("account_number", .accountNumber),
        .optional("iban"), .optional("bic"), .optional("reply_to"),
        .optional("due_days", .integer(0...365)),
        .optional("kid_algorithm", .choice(KIDAlgorithm.allCases.map(\.rawValue))),
        .optional("kid_customer_digits", .integer(0...20)),
        .optional("kid_invoice_digits", .integer(1...20)),
        .optional("round_to_krone", .boolean),
        .optional("catch_up_policy", .choice(CatchUpPolicy.allCases.map(\.rawValue))),
        .optional("catch_up_max", .integer(1...120)),
        .optional("in_doubt_policy", .choice(InDoubtPolicy.allCases.map(\.rawValue))),
        .optional("first_invoice_number", .integer(1...999_999_999)),
    ]

    private static let customerColumns: [SetupColumn] = [
        .key("number"), .needed("name"), .optional("email"), .optional("organisation_number"),
        .optional("street"), .optional("postal_code"), .optional("city"), .optional("country"),
        language, .optional("due_days", .integer(0...365)), .optional("buyer_reference"),
        .optional("endpoint"), .optional("reverse_charge", .boolean),
    ]

    private static let formColumns: [SetupColumn] = [
        .key("key"), .needed("name"),
        .optional("document_type", .choice(DocumentType.allCases.map(\.rawValue))), language,
        .optional("accent_colour", .colour), .optional("logo", .file),
        .optional("introduction"), .optional("footer"), .optional("email_subject"),
        .optional("email_text"),
    ]

    private static let agreementColumns: [SetupColumn] = [
        .key("number"), .needed("customer"), .needed("created_by"), .optional("send_plan"),
        .needed("anchor_date", .date),
        .needed("interval_unit", .choice(["day", "week", "month", "quarter", "year"])),
        .optional("interval_count", .integer(1...1_000)),
        .optional("preparation_days", .integer(0...366)), .optional("end_date", .date),
        .optional("count_max", .integer(1...100_000)), .optional("paused_from", .date),
        .optional("paused_until", .date),
        .optional("catch_up_policy", .choice(CatchUpPolicy.allCases.map(\.rawValue))),
        .optional("price_factor", .decimal), .optional("due_days", .integer(0...365)),
        .optional("our_reference"), .optional("your_reference"), .optional("purchase_order"),
        .optional("introduction"), .optional("automatic_dispatch", .boolean),
    ]
}

/// A row that was read and is sound; an empty cell is nil.
package struct SetupRow: Sendable {
    package var line: Int
    package var tenantID: Int64
    package var values: [String: String]

    package subscript(_ column: String) -> String? {
        values[column]
    }
}
