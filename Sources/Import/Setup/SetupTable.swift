import Dispatching
import Invoicing

/// A kind of set-up file, by the stem of its name, with its columns.
package enum SetupTable: String, Sendable, CaseIterable {
    // In the order in which one may refer to another.
    case tenant
    case users
    case customers
    case customerRecipients = "customer_recipients"
    case formTemplates = "form_templates"
    case formSetup = "form_setup"
    case sendPlans = "send_plans"
    case vatRates = "vat_rates"
    case exchangeRates = "exchange_rates"
    case priceIndexValues = "price_index_values"
    case recurringInvoices = "recurring_invoices"
    case recurringInvoiceLines = "recurring_invoice_lines"
    case attachments
    case priceIndexClauses = "price_index_clauses"
    case priceNotices = "price_notices"

    /// Whether rows of tenant 0 are for all tenants; elsewhere there is no such tenant.
    var isShared: Bool {
        self == .exchangeRates || self == .priceIndexValues
    }

    /// Those beside `tenant_id`, which every table has.
    package var columns: [SetupColumn] {
        switch self {
        case .tenant: Self.tenantColumns
        case .users:
            [
                .key("user_key"), .needed("name"), .needed("email", .email),
                .optional("language", .language),
            ]
        case .customers: Self.customerColumns
        case .customerRecipients:
            [.key("customer"), .key("email", .line), .optional("name")]
        case .formTemplates: Self.formColumns
        case .formSetup:
            [.key("document_type", .one(of: DocumentType.self)), .needed("form_template", .key)]
        case .sendPlans:
            [
                .key("key"), .key("position", .integer(1...100)), .needed("name"),
                .optional("channel", .one(of: Channel.self)), .optional("retry_delays", .delays),
                .optional("attach_ehf", .boolean),
            ]
        case .vatRates:
            [
                .key("code"), .key("valid_from", .date),
                .needed("category", .choice(["S", "Z", "E", "AE", "K", "G", "O"])),
                .needed("rate", .percent), .optional("description"),
            ]
        case .exchangeRates:
            [
                .key("currency", .currency), .key("date", .date), .needed("rate", .decimal),
                .optional("units", .choice(["1", "10", "100", "1000", "10000"])),
                .needed("source"),
            ]
        case .priceIndexValues:
            [.key("index"), .key("month", .month), .needed("value", .decimal)]
        case .priceIndexClauses:
            [
                .key("recurring_invoice"), .needed("index", .key), .needed("base_month", .month),
                .needed("base_value", .decimal), .needed("adjust_month", .integer(1...12)),
                .optional("share_percent", .percent), .optional("cap_percent", .decimal),
                .optional("floor_percent", .decimal), .optional("notice_days", .integer(0...366)),
            ]
        case .priceNotices:
            [.key("recurring_invoice"), .key("adjusts_on", .month), .needed("sent_on", .date)]
        case .recurringInvoices: Self.agreementColumns
        case .recurringInvoiceLines:
            [
                .key("recurring_invoice"), .key("line_number", .integer(1...1_000)),
                .needed("description"), .optional("quantity", .decimal), .optional("unit", .unit),
                .needed("unit_price", .decimal), .optional("discount_percent", .percent),
                .needed("vat_code", .key),
            ]
        case .attachments:
            [
                .key("recurring_invoice"), .key("position", .integer(1...100)),
                .needed("file", .file), .needed("content_type", .mediaType),
            ]
        }
    }

    private static let tenantColumns: [SetupColumn] = [
        .needed("name"), .optional("organisation_number", .organisationNumber),
        .optional("vat_registered", .boolean), .optional("in_business_register", .boolean),
        .optional("legal_form"), .optional("street"), .optional("postal_code"),
        .optional("city"), .optional("country", .country), .optional("language", .language),
        .optional("time_zone"), .optional("currency", .currency),
        .optional("account_number", .accountNumber), .optional("iban", .iban),
        .optional("bic", .bic), .optional("reply_to", .email),
        .optional("due_days", .integer(0...365)),
        .optional("kid_algorithm", .one(of: KIDAlgorithm.self)),
        .optional("kid_customer_digits", .integer(0...20)),
        .optional("kid_invoice_digits", .integer(1...20)),
        .optional("round_to_krone", .boolean),
        .optional("catch_up_policy", .one(of: CatchUpPolicy.self)),
        .optional("catch_up_max", .integer(1...120)),
        .optional("in_doubt_policy", .one(of: InDoubtPolicy.self)),
        .optional("first_invoice_number", .integer(1...999_999_999)),
    ]

    /// A customer's addresses are not proved: a bad one is a fault of the precheck, which tells the
    /// user, and not of the file.
    private static let customerColumns: [SetupColumn] = [
        .key("number"), .needed("name"), .optional("email"), .optional("copies", .addresses),
        .optional("organisation_number", .organisationNumber), .optional("street"),
        .optional("postal_code"), .optional("city"), .optional("country", .country),
        .optional("language", .language), .optional("due_days", .integer(0...365)),
        .optional("buyer_reference"), .optional("endpoint", .endpoint),
        .optional("reverse_charge", .boolean),
    ]

    private static let formColumns: [SetupColumn] = [
        .key("key"), .needed("name"), .optional("document_type", .one(of: DocumentType.self)),
        .optional("language", .language), .optional("accent_colour", .colour),
        .optional("logo", .file), .optional("introduction", .text), .optional("footer", .text),
        .optional("columns", .formColumns), .optional("hidden_blocks", .formBlocks),
        .optional("email_subject"), .optional("email_text", .text),
    ]

    private static let agreementColumns: [SetupColumn] = [
        .key("number"), .needed("customer", .key), .needed("created_by", .key),
        .optional("send_plan", .key), .needed("anchor_date", .date),
        .needed("interval_unit", .one(of: Interval.Unit.self)),
        .optional("interval_count", .integer(1...Interval.countMax)),
        .optional("preparation_days", .integer(0...366)), .optional("end_date", .date),
        .optional("count_max", .integer(1...100_000)), .optional("paused_from", .date),
        .optional("paused_until", .date),
        .optional("catch_up_policy", .one(of: CatchUpPolicy.self)),
        .optional("price_factor", .decimal), .optional("due_days", .integer(0...365)),
        .optional("our_reference"), .optional("your_reference"), .optional("purchase_order"),
        .optional("introduction", .text), .optional("automatic_dispatch", .boolean),
        .optional("start_date", .date),
        .optional("first_period", .one(of: FirstPeriodPolicy.self)),
        .optional("last_period", .one(of: LastPeriodPolicy.self)),
        .optional("currency", .currency), .optional("billed", .choice(["advance", "arrears"])),
        .optional("arrears_days", .integer(0...366)), .optional("skip_before", .date),
        .optional("catch_up_through", .date),
    ]
}

