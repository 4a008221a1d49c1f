import Invoicing
import Testing

@testable import Import

/// What single fields may be, and what is said where they are not.
@Suite struct RecordTests {
    /// A row of each kind that is good; a case changes one of its fields.
    private static let good: [SetupKind: [String: String]] = [
        .tenant: ["tenant_id": "1", "name": "A"],
        .users: ["user_key": "kari", "name": "Kari", "email": "kari@eksempel.test"],
        .customers: ["number": "1", "name": "A"],
        .vatRates: ["code": "3", "valid_from": "2005-01-01", "category": "S", "rate": "25"],
        .formTemplates: ["key": "std", "name": "Standard"],
        .formSetup: ["document_type": "invoice", "form_template": "std"],
        .sendPlans: ["key": "e", "name": "E-post", "channel": "email"],
        .recurringInvoices: [
            "number": "A1", "customer": "1", "created_by": "kari", "anchor_date": "2026-01-31",
            "interval_unit": "month",
        ],
        .recurringInvoiceLines: [
            "recurring_invoice": "A1", "line_no": "1", "description": "Leie",
            "unit_price": "100.50", "vat_code": "3",
        ],
    ]

    private static func reading(_ kind: SetupKind, _ changes: [String: String]) -> SetupReading {
        let row = (good[kind] ?? [:]).merging(changes) { $1 }.sorted { $0.key < $1.key }
        let header = row.map(\.key).joined(separator: ",")
        let fields = row.map { "\"\($0.value.replacing("\"", with: "\"\""))\"" }
        let csv = header + "\n" + fields.joined(separator: ",") + "\n"
        return SetupReader.read(
            [SetupFile(name: "\(kind.rawValue).csv", bytes: Array(csv.utf8))])
    }

    @Test(arguments: SetupKind.allCases.filter { $0 != .attachments })
    func `the least of each kind is read`(kind: SetupKind) {
        #expect(Self.reading(kind, [:]).faults == [])
    }

    @Test(
        arguments: [
            (.tenant, "tenant_id", "0", "within"), (.tenant, "tenant_id", "", "missing"),
            (.tenant, "name", " ", "missing"),
            (.tenant, "organisation_number", "123456789", "organisation number"),
            (.tenant, "account_number", "1234.56.78904", "account number"),
            (.tenant, "iban", "NO9386011117948", "IBAN"), (.tenant, "bic", "dnb", "BIC"),
            (.tenant, "vat_registered", "maybe", "true nor false"),
            (.tenant, "language", "no", "none of nb, nn, en"),
            (.tenant, "currency", "nok", "currency"),
            (.tenant, "country", "Norge", "country"), (.tenant, "kid_algorithm", "luhn", "none of"),
            (.tenant, "reply_to", "post", "e-mail address"),
            (.tenant, "kid_invoice_digits", "0", "within"),
            (.tenant, "catch_up_policy", "eache", "none of each, latest, ask"),
            (.tenant, "in_doubt_policy", "guess", "none of park, resend"),
            (.users, "email", "kari", "e-mail address"), (.users, "user_key", "", "missing"),
            (.customers, "due_days", "366", "within"),
            (.customers, "due_days", "-1", "whole number"),
            (.customers, "name", "a\nb", "line break"), (.customers, "endpoint", "123", "scheme"),
            (.customers, "number", String(repeating: "1", count: 65), "longer than 64"),
            (.vatRates, "valid_from", "01.05.2025", "year-month-day"),
            (.vatRates, "category", "A", "none of"), (.vatRates, "rate", "0", "category S"),
            (.vatRates, "rate", "101", "percentage"),
            (.vatRates, "category", "E", "only category S"),
            (.formTemplates, "accent_colour", "blue", "colour"),
            (.formTemplates, "logo", "logo.png", "no folder"),
            (.formSetup, "document_type", "faktura", "none of"),
            (.sendPlans, "retry_delays", "4 hours", "list of up to"),
            (.sendPlans, "retry_delays", "32d", "list of up to"),
            (.sendPlans, "retry_delays", "0h", "list of up to"),
            (.sendPlans, "channel", "fax", "none of"),
            (.recurringInvoices, "anchor_date", "2026-02-30", "year-month-day"),
            (.recurringInvoices, "interval_unit", "months", "none of day"),
            (.recurringInvoices, "interval_count", "0", "within"),
            (.recurringInvoices, "end_date", "2025-01-01", "before the first"),
            (.recurringInvoices, "paused_until", "2026-03-01", "does not begin"),
            (.recurringInvoices, "price_factor", "0", "above zero"),
            (.recurringInvoices, "text", String(repeating: "x", count: 10_001), "longer than"),
            (.recurringInvoiceLines, "unit_price", "1 234,50", "decimal comma"),
            (.recurringInvoiceLines, "unit_price", "kr 100", "no number"),
            (.recurringInvoiceLines, "unit_price", "0.1234567", "six decimals"),
            (.recurringInvoiceLines, "unit", "stk.", "unit code"),
            (.recurringInvoiceLines, "line_no", "a", "whole number"),
            (.recurringInvoiceLines, "discount_percent", "150", "percentage"),
        ] as [(SetupKind, String, String, String)])
    func `a bad field is a fault of its column`(
        kind: SetupKind, column: String, value: String, message: String
    ) {
        let faults = Self.reading(kind, [column: value]).faults
        let isTold = faults.contains {
            ($0.column == column || column == "category") && $0.message.contains(message)
        }
        #expect(isTold, "\(faults)")
        #expect(faults.allSatisfy { $0.line == 2 && !$0.advice.isEmpty })
    }

    @Test(arguments: [
        ("unit_price", "1 234,50", "1234.50"), ("unit", "stk", "EA"),
        ("discount_percent", "-5", "25"),
    ])
    func `the advice says what to write`(column: String, value: String, advice: String) {
        let fault = Self.reading(.recurringInvoiceLines, [column: value]).faults.first
        #expect(fault?.advice.contains(advice) == true)
    }

    @Test func `a date the Norwegian way is turned round in the advice`() {
        let fault = Self.reading(.recurringInvoices, ["anchor_date": "31.1.2026"]).faults.first
        #expect(fault?.advice == "Write 2026-01-31")
    }

    @Test func `a tenant's accounts and KID must fit together`() {
        let accounts = ["account_number": "86011117947", "iban": "NO9386011117947"]
        #expect(Self.reading(.tenant, accounts).faults == [])
        let other = ["account_number": "12345678903", "iban": "NO9386011117947"]
        #expect(Self.reading(.tenant, other).faults.map(\.column) == ["iban"])
        let long = ["kid_customer_digits": "12", "kid_invoice_digits": "13"]
        #expect(Self.reading(.tenant, long).faults.map(\.column) == ["kid_invoice_digits"])
        let short = ["kid_invoice_digits": "4", "first_invoice_number": "10001"]
        #expect(Self.reading(.tenant, short).faults.map(\.column) == ["kid_invoice_digits"])
    }

    @Test func `a bad customer address is taken, for the precheck tells the user`() throws {
        let setup = try Self.reading(.customers, ["email": "post@@eksempel"]).get()
        #expect(setup.customers.first?.email == "post@@eksempel")
    }

    @Test func `an agreement keeps its pause and its interval`() throws {
        let changes = [
            "interval_unit": "quarter", "interval_count": "2", "paused_from": "2026-07-01",
            "automatic_dispatch": "nei", "price_factor": "1.035", "send_plan": "",
        ]
        let agreement = try #require(
            try Self.reading(.recurringInvoices, changes).get().recurringInvoices.first)
        #expect(agreement.interval == Interval(2, .quarter))
        #expect(agreement.pause?.from.description == "2026-07-01" && agreement.pause?.until == nil)
        #expect(!agreement.isAutomaticallyDispatched && agreement.sendPlan == nil)
        #expect(agreement.priceFactor.description == "1.035")
    }

    @Test func `the steps of a plan come in order, and a plan of one row may be empty`() throws {
        let csv = """
            key;name;position;channel;retry_delays
            e;E-post;2;email;none
            stopp;Ingen utsendelse;;;
            e;;1;ehf;90m,2d
            std;Standard;1;email;
            """
        let file = SetupFile(name: "send_plans.csv", bytes: Array(csv.utf8))
        let plans = try SetupReader.read([file]).get().sendPlans
        #expect(plans.map(\.key) == ["e", "stopp", "std"])
        #expect(plans.map(\.name) == ["E-post", "Ingen utsendelse", "Standard"])
        #expect(plans[0].steps.map(\.channel) == [.ehf, .email])
        #expect(plans[0].steps.map(\.retryDelaysSeconds) == [[5_400, 172_800], []])
        #expect(plans[1].steps == [])
        #expect(plans[2].steps.map(\.retryDelaysSeconds) == [[14_400, 86_400]])
    }

    @Test(arguments: [
        ("e;E-post;1;email;\ne;E-post;;email;", 3, "position"),
        ("e;E-post;1;email;\ne;E-post;2;;", 3, "channel"),
        ("e;E-post;1;email;\ne;Post;2;print;", 3, "name"),
        ("e;;1;email;", 2, "name"),
    ])
    func `rows of one plan must agree`(rows: String, line: Int, column: String) {
        let csv = "key;name;position;channel;retry_delays\n" + rows
        let file = SetupFile(name: "send_plans.csv", bytes: Array(csv.utf8))
        let faults = SetupReader.read([file]).faults
        #expect(faults.map(\.line) == [line] && faults.map(\.column) == [column])
    }
}
