package import Foundation
package import Postgres

/// A row of a table with sensible defaults, so that a test says only what matters to it.
///
///     try connection.insert(.customer, ["email": "kari@kunde.test"])
///
/// The defaults of all tables together are one sound company, whose agreement A1 has its first
/// period due on `Company.smallAsOf`.
package struct TestRow: Sendable {
    fileprivate let table: String
    fileprivate let defaults: [String: String]

    private init(_ table: String, _ defaults: [String: String]) {
        self.table = table
        self.defaults = defaults.merging(["tenant_id": "1"]) { own, _ in own }
    }

    // MARK: The set-up

    package static let tenant = TestRow(
        "tenant",
        [
            "name": "Fjordlys AS", "organisation_number": "987654325", "street": "Strandgata 1",
            "postal_code": "5003", "city": "Bergen", "account_number": "86011117947",
            "kid_invoice_digits": "8",
        ])
    package static let user = TestRow(
        "app_user",
        ["user_key": "kari", "name": "Kari Nordmann", "email": "ok-kari@fjordlys.test"])
    package static let customer = TestRow(
        "customer",
        [
            "customer_number": "1", "name": "Kunde 1 AS", "email": "ok-1@kunde.test",
            "street": "Gata 1", "postal_code": "5003", "city": "Bergen",
        ])
    package static let customerRecipient = TestRow(
        "customer_recipient", ["customer_number": "1", "email": "ok-kopi@kunde.test"])
    package static let numberSeries = TestRow(
        "number_series", ["series": "invoice", "first_number": "1", "next_number": "1"])
    package static let sendPlan = TestRow("send_plan", ["plan_key": "epost", "name": "E-post"])
    package static let sendPlanStep = TestRow(
        "send_plan_step", ["plan_key": "epost", "position": "1", "channel": "email"])
    package static let vatRate = TestRow(
        "vat_rate",
        ["vat_code": "3", "valid_from": "2005-01-01", "category": "S", "rate": "25"])
    package static let formTemplate = TestRow(
        "form_template", ["form_key": "standard", "name": "Standard"])
    package static let formSetup = TestRow(
        "form_setup", ["document_type": "invoice", "form_key": "standard"])
    package static let agreement = TestRow(
        "recurring_invoice",
        [
            "recurring_invoice_number": "A1", "customer_number": "1", "created_by": "kari",
            "plan_key": "epost", "anchor_date": "2026-11-01", "interval_unit": "month",
        ])
    package static let agreementLine = TestRow(
        "recurring_invoice_line",
        [
            "recurring_invoice_number": "A1", "line_number": "1", "description": "Vakthold",
            "unit_price": "101.50", "vat_code": "3",
        ])
    package static let priceIndexValue = TestRow("price_index_value", ["index_code": "KPI"])
    package static let priceIndexClause = TestRow(
        "price_index_clause",
        [
            "recurring_invoice_number": "A1", "index_code": "KPI", "base_month": "2023-10-01",
            "base_value": "135", "adjust_month": "1",
        ])

    // MARK: What is made of it

    /// One that another system made, of nothing.
    package static let invoice = TestRow(
        "invoice",
        [
            "document_type": "invoice", "series": "import:1", "created_by": "kari",
            "buyer_name": "Kunde AS", "issue_date": "2026-11-01", "currency": "NOK",
            "line_total": "0", "tax_exclusive": "0", "vat_total": "0", "tax_inclusive": "0",
            "payable": "0", "content": "{}", "created_at": "2026-11-01T06:00:00Z",
        ])
    package static let dispatch = TestRow(
        "dispatch",
        [
            "purpose": "invoice", "document_type": "invoice", "created_by": "kari",
            "retry_delays": "{}", "created_at": "2026-11-01T06:00:00Z", "state": "queued",
        ])
    package static let message = TestRow(
        "dispatch_message",
        ["from_address": "faktura@budstikke.test", "subject": "Faktura", "body_text": "Hei"])
    package static let queued = TestRow("dispatch_queue", ["run_at": "2026-11-01T06:00:00Z"])
    package static let ongoing = TestRow("ongoing_dispatch", ["since": "2026-11-01T06:00:00Z"])
    package static let attempt = TestRow(
        "attempt", ["attempt_number": "1", "outcome": "accepted", "provider": "stub"])
}

