import Testing

@testable import Import

/// What single cells of each table may hold, and what is said where they do not.
struct SetupTableTests {
    /// A row of each table that is good; a case changes one of its cells.
    private static let good: [SetupTable: [String: String]] = [
        .tenant: ["name": "A"],
        .users: ["user_key": "kari", "name": "Kari", "email": "kari@eksempel.test"],
        .customers: ["number": "1", "name": "A"],
        .customerRecipients: ["customer": "1", "email": "regnskap@byraa.test"],
        .formTemplates: ["key": "std", "name": "Standard"],
        .formSetup: ["document_type": "invoice", "form_template": "std"],
        .sendPlans: ["key": "e", "position": "1", "name": "E-post", "channel": "email"],
        .vatRates: ["code": "3", "valid_from": "2005-01-01", "category": "S", "rate": "25"],
        .recurringInvoices: [
            "number": "A1", "customer": "1", "created_by": "kari", "anchor_date": "2026-01-31",
            "interval_unit": "month",
        ],
        .recurringInvoiceLines: [
            "recurring_invoice": "A1", "line_number": "1", "description": "Leie",
            "unit_price": "100.50", "vat_code": "3",
        ],
        .attachments: [
            "recurring_invoice": "A1", "position": "1", "file": "bilag/vilkår.pdf",
            "content_type": "application/pdf",
        ],
        .exchangeRates: [
            "currency": "EUR", "date": "2026-11-23", "rate": "11.7345", "source": "Norges Bank",
        ],
        .priceIndexValues: ["index": "KPI", "month": "2026-10", "value": "137.7"],
        .priceIndexClauses: [
            "recurring_invoice": "A1", "index": "KPI", "base_month": "2024-10",
            "base_value": "135", "adjust_month": "1",
        ],
        .priceNotices: [
            "recurring_invoice": "A1", "adjusts_on": "2027-01-01", "sent_on": "2026-11-24",
        ],
    ]

