import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// A batch of due agreements: decided one by one, written together.
///
/// It lives inside one savepoint. Numbers are assigned in order, and only to what becomes an
/// invoice: faults of the document itself are found by the rendering that is then used.
struct AgreementBatch {
    /// The result of a batch.
    struct Made {
        var counts = GenerateCounts()
        /// The next number of each tenant after the batch.
        var numbers: [Int64: Int64]
    }

    private let dispatching: DispatchingContext
    private var due: [RecurringInvoices.Due]
    private var made: Made
    private var writes = Writes()
    private var subjects: DispatchSubjects?
    private var attachments: [Int64: [String: [StoredFile]]] = [:]
    private var failedPeriods: [PeriodKey: Dispatches.FailedPeriod] = [:]
    private var prices = BatchPrices()
    private var passedNumbers: [Int64: Int64] = [:]

    private struct PeriodKey: Hashable {
        var agreement: AgreementKey
        var period: Int
    }

    /// Everything that is written at the end, one statement per table.
    private struct Writes {
        var invoices: [Invoices.New] = []
        var dispatches: [ComposedDispatch] = []
        var moves: [(key: AgreementKey, nextPeriod: Int, through: CivilDate)] = []
        var skips: [(key: AgreementKey, period: SkippedPeriod)] = []
        var faults: [(tenantID: Int64, dispatchID: UUID, fault: Fault)] = []
        /// Failed dispatches that were checked again, with the codes still found.
        var rechecks: [DispatchFaults.Recheck] = []
        /// Failed dispatches for periods that never become invoices.
        var passedOver: [DispatchKey] = []
        var raises: [(key: AgreementKey, raise: AwaitedPriceIncrease)] = []
    }

    init(dispatching: DispatchingContext, due: [RecurringInvoices.Due], numbers: [Int64: Int64]) {
        self.dispatching = dispatching
        self.due = due
        made = Made(numbers: numbers)
    }

    /// Processes and writes the whole batch.
    func write() throws -> Made {
        var batch = self
        try batch.read()
        for one in batch.due { try batch.generate(one) }
        try batch.flush()
        return batch.made
    }

    /// Writes only that an agreement failed.
    func fail(_ head: RecurringInvoices.Head, faults: [Fault]) throws -> GenerateCounts {
        var batch = self
        try batch.readFailedPeriods([head.key])
        batch.fail(faults, of: head)
        try batch.flush()
        return batch.made.counts
    }

    // MARK: Reading

    private mutating func read() throws {
        let connection = dispatching.connection
        let keys = due.map(\.key)
        subjects = try DispatchSubjects(
            customers: due.map { .init(tenantID: $0.tenantID, number: $0.customerNumber) },
            tenants: due.map(\.tenantID), dispatching: dispatching)
        attachments = try RecurringInvoices(connection).attachments(keys)
        prices = try BatchPrices.read(for: &due, dispatching: dispatching)
        passedNumbers = try NumberSeries(connection).passed(tenants: Array(made.numbers.keys))
        try readFailedPeriods(keys)
    }

    private mutating func readFailedPeriods(_ keys: [AgreementKey]) throws {
        for failed in try Dispatches(dispatching.connection).failedPeriods(keys) {
            failedPeriods[PeriodKey(agreement: failed.key, period: failed.period)] = failed
        }
    }

    // MARK: Deciding