extension Connection {
    /// Inserts a row; what is given goes before the defaults, and nil is NULL.
    package func insert(_ row: TestRow, _ values: [String: String?] = [:]) throws {
        let all = row.defaults.mapValues(Optional.some).merging(values) { $1 }
            .sorted { $0.key < $1.key }
        let names = all.map(\.key).joined(separator: ", ")
        let cells = all.map { cell in
            cell.value.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL"
        }.joined(separator: ", ")
        _ = try execute(
            Query(stringLiteral: "INSERT INTO \(row.table) (\(names)) VALUES (\(cells))"))
    }

    /// Inserts a company with nothing to invoice yet.
    package func insertCompany(_ tenant: Int = 1) throws {
        let own = ["tenant_id": "\(tenant)"]
        for row: TestRow in [
            .tenant, .numberSeries, .user, .sendPlan, .sendPlanStep, .vatRate, .formTemplate,
            .formSetup,
        ] {
            try insert(row, own)
        }
    }

    /// Inserts a customer and its agreement, both of this number: A1 of customer 1, of 101.50.
    package func insertAgreement(
        _ number: Int, tenant: Int = 1, email: String?, _ values: [String: String?] = [:],
        customer: [String: String?] = [:]
    ) throws {
        let own: [String: String?] = ["tenant_id": "\(tenant)"]
        let named = own.merging(["recurring_invoice_number": "A\(number)"]) { $1 }
        try insert(
            .customer,
            own.merging([
                "customer_number": "\(number)", "name": "Kunde \(number) AS", "email": email,
                "street": "Gata \(number)",
            ]) { $1 }.merging(customer) { $1 })
        try insert(
            .agreement,
            named.merging(["customer_number": "\(number)"]) { $1 }.merging(values) { $1 })
        try insert(.agreementLine, named.merging(["unit_price": "\(100 + number).50"]) { $1 })
    }

    /// Inserts an invoice of another system, and a dispatch of the same id that was sent so often,
    /// each attempt a minute after the one before.
    package func insertSent(
        _ id: UUID = UUID(), to recipient: String, messageID: String, provider: String,
        attempts: Int = 1, startedAt: Date
    ) throws {
        let key = recipient.lowercased()
        func time(_ minute: Int) -> String {
            (startedAt + Double(minute) * 60).formatted(.iso8601)
        }
        let own: [String: String?] = [
            "dispatch_id": "\(id)", "recipient_key": key,
        ]
        try insert(
            .invoice, ["invoice_id": "\(id)", "number": "\(id)", "created_at": time(0)])
        try insert(
            .dispatch,
            own.merging([
                "root_id": "\(id)", "invoice_id": "\(id)", "recipient": recipient,
                "message_id": messageID, "created_at": time(0), "state": "sent",
                "attempt": "\(attempts)", "accepted_attempt": "\(attempts)",
                "accepted_count": "\(attempts)", "sent_at": time(0),
            ]) { $1 })
        try insert(.ongoing, own.merging(["invoice_id": "\(id)"]) { $1 })
        for number in 1...attempts {
            try insert(
                .attempt,
                own.merging([
                    "attempt_number": "\(number)", "started_at": time(number - 1),
                    "ended_at": time(number - 1), "provider": provider,
                    "provider_message_id": messageID,
                ]) { $1 })
        }
    }

    /// Inserts so many e-mails to users into the queue, which are due.
    package func insertQueuedMails(_ count: Int) throws {
        try insert(.tenant)
        try insert(.user)
        _ = try execute(
            """
            WITH made AS (
                INSERT INTO dispatch (tenant_id, dispatch_id, root_id, purpose, document_type,
                    created_by, recipient, recipient_key, message_id, created_at, state)
                SELECT 1, id, id, 'fault_report', 'report', 'kari', id || '@kunde.test',
                    id || '@kunde.test', id::text, now(), 'queued'
                FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, \(count))) AS c
                RETURNING dispatch_id AS id
            ), worded AS (
                INSERT INTO dispatch_message
                    (tenant_id, dispatch_id, from_address, subject, body_text)
                SELECT 1, id, 'faktura@budstikke.test', 'Faktura', 'Hei' FROM made
            )
            INSERT INTO dispatch_queue (tenant_id, dispatch_id, run_at)
            SELECT 1, id, now() FROM made
            """)
    }
}
