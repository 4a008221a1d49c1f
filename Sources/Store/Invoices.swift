package import FoundationEssentials
package import Invoicing
package import Postgres

/// The tables invoice, invoice_line, invoice_vat and invoice_attachment.
package struct Invoices {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An invoice to be inserted.
    package struct New: Sendable {
        package var tenantID: Int64
        package var invoiceID: UUID
        package var origin: Origin
        package var customerNumber: String?
        package var createdBy: String
        package var planKey: String?
        package var recipient: String?
        package var invoice: Invoice
        package var attachments: [StoredFile]

        package init(
            tenantID: Int64, invoiceID: UUID, origin: Origin, customerNumber: String?,
            createdBy: String, planKey: String?, recipient: String?, invoice: Invoice,
            attachments: [StoredFile] = []
        ) {
            self.tenantID = tenantID
            self.invoiceID = invoiceID
            self.origin = origin
            self.customerNumber = customerNumber
            self.createdBy = createdBy
            self.planKey = planKey
            self.recipient = recipient
            self.invoice = invoice
            self.attachments = attachments
        }
    }

    /// Where an invoice's number comes from.
    package enum Origin: Sendable {
        /// Made from a period of an agreement, with a machine-assigned number.
        case recurring(number: String, period: Int, date: CivilDate, series: String, serial: Int64)
        /// Made elsewhere: the series is the seller's own.
        case imported(series: String)

        var series: String {
            switch self {
            case .recurring(_, _, _, let series, _), .imported(let series): series
            }
        }

        var serial: Int64? {
            if case .recurring(_, _, _, _, let serial) = self { serial } else { nil }
        }

        var recurring: (number: String, period: Int, date: CivilDate)? {
            if case .recurring(let number, let period, let date, _, _) = self {
                (number, period, date)
            } else {
                nil
            }
        }
    }

    /// Inserts invoices with their lines, VAT and files.
    ///
    /// To be called inside a transaction.
    package func insert(_ new: [New], now: Date) throws {
        guard !new.isEmpty else { return }
        try insertHeads(new, now: now)
        try insertLines(new)
        try insertVAT(new)
        try insertAttachments(new)
    }

    private func insertHeads(_ new: [New], now: Date) throws {
        let invoices = new.map(\.invoice)
        let recurring = new.map(\.origin.recurring)
        let totals = invoices.map(\.totals)
        _ = try connection.execute(
            """
            INSERT INTO invoice
                (tenant_id, invoice_id, document_type, series, serial, number,
                 recurring_invoice_number, period_number, period_date, customer_number,
                 created_by, plan_key, recipient, buyer_name, issue_date, due_date, currency,
                 payment_reference, line_total, allowance_total, charge_total, tax_exclusive,
                 vat_total, tax_inclusive, prepaid, rounding, payable, content, created_at)
            SELECT i.*, \(now)
            FROM unnest(
                \(new.map(\.tenantID)), \(new.map(\.invoiceID)),
                \(invoices.map(\.type)), \(new.map(\.origin.series)),
                \(new.map(\.origin.serial)), \(invoices.map(\.number)),
                \(recurring.map { $0?.number }), \(recurring.map { $0?.period }),
                \(recurring.map { $0?.date }), \(new.map(\.customerNumber)),
                \(new.map(\.createdBy)), \(new.map(\.planKey)), \(new.map(\.recipient)),
                \(invoices.map(\.buyer.name)), \(invoices.map(\.issueDate)),
                \(invoices.map(\.dueDate)), \(invoices.map(\.currency)),
                \(invoices.map(\.payment.reference)), \(totals.map(\.lineTotal)),
                \(totals.map(\.allowanceTotal)), \(totals.map(\.chargeTotal)),
                \(totals.map(\.taxExclusive)), \(totals.map(\.vatTotal)),
                \(totals.map(\.taxInclusive)), \(totals.map(\.prepaid)),
                \(totals.map(\.rounding)), \(totals.map(\.payable)),
                \(try invoices.map(InvoiceJSON.head))) AS i
            """)
    }

    private func insertLines(_ new: [New]) throws {
        let lines = new.flatMap { new in
            new.invoice.lines.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !lines.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO invoice_line
                (tenant_id, invoice_id, line_number, name, quantity, unit_price, net_amount,
                 vat_category, vat_rate, content)
            SELECT * FROM unnest(
                \(lines.map(\.0.tenantID)), \(lines.map(\.0.invoiceID)), \(lines.map(\.1)),
                \(lines.map(\.2.name)), \(lines.map(\.2.quantity)),
                \(lines.map(\.2.unitPrice)), \(lines.map(\.2.netAmount)),
                \(lines.map(\.2.vat.code)), \(lines.map(\.2.vat.rate)),
                \(try lines.map { try InvoiceJSON.line($0.2) }))
            """)
    }

    private func insertVAT(_ new: [New]) throws {
        let subtotals = new.flatMap { new in
            new.invoice.vatBreakdown.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !subtotals.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO invoice_vat
                (tenant_id, invoice_id, position, category, rate, taxable_amount, tax_amount)
            SELECT * FROM unnest(
                \(subtotals.map(\.0.tenantID)), \(subtotals.map(\.0.invoiceID)),
                \(subtotals.map(\.1)), \(subtotals.map(\.2.category.code)),
                \(subtotals.map(\.2.category.rate)), \(subtotals.map(\.2.taxableAmount)),
                \(subtotals.map(\.2.taxAmount)))
            """)
    }

    private func insertAttachments(_ new: [New]) throws {
        let files = new.flatMap { new in
            new.attachments.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !files.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO invoice_attachment
                (tenant_id, invoice_id, position, file_name, content_type, sha256)
            SELECT * FROM unnest(
                \(files.map(\.0.tenantID)), \(files.map(\.0.invoiceID)), \(files.map(\.1)),
                \(files.map(\.2.fileName)), \(files.map(\.2.contentType)),
                \(files.map(\.2.sha256)))
            """)
    }
}

extension Invoices.New {
    /// An invoice as it is read back, with where its number comes from.
    package init(_ whole: InvoiceReader.Whole, origin: Invoices.Origin) {
        self.init(
            tenantID: whole.tenantID, invoiceID: whole.invoiceID, origin: origin,
            customerNumber: whole.customerNumber, createdBy: whole.createdBy,
            planKey: whole.planKey, recipient: whole.recipient, invoice: whole.invoice,
            attachments: whole.attachments)
    }
}

/// An invoice as JSON in the database: the head without its lines, and each line.
enum InvoiceJSON {
    private static func json(_ value: some Encodable) throws -> JSONText {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return JSONText(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func head(_ invoice: Invoice) throws -> JSONText {
        var head = invoice
        head.lines = []
        return try json(head)
    }

    static func party(_ party: Party) throws -> JSONText {
        try json(party)
    }

    static func line(_ line: InvoiceLine) throws -> JSONText {
        try json(line)
    }

    static func invoice(head: String, lines: [String]) throws -> Invoice {
        let decoder = JSONDecoder()
        var invoice = try decoder.decode(Invoice.self, from: Data(head.utf8))
        invoice.lines = try lines.map { try decoder.decode(InvoiceLine.self, from: Data($0.utf8)) }
        return invoice
    }
}
