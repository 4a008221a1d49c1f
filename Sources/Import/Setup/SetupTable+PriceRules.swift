import Invoicing

extension SetupTable {
    /// The first day must lie in the first period, or periods before it would never be invoiced.
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

    /// Days before a period are of what is billed in advance, days after it of what is in arrears.
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

    /// A notice years before or after its raise is a mistyped date.
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
