import Invoicing

extension SetupTable {
    /// The faults between the values of one row.
    func faults(in row: SetupRow) -> [RowFault] {
        let faults: [RowFault?] =
            switch self {
            case .tenant:
                [Self.organisationFault(row), Self.accountFault(row)] + Self.kidFaults(row)
            case .customers: [Self.organisationFault(row), Self.reverseChargeFault(row)]
            case .vatRates: [Self.rateFault(row)]
            case .recurringInvoices:
                [
                    Self.endFault(row), Self.startFault(row), Self.pauseFault(row),
                    Self.billedFault(row),
                    Self.positiveFault(
                        row, "price_factor", "Write 1 to leave the prices as they are"),
                ]
            case .exchangeRates:
                [
                    Self.kronerFault(row),
                    Self.positiveFault(row, "rate", "Write the kroner that the currency is worth"),
                ]
            case .priceIndexValues:
                [Self.positiveFault(row, "value", "Write the value as it was published")]
            case .priceIndexClauses:
                Self.clauseFaults(row)
            case .priceNotices: [Self.noticeFault(row)]
            case .recurringInvoiceLines: [Self.productFault(row)]
            case .users, .customerRecipients, .formTemplates, .formSetup, .sendPlans, .attachments:
                []
            }
        return faults.compactMap(\.self)
    }

    private static func organisationFault(_ row: SetupRow) -> RowFault? {
        guard let number = row["organisation_number"], row["country"] ?? "NO" == "NO",
            OrganisationNumber(number) == nil
        else { return nil }
        return RowFault(
            "organisation_number", "is no organisation number: nine digits, the last a check digit",
            "See Brønnøysundregistrene for the right one, or state another country", value: number)
    }

    /// Both notations of an account must stand for the same one.
    private static func accountFault(_ row: SetupRow) -> RowFault? {
        guard let iban = row["iban"], iban.hasPrefix("NO"),
            let account = row["account_number"].flatMap({ AccountNumber($0) }),
            account.iban.text != iban
        else { return nil }
        return RowFault(
            "iban", "is of another account than account_number",
            "Write \(account.iban.text), or leave one of them out", value: iban)
    }

    private static func kidFaults(_ row: SetupRow) -> [RowFault?] {
        guard let text = row["kid_invoice_digits"], let digits = Int(text) else { return [] }
        let all = digits + (row["kid_customer_digits"].flatMap { Int($0) } ?? 0) + 1
        let first = row["first_invoice_number"] ?? "1"
        let hasKID = row["kid_algorithm"] != KIDAlgorithm.noKID.rawValue
        return [
            all > KID.lengths.upperBound
                ? RowFault(
                    "kid_invoice_digits",
                    "makes a KID of \(all) digits, and \(KID.lengths.upperBound) are the most",
                    "Let the customer's and the invoice's digits and the check digit fit in it",
                    value: text)
                : nil,
            hasKID && first.utf8.count > digits
                ? RowFault(
                    "kid_invoice_digits", "is too few for first_invoice_number, \(first)",
                    "Make room for the numbers to come as well", value: text)
                : nil,
        ]
    }

    /// Not faults, but worth knowing.
    func remarks(on row: SetupRow) -> [RowFault] {
        guard self == .tenant, row["kid_algorithm"] == KIDAlgorithm.mod11.rawValue else {
            return []
        }
        return [
            RowFault(
                "kid_algorithm", "makes KIDs of which one in eleven ends in - and not in a digit",
                "See that the agreement with the bank takes that, or use mod10", value: "mod11")
        ]
    }

    private static func reverseChargeFault(_ row: SetupRow) -> RowFault? {
        guard row["reverse_charge"] == "true", row["organisation_number"] == nil else {
            return nil
        }
        return RowFault(
            "organisation_number", "is empty where the charge is reversed",
            "Fill it in: it must stand on the invoice (bokføringsforskriften § 5-1-2)")
    }

    /// Only S has a rate above zero (BR-S-05, BR-Z-05 and similar), and no such rate is below one.
    private static func rateFault(_ row: SetupRow) -> RowFault? {
        guard let category = row["category"], let rate = row["rate"].flatMap({ FixedDecimal($0) })
        else { return nil }
        switch (category == "S", rate) {
        case (true, .zero):
            return RowFault(
                "rate", "is zero, which category S never is",
                "Write the percentage, or choose Z, E or O", value: "\(rate)")
        case (true, ..<FixedDecimal.one):
            return RowFault(
                "rate", "is less than one percent: a fraction, it seems",
                "Write 25 for 25 percent", value: "\(rate)")
        case (false, _) where rate > .zero:
            return RowFault(
                "rate", "is above zero, which only category S may be",
                "Write 0, or choose S", value: "\(rate)")
        default: return nil
        }
    }

    /// An amount beyond any invoice is a slip of a column.
    private static func productFault(_ row: SetupRow) -> RowFault? {
        guard let price = row["unit_price"].flatMap({ FixedDecimal($0) }),
            let quantity = row["quantity"].flatMap({ FixedDecimal($0) }),
            Money.product(of: quantity, and: price) == nil
        else { return nil }
        return RowFault(
            "unit_price", "times the quantity, \(quantity), is more than an invoice can carry",
            "See whether a value stands in the wrong column", value: "\(price)")
    }