    private mutating func generate(_ due: RecurringInvoices.Due) throws {
        let unreadable = dispatching.setups.faults(of: due.tenantID)
        guard unreadable.isEmpty else {
            fail(due, period: due.agreement.nextPeriodNumber, faults: unreadable)
            return
        }
        guard let setup = dispatching.setups[due.tenantID],
            let customer = subjects?.customer(due.customerNumber, of: due.tenantID)
        else { return }
        let decision = DuePeriods.decide(
            due.agreement, today: due.today, catchUpMax: setup.profile.catchUpMax)
        guard decision.faults.isEmpty else {
            fail(due, period: due.agreement.nextPeriodNumber, faults: decision.faults)
            return
        }
        if let fault = seriesFault(of: due.tenantID), !decision.due.isEmpty {
            return fail(due, period: due.agreement.nextPeriodNumber, faults: [fault])
        }
        let builder = InvoiceBuilder(
            seller: setup.profile.seller, vatRates: setup.vatRates, today: due.today,
            exchangeRates: prices.exchangeRates[due.tenantID] ?? ExchangeRates(),
            indexValues: prices.indexValues[due.tenantID] ?? IndexValues())
        var next = decision.nextPeriodNumber
        for period in decision.due {
            let draft = builder.draft(of: due.agreement, for: period, to: customer.customer)
            let invoice = draft.flatMap { $0.numbered(made.numbers[due.tenantID] ?? 1) }
            let faults: [Fault]
            switch invoice {
            case .success(let invoice):
                faults = try add(invoice, of: due, period: period, to: customer)
                if faults.isEmpty { addNotice(draft, of: due) }
            case .failure(let found):
                faults = found.list
            }
            guard faults.isEmpty else {
                // Later periods wait for this one, so that none is skipped.
                fail(due, period: period.number, faults: faults)
                next = period.number
                break
            }
        }
        let skipped = decision.skipped.filter { $0.number < next }
        writes.skips += skipped.map { (due.key, $0) }
        writes.passedOver += skipped.compactMap { period in
            failedPeriods[PeriodKey(agreement: due.key, period: period.number)]
                .map { DispatchKey(due.tenantID, $0.dispatchID) }
        }
        made.counts.skippedPeriods += skipped.count
        if let through = due.agreement.lastDay(before: next) {
            writes.moves.append((due.key, next, through))
        }
    }

    /// Why the tenant's series has no number available; nil where it has.
    private func seriesFault(of tenantID: Int64) -> Fault? {
        if let next = made.numbers[tenantID], next > NumberSeries.numberMax {
            return Fault(.rowUnreadable, "number_series.next_number: \(next)")
        }
        return passedNumbers[tenantID].map { Fault(.numberSeriesPassed, "\($0)") }
    }

    /// Adds an invoice that was rendered before it takes its number, or the faults of its document.
    private mutating func add(
        _ invoice: Invoice, of due: RecurringInvoices.Due, period: DuePeriod,
        to customer: Customers.Profile
    ) throws -> [Fault] {
        let key = PeriodKey(agreement: due.key, period: period.number)
        let whole = whole(invoice, of: due, period: period, to: customer)
        let composed =
            try due.isDispatched ? compose(whole, of: due, period, after: failedPeriods[key]) : []
        if let main = composed.first, main.faults.contains(where: \.code.stopsInvoice) {
            return main.faults
        }
        let serial = made.numbers[due.tenantID] ?? 1
        made.numbers[due.tenantID] = serial + 1
        made.counts.invoices += 1
        LegalDateWarnings(dispatching: dispatching).count(
            invoice, of: due, period, in: &made.counts)
        writes.invoices.append(
            Invoices.New(
                whole,
                origin: .recurring(
                    number: due.agreement.number, period: period.number, date: period.date,
                    series: NumberSeries.invoices, serial: serial)))
        if let failed = failedPeriods[key] {
            writes.rechecks.append((due.tenantID, failed.dispatchID, []))
        }
        for one in composed { add(one) }
        return []
    }

    private func whole(
        _ invoice: Invoice, of due: RecurringInvoices.Due, period: DuePeriod,
        to customer: Customers.Profile
    ) -> InvoiceReader.Whole {
        let number = due.agreement.number
        let origin = DispatchIdentity.Origin.period(agreement: number, period.number)
        return InvoiceReader.Whole(
            tenantID: due.tenantID,
            invoiceID: DispatchIdentity.invoice(tenantID: due.tenantID, origin: origin),
            invoice: invoice, origin: origin, customerNumber: due.customerNumber,
            createdBy: due.createdBy, planKey: due.planKey, recipient: customer.email,
            attachments: attachments[due.tenantID]?[number] ?? [])
    }