/// A column of a set-up file: its name, and what may stand in it.
package struct SetupColumn: Sendable {
    package let name: String
    let kind: ValueKind
    package let isRequired: Bool
    /// Whether it is among those that tell one row from another.
    package let isKey: Bool

    static func key(_ name: String, _ kind: ValueKind = .key) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: true, isKey: true)
    }

    static func needed(_ name: String, _ kind: ValueKind = .line) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: true, isKey: false)
    }

    static func optional(_ name: String, _ kind: ValueKind = .line) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: false, isKey: false)
    }
}

/// A row that was read and is sound: values as text that PostgreSQL casts.
package struct SetupRow: Hashable, Sendable {
    /// The line that it begins on.
    package var line: Int
    package var tenantID: Int64
    /// By column: an empty text clears what is there; a column that is not named keeps it.
    package var values: [String: String]

    package init(line: Int, tenantID: Int64, values: [String: String]) {
        self.line = line
        self.tenantID = tenantID
        self.values = values
    }

    /// The value; nil where there is none, or it is cleared.
    package subscript(_ column: String) -> String? {
        values[column].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// How large the files of a set-up may be; what lies above is another kind of file, or a mistake.
enum SetupLimits {
    /// One row: a form template with all its texts, and room to spare.
    static let rowByteCountMax = 100_000
    /// Columns of one row: twice what the widest table has.
    static let columnCountMax = 64
    /// A number or key that another file refers to.
    static let keyCharactersMax = 64
    /// A name, an address, a reference: what stands on one line.
    static let lineCharactersMax = 500
    /// A text of several lines: two printed pages.
    static let textCharactersMax = 10_000
    /// Folders below the set-up's own that a file may lie in.
    static let pathDepthMax = 8
    /// Twelve digits before the point, as numeric(18, 6) holds them.
    static let decimalMillionthsMax: UInt64 = 1_000_000_000_000_000_000
    /// No agreement, rate or index that an invoice needs is older.
    static let yearMin = 1_900
    /// Addresses in one cell, as the table has it.
    static let copiesMax = 100
    /// Faults that are told of one file: nobody mends more before trying again.
    static let faultCountMax = 10_000
    /// Tries of one step of a send plan after the first, as the table has it.
    static let delayCountMax = 10
    /// A month between two tries: later, the invoice is long due.
    static let delaySecondsMax = 31 * 86_400
}