    private static func read(_ table: SetupTable, _ changes: [String: String])
        -> Result<[SetupRow], ImportFaults>
    {
        let row = (good[table] ?? [:]).merging(changes) { $1 }.sorted { $0.key < $1.key }
        let fields = row.map { "\"\($0.value.replacing("\"", with: "\"\""))\"" }
        let csv = "\(row.map(\.key).joined(separator: ","))\n\(fields.joined(separator: ","))\n"
        return SetupReader.read(
            Array(csv.utf8), file: "\(table.rawValue).csv", table: table, tenantID: 7)
    }

    @Test(arguments: SetupTable.allCases)
    func `the least of each table is read`(table: SetupTable) throws {
        #expect(try value(Self.read(table, [:])).count == 1)
    }

    @Test(arguments: SetupTable.allCases)
    func `a required cell must not be empty`(table: SetupTable) {
        for column in table.columns where column.isRequired {
            let faults = faults(Self.read(table, [column.name: " "]))
            #expect(faults.map(\.column) == [column.name])
        }
    }

    struct Case: CustomTestStringConvertible {
        let table: SetupTable
        let column: String
        let value: String
        let message: String

        init(_ table: SetupTable, _ column: String, _ value: String, _ message: String) {
            (self.table, self.column, self.value, self.message) = (table, column, value, message)
        }

        var testDescription: String { "\(column) \(value.prefix(20))" }
    }

    static let cases = [
        Case(.tenant, "tenant_id", "0", "no tenant's number"),
        Case(.tenant, "organisation_number", "123456789", "organisation number"),
        Case(.tenant, "account_number", "1234.56.78904", "account number"),
        Case(.tenant, "iban", "NO9386011117948", "no IBAN"),
        Case(.tenant, "bic", "dnb", "no BIC"),
        Case(.tenant, "vat_registered", "maybe", "neither true nor false"),
        Case(.tenant, "language", "no", "none of nb, nn, en"),
        Case(.tenant, "currency", "nok", "currency"),
        Case(.tenant, "currency", "BTC", "ISO 4217"),
        Case(.tenant, "currency", "XXX", "ISO 4217"),
        Case(.tenant, "currency", "XAU", "ISO 4217"),
        Case(.tenant, "country", "Norge", "country"),
        Case(.tenant, "country", "ZZ", "ISO 3166-1"),
        Case(.tenant, "country", "XI", "ISO 3166-1"),
        Case(.tenant, "kid_algorithm", "luhn", "none of"),
        Case(.tenant, "reply_to", "post", "e-mail address"),
        Case(.tenant, "kid_invoice_digits", "0", "out of bounds"),
        Case(.tenant, "catch_up_policy", "eache", "none of each, latest, ask"),
        Case(.tenant, "in_doubt_policy", "guess", "none of park, resend"),
        Case(.users, "email", "kari", "e-mail address"),
        Case(.customers, "due_days", "366", "out of bounds"),
        Case(
            .customers, "copies", String(repeating: "a@b.no,", count: 101), "100 are the most"),
        Case(.customers, "due_days", "-1", "no whole number"),
        Case(.customers, "name", "a\nb", "line break"),
        Case(.customers, "endpoint", "123456785", "scheme"),
        Case(.customers, "endpoint", "9999:123456785", "scheme"),
        Case(.customers, "endpoint", "EM:post@kunde.test", "scheme"),
        Case(.customers, "endpoint", "0192:", "scheme"),
        Case(.customers, "endpoint", "0192:123456789", "no organisation number"),
        Case(.customers, "name", "a\u{2028}b", "line break"),
        Case(.customers, "organisation_number", "12345678", "organisation number"),
        Case(.customers, "number", String(repeating: "1", count: 65), "longer than 64"),
        Case(.vatRates, "valid_from", "01.05.2025", "year-month-day"),
        Case(.vatRates, "valid_from", "0026-12-31", "before 1900"),
        Case(.vatRates, "rate", "0.25", "a fraction"),
        Case(.vatRates, "category", "A", "none of"),
        Case(.vatRates, "rate", "0.00", "category S never is"),
        Case(.vatRates, "rate", "101", "percentage"),
        Case(.formTemplates, "accent_colour", "blue", "no colour"),
        Case(.formTemplates, "email_text", String(repeating: "x", count: 10_001), "longer than"),
        Case(.formTemplates, "columns", "description,quantity,sum", "sum, which is no column"),
        Case(.formTemplates, "columns", "description,amount", "§ 5-1-1 no. 3"),
        Case(.formTemplates, "columns", "amount,description,quantity", "amount last"),
        Case(.formTemplates, "columns", ",", "leaves out description"),
        Case(.formTemplates, "hidden_blocks", "notes,vat_summary", "§ 5-1-1 no. 6"),
        Case(.formTemplates, "hidden_blocks", "parties", "§ 5-1-2"),
        Case(.formTemplates, "hidden_blocks", "notes notes", "notes twice"),
        Case(.formTemplates, "hidden_blocks", "logo", "no block of a form"),
        Case(.formSetup, "document_type", "faktura", "none of"),
        Case(.sendPlans, "retry_delays", "4 hours", "list of up to"),
        Case(.sendPlans, "retry_delays", "32d", "list of up to"),
        Case(.sendPlans, "retry_delays", "0h", "list of up to"),
        Case(.sendPlans, "channel", "fax", "none of"),
        Case(.recurringInvoices, "anchor_date", "2026-02-30", "year-month-day"),
        Case(.recurringInvoices, "interval_unit", "months", "none of day"),
        Case(.recurringInvoices, "interval_count", "0", "out of bounds"),
        Case(.recurringInvoices, "end_date", "2025-01-01", "before the first"),
        Case(.recurringInvoices, "paused_until", "2026-03-01", "does not begin"),
        Case(.recurringInvoices, "price_factor", "0", "not above zero"),
        Case(.recurringInvoiceLines, "unit_price", "1 234,50", "decimal comma"),
        Case(.recurringInvoiceLines, "unit_price", "kr 100", "no number"),
        Case(.recurringInvoiceLines, "unit_price", "0.1234567", "six decimals"),
        Case(.recurringInvoiceLines, "unit_price", "1000000000000", "a million millions"),
        Case(.recurringInvoiceLines, "unit_price", "-1000000000000", "a million millions"),
        Case(.recurringInvoiceLines, "unit", "stk.", "unit code"),
        Case(.recurringInvoiceLines, "discount_percent", "150", "percentage"),
        Case(.attachments, "content_type", "pdf", "media type"),
        Case(.recurringInvoices, "start_date", "2026-01-30", "within the first period"),
        Case(.recurringInvoices, "start_date", "2026-02-28", "2026-01-31 to 2026-02-27"),
        Case(.recurringInvoices, "first_period", "days_", "none of full, days, next"),
        Case(.recurringInvoices, "last_period", "next", "none of full, days"),
        Case(.recurringInvoices, "currency", "eur", "currency"),
        Case(.exchangeRates, "currency", "NOK", "is kroner"),
        Case(.exchangeRates, "rate", "0", "not above zero"),
        Case(.exchangeRates, "rate", "11,7345", "decimal comma"),
        Case(.exchangeRates, "units", "50", "none of 1, 10"),
        Case(.exchangeRates, "date", "23.11.2026", "year-month-day"),
        Case(.exchangeRates, "tenant_id", "-1", "no tenant's number"),
        Case(.priceIndexValues, "month", "2026-10-15", "first day of a month"),
        Case(.priceIndexValues, "month", "2026-13", "year-month"),
        Case(.priceIndexValues, "month", "okt 2026", "year-month"),
        Case(.priceIndexValues, "value", "-1", "not above zero"),
        Case(.priceIndexClauses, "adjust_month", "13", "out of bounds"),
        Case(.priceIndexClauses, "base_value", "0", "not above zero"),
        Case(.priceIndexClauses, "share_percent", "0", "not above zero"),
        Case(.priceIndexClauses, "share_percent", "101", "percentage"),
        Case(.priceIndexClauses, "cap_percent", "-1", "not from 0"),
        Case(.priceIndexClauses, "floor_percent", "-100", "not between"),
        Case(.priceIndexClauses, "notice_days", "367", "out of bounds"),
        Case(.priceNotices, "adjusts_on", "2027-01-02", "first day of a month"),
        Case(.priceNotices, "sent_on", "2016-11-24", "more than 18 months"),
    ]

    @Test func `a price and a quantity that no invoice can carry are told of together`() {
        let faults = faults(
            Self.read(
                .recurringInvoiceLines,
                ["quantity": "999999999999", "unit_price": "999999999999"]))
        #expect(faults.map(\.column) == ["unit_price"])
    }

    @Test func `a KID that may end in a dash is remarked on, and taken`() throws {
        for (algorithm, count) in [("mod11", 1), ("mod10", 0), ("none", 0)] {
            let rows = try value(Self.read(.tenant, ["kid_algorithm": algorithm]))
            #expect(SetupTable.tenant.remarks(on: try #require(rows.first)).count == count)
        }
    }

    @Test func `columns and blocks of a form are lists, and a slip is told the nearest name`()
        throws
    {
        let rows = try value(
            Self.read(
                .formTemplates,
                [
                    "columns": "item_number, description; quantity unit,amount",
                    "hidden_blocks": "payment_box,notes",
                ]))
        #expect(rows[0]["columns"] == "{item_number,description,quantity,unit,amount}")
        #expect(rows[0]["hidden_blocks"] == "{payment_box,notes}")
        let faults = faults(
            Self.read(.formTemplates, ["columns": "description,quantity,unitprice,amount"]))
        #expect(faults.first?.advice.hasPrefix("Is unit_price meant?") == true)
    }

    @Test(arguments: cases)
    func `a bad cell is a fault of its column`(testCase: Case) {
        let faults = faults(Self.read(testCase.table, [testCase.column: testCase.value]))
        #expect(faults.map(\.column) == [testCase.column])
        #expect(faults.first?.message.contains(testCase.message) == true, "\(faults)")
        #expect(faults.allSatisfy { $0.line == 2 && !$0.advice.isEmpty })
    }

    @Test(
        arguments: [
            (.recurringInvoiceLines, "unit_price", "1 234,50", "1234.50"),
            (.recurringInvoiceLines, "unit", "stk", "EA"),
            (.recurringInvoices, "anchor_date", "31.1.2026", "Write 2026-01-31"),
            (.recurringInvoices, "anchor_date", "31.12.26", "Write 2026-12-31"),
            (.recurringInvoices, "anchor_date", "31/12/2026", "Write 2026-12-31"),
            (.recurringInvoices, "anchor_date", "31.12.226", "Write it as 2026-11-24"),
            (.recurringInvoices, "catch_up_policy", "latests", "is latest meant?"),
            (.tenant, "currency", "nok", "Write NOK"),
            (.vatRates, "rate", "0.25", "Write 25 for 25 percent"),
        ] as [(SetupTable, String, String, String)])
    func `the advice says what to write`(
        table: SetupTable, column: String, value: String, advice: String
    ) {
        let fault = faults(Self.read(table, [column: value])).first
        #expect(fault?.advice.contains(advice) == true)
    }

    @Test(
        arguments: [
            (["account_number": "86011117947", "iban": "NO93 8601 1117 947"], nil),
            (["account_number": "12345678903", "iban": "NO9386011117947"], "iban"),
            (["kid_customer_digits": "12", "kid_invoice_digits": "12"], nil),
            (["kid_customer_digits": "12", "kid_invoice_digits": "13"], "kid_invoice_digits"),
            (["kid_invoice_digits": "4", "first_invoice_number": "10001"], "kid_invoice_digits"),
            (
                [
                    "kid_invoice_digits": "4", "first_invoice_number": "10001",
                    "kid_algorithm": "none",
                ], nil
            ),
            (["organisation_number": "5560360793", "country": "SE"], nil),
        ] as [([String: String], String?)])
    func `a tenant's accounts, KID and number must fit together`(
        changes: [String: String], column: String?
    ) {
        #expect(faults(Self.read(.tenant, changes)).map(\.column) == [column].compactMap(\.self))
    }

    @Test(
        arguments: [
            (["category": "E", "rate": "0"], nil), (["category": "E", "rate": "25"], "rate"),
            (["category": "O", "rate": "0"], nil), (["category": "Z", "rate": "15"], "rate"),
        ] as [([String: String], String?)])
    func `only the standard category has a rate`(changes: [String: String], column: String?) {
        #expect(faults(Self.read(.vatRates, changes)).map(\.column) == [column].compactMap(\.self))
    }

    @Test(
        arguments: [
            (["start_date": "2026-02-27"], nil),
            (["start_date": "2026-02-10", "end_date": "2026-02-09"], "end_date"),
            (["start_date": "2026-03-15", "interval_unit": "quarter"], nil),
            (["start_date": "2026-02-28", "interval_count": "2"], nil),
        ] as [([String: String], String?)])
    func `an agreement begins in its first period`(changes: [String: String], column: String?) {
        let faults = faults(Self.read(.recurringInvoices, changes))
        #expect(faults.map(\.column) == [column].compactMap(\.self), "\(faults)")
    }

    @Test(
        arguments: [
            (["cap_percent": "5", "floor_percent": "0"], nil),
            (["cap_percent": "2", "floor_percent": "3"], "floor_percent"),
            (["floor_percent": "-2.5"], nil),
        ] as [([String: String], String?)])
    func `the bounds of an index must fit together`(changes: [String: String], column: String?) {
        let faults = faults(Self.read(.priceIndexClauses, changes))
        #expect(faults.map(\.column) == [column].compactMap(\.self), "\(faults)")
    }

    @Test(arguments: [SetupTable.exchangeRates, .priceIndexValues])
    func `tenant 0 is for all where a table is shared, and nowhere else`(table: SetupTable) throws {
        var row = Self.good[table] ?? [:]
        row["tenant_id"] = "0"
        let csv =
            "\(row.keys.sorted().joined(separator: ","))\n"
            + row.keys.sorted().compactMap { row[$0] }.joined(separator: ",") + "\n"
        let rows = try value(
            SetupReader.read(
                Array(csv.utf8), file: "\(table.rawValue).csv", table: table, tenantID: nil))
        #expect(rows.map(\.tenantID) == [0])
    }

    @Test func `a month comes as its first day`() throws {
        for text in ["2026-10", "2026-10-01"] {
            let rows = try value(Self.read(.priceIndexValues, ["month": text]))
            #expect(rows.first?["month"] == "2026-10-01")
        }
    }

    @Test func `values come as the database reads them`() throws {
        let tenant = try value(
            Self.read(
                .tenant,
                [
                    "organisation_number": "123 456 785", "account_number": "8601.11.17947",
                    "iban": "no93 8601 1117 947", "vat_registered": "Nei",
                ]))
        #expect(
            tenant.first?.values == [
                "name": "A", "organisation_number": "123456785",
                "account_number": "86011117947", "iban": "NO9386011117947",
                "vat_registered": "false",
            ])
        let line = try value(Self.read(.recurringInvoiceLines, ["unit_price": "+0100.500"]))
        #expect(line.first?["unit_price"] == "100.5")
        let plan = try value(Self.read(.sendPlans, ["retry_delays": "none"]))
        #expect(plan.first?["retry_delays"] == "{}")
    }

    @Test func `a bad customer address is taken, for the precheck tells the user`() throws {
        let rows = try value(Self.read(.customers, ["email": "post@@eksempel"]))
        #expect(rows.first?["email"] == "post@@eksempel")
    }

    @Test func `reversed charge wants the buyer's number`() {
        let faults = faults(Self.read(.customers, ["reverse_charge": "ja"]))
        #expect(faults.map(\.column) == ["organisation_number"])
    }

    @Test(arguments: [
        ("e;E-post;1;email\ne;E-post;2;print\nstopp;Ingen;1;", []),
        ("e;E-post;1;email\ne;E-post;1;print", ["3 position"]),
        ("e;E-post;1;email\ne;E-post;2;", ["3 channel"]),
        ("e;E-post;1;email\ne;Post;2;print", ["3 name"]),
    ])
    func `the rows of one send plan make one plan`(rows: String, expected: [String]) {
        let csv = "key;name;position;channel\n" + rows
        let result = SetupReader.read(
            Array(csv.utf8), file: "send_plans.csv", table: .sendPlans, tenantID: 7)
        #expect(faults(result).map { "\($0.line) \($0.column)" } == expected)
    }
}