    private func compose(
        _ whole: InvoiceReader.Whole, of due: RecurringInvoices.Due, _ period: DuePeriod,
        after failed: Dispatches.FailedPeriod?
    ) throws -> [ComposedDispatch] {
        guard let subjects else { return [] }
        var main = try subjects.subject(
            of: whole,
            // The day on which it was due to be made: an outage may delay it.
            doubt: try dispatching.lostSubmissions.doubt(
                tenantID: due.tenantID, datedOn: due.agreement.dueDay(of: period)))
        main.resendOf = failed?.dispatchID
        main.rootID = failed?.rootID
        return try dispatching.composer.compose(
            main, copies: subjects.copies(of: whole, like: main), now: dispatching.now)
    }

    /// The old price applies until the customer has been given notice; the user is notified, once.
    private mutating func addNotice(
        _ draft: Result<InvoiceDraft, Faults>, of due: RecurringInvoices.Due
    ) {
        guard case .success(let draft) = draft, let raise = draft.awaitedPriceIncrease else {
            return
        }
        writes.raises.append((due.key, raise))
    }

    private mutating func add(_ composed: ComposedDispatch) {
        writes.dispatches.append(composed)
        made.counts.count(composed)
    }

    /// Records an agreement that can't become an invoice: a failed dispatch without one, the same
    /// each night until it is fixed.
    private mutating func fail(_ due: RecurringInvoices.Due, period: Int, faults: [Fault]) {
        fail(
            faults,
            of: RecurringInvoices.Head(
                key: due.key, createdBy: due.createdBy, nextPeriod: period))
    }

    private mutating func fail(_ faults: [Fault], of head: RecurringInvoices.Head) {
        let (tenantID, number) = (head.key.tenantID, head.key.number)
        let key = PeriodKey(agreement: head.key, period: head.nextPeriod)
        if let known = failedPeriods[key] {
            writes.rechecks.append((tenantID, known.dispatchID, faults.map(\.code)))
            writes.faults += faults.map { (tenantID, known.dispatchID, $0) }
            return
        }
        let new = Dispatches.New(
            tenantID: tenantID, dispatchID: UUID(), purpose: .invoice,
            document: .invoice, recurring: (number, head.nextPeriod),
            createdBy: head.createdBy, recipient: nil, runAt: dispatching.now,
            content: .faults(faults, message: FaultMessage.text(of: faults)))
        add(ComposedDispatch(new: new, files: [], documents: [], faults: faults))
    }

    // MARK: Writing

    private var unmoved: [AgreementKey] {
        let moved = Set(writes.moves.map(\.key))
        return due.map(\.key).filter { !moved.contains($0) }
    }

    private mutating func flush() throws {
        let connection = dispatching.connection
        let now = dispatching.now
        try Invoices(connection).insert(writes.invoices, now: now)
        try GeneratedDays(connection).add(
            Dictionary(writes.invoices.map { ($0.tenantID, 1) }, uniquingKeysWith: +), now: now)
        try DispatchWriter(connection: connection, now: now).write(writes.dispatches)
        try RecurringInvoices(connection).skip(writes.skips)
        try RecurringInvoices(connection).advance(writes.moves)
        try RecurringInvoices(connection).recordLookedAt(unmoved)
        try NumberSeries(connection).advance(to: made.numbers)
        let faults = DispatchFaults(connection)
        try faults.insert(writes.faults, now: now)
        made.counts.mended += try faults.markResolved(
            writes.rechecks + writes.passedOver.map { ($0.tenantID, $0.dispatchID, []) }, now: now)
        made.counts.noticesAsked += try PriceNotices(connection).request(writes.raises, now: now)
        _ = try Notifications(connection).closeTodos(
            writes.passedOver, by: Notifications.passedOver, now: now)
    }
}
