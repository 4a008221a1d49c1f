import Invoicing

extension SetupTable {
    /// What is wrong between the values of one row.
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
            case .users, .formTemplates, .formSetup, .sendPlans, .recurringInvoiceLines,
                .attachments:
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

    /// The two ways of writing one account must be of one account.
    private static func accountFault(_ row: SetupRow) -> RowFault? {
        guard let iban = row["iban"], iban.hasPrefix("NO"),
            let account = row["account_number"].flatMap({ AccountNumber($0) }),
            account.iban.text != iban
        else { return nil }
        return RowFault(
            "iban", "is of another account than account_number",
            "Write \(account.iban.text), or leave one of them out", value: iban)
    }

    /// Checked where the row states the digits; what is stored already is not known here.
    private static func kidFaults(_ row: SetupRow) -> [RowFault?] {
        guard row["kid_algorithm"] != KIDAlgorithm.noKID.rawValue,
            let text = row["kid_invoice_digits"], let digits = Int(text)
        else { return [] }
        let all = digits + (row["kid_customer_digits"].flatMap { Int($0) } ?? 0) + 1
        let first = row["first_invoice_number"] ?? "1"
        return [
            all > KID.lengths.upperBound
                ? RowFault(
                    "kid_invoice_digits",
                    "makes a KID of \(all) digits, and \(KID.lengths.upperBound) are the most",
                    "Let the customer's and the invoice's digits and the check digit fit in it",
                    value: text)
                : nil,
            first.utf8.count > digits
                ? RowFault(
                    "kid_invoice_digits", "is too few for first_invoice_number, \(first)",
                    "Make room for the numbers to come as well", value: text)
                : nil,
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

    /// Only S has a rate above zero (BR-S-05, BR-Z-05 and their like).
    private static func rateFault(_ row: SetupRow) -> RowFault? {
        guard let category = row["category"], let rate = row["rate"] else { return nil }
        guard (category == "S") == (rate == "0") else { return nil }
        return category == "S"
            ? RowFault(
                "rate", "is zero, which category S never is",
                "Write the percentage, or choose Z, E or O", value: rate)
            : RowFault(
                "rate", "is above zero, which only category S may be",
                "Write 0, or choose S", value: rate)
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
    /// What is wrong between rows: those of one send plan make one plan.
    func faults(among rows: [SetupRow]) -> [(line: Int, fault: RowFault)] {
        guard self == .sendPlans else { return [] }
        let plans = Dictionary(grouping: rows) { ["\($0.tenantID)", $0["key"] ?? ""] }
        return plans.values.flatMap { plan in
            plan.flatMap { row in
                Self.faults(in: row, of: plan).map { (row.line, $0) }
            }
        }
    }

    private static func faults(in row: SetupRow, of plan: [SetupRow]) -> [RowFault] {
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
