import Dispatching
import Invoicing

/// A type of set-up file, named like the file without its extension, with its columns.
package enum SetupTable: String, Sendable, CaseIterable {
    // In an order in which each only refers to earlier ones.
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

    /// Whether rows of tenant 0 apply to all tenants; for other tables there is no such tenant.
    var isShared: Bool {
        self == .exchangeRates || self == .priceIndexValues
    }

    /// The columns in addition to `tenant_id`, which every table has.
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

    /// A customer's addresses are not validated: an invalid one is a fault of the precheck, which
    /// is reported to the user, and not of the file.
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

/// A column of a set-up file: its name, and its type of value.
package struct SetupColumn: Sendable {
    /// As in the header, and in the database's table where they are the same.
    package let name: String
    let kind: ValueKind
    /// Whether the header must contain it, and each row have a value.
    package let isRequired: Bool
    /// Whether it is part of the key that identifies a row.
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

/// A row that was parsed and is valid: its values as text that PostgreSQL casts.
package struct SetupRow: Hashable, Sendable {
    /// The line on which it begins, counted from 1.
    package var line: Int
    package var tenantID: Int64
    /// By column: an empty text clears the stored value; a missing column keeps it.
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

/// The limits for set-up files; anything larger is another kind of file, or a mistake.
enum SetupLimits {
    /// One row: a form template with all of its texts, and room to spare.
    static let rowByteCountMax = 100_000
    /// Columns of one row: twice as many as the widest table has.
    static let columnCountMax = 64
    /// A number or key to which other files refer.
    static let keyCharactersMax = 64
    /// A name, an address, a reference: text on one line.
    static let lineCharactersMax = 500
    /// A text of several lines: two printed pages.
    static let textCharactersMax = 10_000
    /// Folders below the set-up's own in which a file may be.
    static let pathDepthMax = 8
    /// Twelve digits before the decimal point, as in numeric(18, 6).
    static let decimalMillionthsMax: UInt64 = 1_000_000_000_000_000_000
    /// No agreement, rate or index that an invoice needs is older.
    static let yearMin = 1_900
    /// Addresses in one cell, as in the database's table.
    static let copiesMax = 100
    /// Faults reported for one file: nobody fixes more before trying again.
    static let faultCountMax = 10_000
    /// Retries for one step of a send plan, as in the database's table.
    static let delayCountMax = 10
    /// A month between two tries: after that, the invoice is long overdue.
    static let delaySecondsMax = 31 * 86_400
}