    private static func endFault(_ row: SetupRow) -> RowFault? {
        guard let end = row["end_date"], let anchor = row["anchor_date"], end < anchor else {
            return nil
        }
        return RowFault(
            "end_date", "comes before the first period",
            "Write the last day that a period may begin on", value: end)
    }

    private static func pauseFault(_ row: SetupRow) -> RowFault? {
        guard let until = row["paused_until"] else { return nil }
        guard let from = row["paused_from"] else {
            return RowFault(
                "paused_until", "ends a pause that does not begin",
                "Fill in paused_from as well", value: until)
        }
        guard until < from else { return nil }
        return RowFault(
            "paused_until", "comes before the pause begins",
            "Write the last day of the pause", value: until)
    }
}

extension SetupTable {
    /// The faults of one row of a send plan relative to the others, which together are one plan.
    static func faults(in row: SetupRow, of plan: [SetupRow]) -> [RowFault] {
        var faults: [RowFault] = []
        if let name = row["name"], let first = plan.first?["name"], name != first {
            faults.append(
                RowFault(
                    "name", "is another name of the plan than line \(plan[0].line) has",
                    "Use one name in all its rows", value: name))
        }
        if row["attach_ehf"] == "true", row["channel"] != Channel.email.rawValue {
            faults.append(
                RowFault(
                    "attach_ehf", "is for what goes by e-mail",
                    "Take it away, or choose the channel email"))
        }
        if row["channel"] == nil, plan.count > 1 {
            faults.append(
                RowFault(
                    "channel", "is empty in a plan that has other rows",
                    "Fill it in; only a plan of one row may be empty"))
        }
        return faults
    }
}

extension SetupTable {
    /// The first day must be in the first period, or the periods before it would never be invoiced.
    static func startFault(_ row: SetupRow) -> RowFault? {
        guard let text = row["start_date"], let start = CivilDate(text),
            let anchor = row["anchor_date"].flatMap({ CivilDate($0) }),
            let unit = row["interval_unit"].flatMap(Interval.Unit.init),
            let interval = Interval(Int(row["interval_count"] ?? "1") ?? 1, unit)
        else { return nil }
        let first = Recurrence(anchor: anchor, interval: interval).span(ofPeriod: 1)
        guard first.contains(start) else {
            return RowFault(
                "start_date", "is not within the first period, \(first.start) to \(first.end)",
                "Set anchor_date to the first day of the period that it begins in", value: text)
        }
        guard let end = row["end_date"].flatMap({ CivilDate($0) }), end < start else { return nil }
        return RowFault(
            "end_date", "comes before start_date", "Write the last day of the agreement",
            value: "\(end)")
    }

    /// Days before a period are for billing in advance, days after it for billing in arrears.
    static func billedFault(_ row: SetupRow) -> RowFault? {
        let column = row["billed"] == "arrears" ? "preparation_days" : "arrears_days"
        guard let days = row[column], days != "0" else { return nil }
        return column == "arrears_days"
            ? RowFault(
                column, "is of agreements that are billed in arrears",
                "Write arrears in billed, or take the days away", value: days)
            : RowFault(
                column, "is of agreements that are billed in advance",
                "Write the days after the period in arrears_days instead", value: days)
    }

    static func positiveFault(_ row: SetupRow, _ column: String, _ advice: String) -> RowFault? {
        guard let number = row[column].flatMap({ FixedDecimal($0) }), number <= .zero else {
            return nil
        }
        return RowFault(column, "is not above zero", advice, value: "\(number)")
    }

    static func kronerFault(_ row: SetupRow) -> RowFault? {
        guard row["currency"] == "NOK" else { return nil }
        return RowFault(
            "currency", "is kroner, which rates are stated in", "Write the foreign currency",
            value: "NOK")
    }

    static func clauseFaults(_ row: SetupRow) -> [RowFault?] {
        let cap = row["cap_percent"].flatMap { FixedDecimal($0) }
        let floor = row["floor_percent"].flatMap { FixedDecimal($0) }
        return [
            positiveFault(row, "base_value", "Write the index of the month that prices are from"),
            positiveFault(row, "share_percent", "Write 100 to follow all of the index"),
            cap.flatMap { cap in
                guard cap < .zero || cap > FixedDecimal(999) else { return nil }
                return RowFault(
                    "cap_percent", "is not from 0 to 999", "Write 5 for at most 5 percent a year",
                    value: "\(cap)")
            },
            floor.flatMap { floor in
                guard
                    floor <= FixedDecimal(-100) || floor > FixedDecimal(100) || floor > cap ?? floor
                else { return nil }
                return RowFault(
                    "floor_percent", "is not between -100 and 100, or is above cap_percent",
                    "Write 0 for a price that never falls", value: "\(floor)")
            },
        ]
    }

    /// A notice years before or after its increase is a mistyped date.
    static func noticeFault(_ row: SetupRow) -> RowFault? {
        guard let sent = row["sent_on"].flatMap({ CivilDate($0) }),
            let adjusts = row["adjusts_on"].flatMap({ CivilDate($0) }),
            sent < adjusts.adding(months: -18) || sent > adjusts.adding(months: 18)
        else { return nil }
        return RowFault(
            "sent_on", "is more than 18 months from adjusts_on", "Correct one of them",
            value: "\(sent)")
    }
}
