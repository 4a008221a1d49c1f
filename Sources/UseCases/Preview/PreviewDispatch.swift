package import EHF
package import Dispatching
import Documents
import FoundationEssentials
package import Invoicing
package import Postgres
package import Runtime
import Store
import Wire

/// Shows exactly what would be sent, and what is wrong, without sending or storing anything.
///
/// The nightly code creates it, in a transaction that is rolled back. So the number of an invoice
/// that does not exist yet is the one it would get now.
package struct PreviewDispatch {
    let connection: Connection
    let context: RunContext
    let terms: MessageTerms
    /// The form template to use; nil for the one in the form set-up.
    let template: String?

    package init(
        connection: Connection, context: RunContext, terms: MessageTerms, template: String? = nil
    ) {
        self.connection = connection
        self.context = context
        self.terms = terms
        self.template = template
    }

    /// The preview of one dispatch.
    package struct Preview: Sendable {
        /// The invoice number.
        package var number: String
        /// Nil where no address is known.
        package var recipient: String?
        /// What would keep it from being sent; empty for nothing.
        package var faults: [Fault]
        /// The message with its files; nil where faults prevent composing it.
        package var message: OutgoingMessage?
        /// The document, rendered even if other things are wrong; nil where it can't be.
        package var document: [UInt8]?
        /// The document as EHF, whether or not the send plan asks for it.
        package var ehf: [UInt8]
        /// The rules of EHF that its receiver would find violated.
        package var violations: [EHFViolation]
        /// The receiver by EHF alone, or as a letter; nil where it goes by e-mail.
        package var receiver: String?
        /// Whether it would go as a letter.
        package var isLetter = false
        /// The recipients of copies by e-mail, each with what is wrong.
        package var copies: [(recipient: String, faults: [Fault])] = []
    }

    /// An invoice that exists, as a dispatch created now would send it.
    package func invoice(_ number: String) throws -> [Preview] {
        try connection.rehearsing {
            let dispatching = try dispatching(at: context.clock)
            let keys = try InvoiceReader(connection).find(
                number: number, tenantID: context.tenantID)
            guard !keys.isEmpty else {
                throw UsageError("there is no invoice '\(number)'", exit: .badInput)
            }
            for tenantID in Set(keys.map(\.tenantID)) { try chooseTemplate(tenantID) }
            return try previews(keys, dispatching: dispatching)
        }
    }

    private func chooseTemplate(_ tenantID: Int64) throws {
        guard let template else { return }
        _ = try PreviewTemplate(
            connection: connection, key: template, tenantID: tenantID
        ).choose()
    }

    /// The tenant's newest document of the type that the template is made for.
    package func newest() throws -> [Preview] {
        guard let template, let tenantID = context.tenantID else {
            throw UsageError("--tenant: say whose form template it is")
        }
        return try connection.rehearsing {
            let type = try PreviewTemplate(
                connection: connection, key: template, tenantID: tenantID
            ).choose()
            guard
                let key = try InvoiceReader(connection).newest(of: type, tenantID: tenantID)
            else {
                throw UsageError(
                    "tenant \(tenantID) has no \(type.rawValue) to show it by; name an agreement"
                        + " with --recurring", exit: .badInput)
            }
            return try previews([key], dispatching: dispatching(at: context.clock))
        }
    }

    /// A period of an agreement, as the nightly run would make it.
    package func period(_ period: Int, of number: String) throws -> [Preview] {
        guard let tenantID = context.tenantID else {
            throw UsageError("--tenant: say whose agreement '\(number)' is")
        }
        return try connection.rehearsing {
            try chooseTemplate(tenantID)
            let agreements = RecurringInvoices(connection)
            guard
                let recurrence = try agreements.recurrence(tenantID: tenantID, number: number)
            else {
                throw UsageError(
                    "tenant \(tenantID) has no recurring invoice '\(number)'", exit: .badInput)
            }
            let made = try InvoiceReader(connection).find(
                agreement: number, period: period, tenantID: tenantID)
            guard made.isEmpty else {
                return try previews(made, dispatching: dispatching(at: context.clock))
            }
            guard period >= recurrence.firstNumber else {
                throw UsageError("period \(period) of '\(number)' was passed over", exit: .badInput)
            }
            if period > recurrence.firstNumber {
                let date = recurrence.date(ofPeriod: period)
                try agreements.advance([
                    (AgreementKey(tenantID, number), period, date.adding(days: -1))
                ])
            }
            return try previews(AgreementKey(tenantID, number), period: period)
        }
    }

    private func previews(_ key: AgreementKey, period: Int) throws -> [Preview] {
        let agreements = RecurringInvoices(connection)
        let notMade = UsageError(
            "period \(period) of '\(key.number)' would not be made: the agreement has ended or is"
                + " paused then", exit: .badInput)
        guard let day = try agreements.dueDay(key) else { throw notMade }
        // Noon in UTC is the same day in Norway, and the day's rates and dates apply.
        let dispatching = try dispatching(at: RunClock(fixed: try noon(of: day)))
        try dispatching.logos.prepare([key.tenantID])
        let numbers = try NumberSeries(connection).lock(tenants: [key.tenantID])
        try dispatching.setups.load([key.tenantID])
        let due = try agreements.due([key], now: dispatching.now)
        _ = try AgreementBatch(dispatching: dispatching, due: due, numbers: numbers).write()
        let keys = try InvoiceReader(connection).find(
            agreement: key.number, period: period, tenantID: key.tenantID)
        guard keys.isEmpty else { return try previews(keys, dispatching: dispatching) }
        let faults = try DispatchFaults(connection).open(
            tenantID: key.tenantID, agreement: key.number, period: period)
        guard !faults.isEmpty else { throw notMade }
        return [
            Preview(
                number: "\(key.number) period \(period)", recipient: nil, faults: faults, ehf: [],
                violations: [])
        ]
    }

    private func noon(of date: CivilDate) throws -> Date {
        guard let noon = try? Date("\(date)T12:00:00Z", strategy: .iso8601) else {
            throw UsageError("--period: \(date) is no date that can be shown")
        }
        return noon
    }

    private func dispatching(at clock: RunClock) throws -> DispatchingContext {
        let seconds = clock.now.timeIntervalSince(self.context.clock.now)
        var context = context
        context.clock = clock
        return try DispatchingContext(
            connection: connection, context: context, terms: terms,
            daysAhead: max(0, Int((seconds / 86_400).rounded(.up))))
    }

    private func previews(
        _ keys: [(tenantID: Int64, invoiceID: UUID)], dispatching: DispatchingContext
    ) throws -> [Preview] {
        try dispatching.logos.prepare(Array(Set(keys.map(\.tenantID))))
        let invoices = try InvoiceReader(connection).read(keys)
        return try invoices.map { whole in
            let composed = try InvoiceDispatching(dispatching: dispatching).compose(
                [.init((whole.tenantID, whole.invoiceID))], isDrawnAnew: template != nil)
            guard let dispatches = composed.first?.dispatches, let composed = dispatches.first
            else {
                throw UsageError(
                    "invoice \(whole.invoice.number) can't be read", exit: .badInput)
            }
            let drawn =
                try composed.documents.first { $0.kind == .pdf }.flatMap { document in
                    composed.files.first { $0.sha256 == document.sha256 }?.content
                }
                ?? whole.document.flatMap {
                    try content(of: $0, tenantID: whole.tenantID)
                }
            return Preview(
                number: whole.invoice.number, recipient: composed.new.recipient,
                faults: composed.faults, message: try message(of: composed),
                document: drawn, ehf: try ehf(of: composed, whole),
                violations: EHFRules.violations(in: whole.invoice),
                receiver: composed.isForOutbox ? composed.new.recipient : nil,
                isLetter: composed.isLetter,
                copies: dispatches.dropFirst().map { ($0.new.recipient ?? "", $0.faults) })
        }
    }

    private func content(of file: StoredFile, tenantID: Int64) throws -> [UInt8]? {
        try Files(connection).content(tenantID: tenantID, sha256: file.sha256)
    }

    /// The EHF that would be sent if it would be, else what it would look like.
    private func ehf(
        of composed: ComposedDispatch, _ whole: InvoiceReader.Whole
    ) throws -> [UInt8] {
        guard case .outbox(_, let file) = composed.new.content,
            let bytes = try bytes(of: file, in: composed)
        else { return EHFDocument.bytes(of: whole.invoice) }
        return bytes
    }

    private func bytes(of file: StoredFile, in composed: ComposedDispatch) throws -> [UInt8]? {
        try composed.files.first { $0.sha256 == file.sha256 }?.content
            ?? content(of: file, tenantID: composed.new.tenantID)
    }

    private func message(of composed: ComposedDispatch) throws -> OutgoingMessage? {
        guard case .message(let message) = composed.new.content,
            let recipient = composed.new.recipient.flatMap(EmailAddress.init),
            let from = EmailAddress(message.fromAddress)
        else { return nil }
        return OutgoingMessage(
            dispatchID: composed.new.dispatchID, tenantID: composed.new.tenantID,
            from: Mailbox(name: message.fromName, address: from),
            replyTo: message.replyTo.flatMap(EmailAddress.init).map { Mailbox(address: $0) },
            to: Mailbox(name: message.toName, address: recipient), subject: message.subject,
            messageID: message.messageID, text: message.text, html: message.html,
            attachments: try message.files.map { file in
                Attachment(
                    fileName: file.fileName, contentType: file.contentType,
                    content: try bytes(of: file, in: composed) ?? [])
            })
    }
}
