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
        /// Nil where the buyer is not a registered customer.
        package var customerNumber: String?
        /// The key of the user who created it.
        package var createdBy: String
        /// The send plan; nil where none was chosen.
        package var planKey: String?
        /// The address supplied with it; nil for the customer's own.
        package var recipient: String?
        package var invoice: Invoice
        /// The files that go with its e-mails.
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

    /// The origin of an invoice and its number.
    package enum Origin: Sendable {
        /// Made from an agreement's period, with a number assigned here.
        case recurring(number: String, period: Int, date: CivilDate, series: String, serial: Int64)
        /// Made elsewhere; the series belongs to the seller.
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
        let rows: RowSet = """
            tenant_id \(new.map(\.tenantID)), invoice_id \(new.map(\.invoiceID)),
            document_type \(invoices.map(\.type)), series \(new.map(\.origin.series)),
            serial \(new.map(\.origin.serial)), number \(invoices.map(\.number)),
            recurring_invoice_number \(recurring.map { $0?.number }),
            period_number \(recurring.map { $0?.period }), period_date \(recurring.map { $0?.date }),
            customer_number \(new.map(\.customerNumber)), created_by \(new.map(\.createdBy)),
            plan_key \(new.map(\.planKey)), recipient \(new.map(\.recipient)),
            buyer_name \(invoices.map(\.buyer.name)), issue_date \(invoices.map(\.issueDate)),
            due_date \(invoices.map(\.dueDate)), currency \(invoices.map(\.currency)),
            payment_reference \(invoices.map(\.payment.reference)),
            line_total \(totals.map(\.lineTotal)), allowance_total \(totals.map(\.allowanceTotal)),
            charge_total \(totals.map(\.chargeTotal)), tax_exclusive \(totals.map(\.taxExclusive)),
            vat_total \(totals.map(\.vatTotal)), tax_inclusive \(totals.map(\.taxInclusive)),
            prepaid \(totals.map(\.prepaid)), rounding \(totals.map(\.rounding)),
            payable \(totals.map(\.payable)), content \(try invoices.map(InvoiceJSON.head))
            """
        _ = try connection.execute(
            """
            INSERT INTO invoice (\(rows.columnNames), created_at)
            SELECT i.*, \(now) FROM \(rows.table("i"))
            """)
    }

    private func insertLines(_ new: [New]) throws {
        let lines = new.flatMap { new in
            new.invoice.lines.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !lines.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(lines.map(\.0.tenantID)), invoice_id \(lines.map(\.0.invoiceID)),
            line_number \(lines.map(\.1)), name \(lines.map(\.2.name)),
            quantity \(lines.map(\.2.quantity)), unit_price \(lines.map(\.2.unitPrice)),
            net_amount \(lines.map(\.2.netAmount)), vat_category \(lines.map(\.2.vat.code)),
            vat_rate \(lines.map(\.2.vat.rate)),
            content \(try lines.map { try InvoiceJSON.line($0.2) })
            """
        _ = try connection.execute(
            "INSERT INTO invoice_line (\(rows.columnNames)) SELECT * FROM \(rows.table("l"))")
    }

    private func insertVAT(_ new: [New]) throws {
        let subtotals = new.flatMap { new in
            new.invoice.vatBreakdown.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !subtotals.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(subtotals.map(\.0.tenantID)), invoice_id \(subtotals.map(\.0.invoiceID)),
            position \(subtotals.map(\.1)), category \(subtotals.map(\.2.category.code)),
            rate \(subtotals.map(\.2.category.rate)),
            taxable_amount \(subtotals.map(\.2.taxableAmount)),
            tax_amount \(subtotals.map(\.2.taxAmount))
            """
        _ = try connection.execute(
            "INSERT INTO invoice_vat (\(rows.columnNames)) SELECT * FROM \(rows.table("v"))")
    }

    private func insertAttachments(_ new: [New]) throws {
        let files = new.flatMap { new in
            new.attachments.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !files.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(files.map(\.0.tenantID)), invoice_id \(files.map(\.0.invoiceID)),
            position \(files.map(\.1)), \(StoredFile.rows(files.map(\.2)))
            """
        _ = try connection.execute(
            "INSERT INTO invoice_attachment (\(rows.columnNames)) SELECT * FROM \(rows.table("a"))")
    }
}

extension Invoices.New {
    /// An invoice that was read back, with the origin of its number.
    package init(_ whole: InvoiceReader.Whole, origin: Invoices.Origin) {
        self.init(
            tenantID: whole.tenantID, invoiceID: whole.invoiceID, origin: origin,
            customerNumber: whole.customerNumber, createdBy: whole.createdBy,
            planKey: whole.planKey, recipient: whole.recipient, invoice: whole.invoice,
            attachments: whole.attachments)
    }
}

/// Invoices as JSON in the database: the head without its lines, and each line.
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
