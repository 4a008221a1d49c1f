package import Invoicing

/// An agreement that becomes an invoice each period: one row of `recurring_invoices`.
package struct RecurringInvoiceRecord: SetupRecord {
    package var number: String
    /// The customer's number.
    package var customer: String
    /// The key of the user who is told when its dispatches fail.
    package var createdBy: String
    /// The plan's key; nil where none is set, which the precheck tells of.
    package var sendPlan: String?
    package var anchorDate: CivilDate
    package var interval: Interval
    package var preparationDays: Int
    package var endDate: CivilDate?
    package var countMax: Int?
    package var pause: Pause?
    /// Nil for the tenant's.
    package var catchUpPolicy: CatchUpPolicy?
    package var priceFactor: FixedDecimal
    /// Days to pay; nil for the customer's or the tenant's.
    package var dueDays: Int?
    package var ourReference: String?
    package var yourReference: String?
    package var purchaseOrder: String?
    package var text: String?
    package var isAutomaticallyDispatched: Bool
}

extension RecurringInvoiceRecord {
    enum Column: String, SetupColumn {
        case number, customer
        case createdBy = "created_by"
        case sendPlan = "send_plan"
        case anchorDate = "anchor_date"
        case intervalUnit = "interval_unit"
        case intervalCount = "interval_count"
        case preparationDays = "preparation_days"
        case endDate = "end_date"
        case countMax = "count_max"
        case pausedFrom = "paused_from"
        case pausedUntil = "paused_until"
        case catchUpPolicy = "catch_up_policy"
        case priceFactor = "price_factor"
        case dueDays = "due_days"
        case ourReference = "our_reference"
        case yourReference = "your_reference"
        case purchaseOrder = "purchase_order"
        case text
        case automaticDispatch = "automatic_dispatch"
    }

    static var kind: SetupKind { .recurringInvoices }
    static var requiredColumns: [Column] {
        [.number, .customer, .createdBy, .anchorDate, .intervalUnit]
    }
    static var keyColumn: Column { .number }

    var identity: [String] { [number] }

    init?(_ row: inout SetupRow<Column>) {
        number = row.requiredKey(.number)
        customer = row.requiredKey(.customer)
        createdBy = row.requiredKey(.createdBy)
        sendPlan = row.key(.sendPlan)
        preparationDays = row.int(.preparationDays, in: 0...366) ?? 0
        endDate = row.date(.endDate)
        countMax = row.int(.countMax, in: 1...100_000)
        pause = Self.pause(&row)
        catchUpPolicy = row.choice(.catchUpPolicy, CatchUpPolicy.self)
        priceFactor = row.decimal(.priceFactor) ?? .one
        dueDays = row.int(.dueDays, in: 0...365)
        ourReference = row.line(.ourReference)
        yourReference = row.line(.yourReference)
        purchaseOrder = row.line(.purchaseOrder)
        text = row.paragraph(.text)
        isAutomaticallyDispatched = row.bool(.automaticDispatch, default: true)
        for column in [Column.anchorDate, .intervalUnit] where row.text(column) == nil {
            row.faultMissing(column)
        }
        let anchor = row.date(.anchorDate)
        let interval = Self.interval(&row)
        guard let anchor, let interval else { return nil }
        anchorDate = anchor
        self.interval = interval
        check(&row)
    }

    private static func interval(_ row: inout SetupRow<Column>) -> Interval? {
        let unit = row.choice(.intervalUnit, Interval.Unit.self)
        let count = row.int(.intervalCount, in: 1...Interval.countMax)
        guard let unit, count != nil || row.text(.intervalCount) == nil else { return nil }
        return Interval(count ?? 1, unit)
    }

    private static func pause(_ row: inout SetupRow<Column>) -> Pause? {
        let until = row.date(.pausedUntil)
        guard let from = row.date(.pausedFrom) else {
            if until != nil, row.text(.pausedFrom) == nil {
                row.fault(
                    .pausedUntil, "ends a pause that does not begin",
                    advice: "Fill in paused_from as well")
            }
            return nil
        }
        if let until, until < from {
            row.fault(
                .pausedUntil, "comes before the pause begins",
                advice: "Write the last day of the pause")
        }
        return Pause(from: from, until: until)
    }

    private func check(_ row: inout SetupRow<Column>) {
        if let endDate, endDate < anchorDate {
            row.fault(
                .endDate, "comes before the first period",
                advice: "Write the last day that a period may begin on")
        }
        if priceFactor <= .zero {
            row.fault(
                .priceFactor, "is not above zero", advice: "Write 1 to leave the prices as they are"
            )
        }
    }
}
