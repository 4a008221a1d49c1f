/// Which date an invoice made on a day may and must carry.
///
/// Source: bokføringsforskriften § 5-1-3 (the document's date) and § 5-2-2 (issued at the latest a
/// month after delivery).
package enum LegalDate {
    /// The last day of a month on which a document may still carry the date of the month before.
    static let graceDay = 15

    /// The issue date of a period's invoice that is made today.
    ///
    /// Today, as a rule. An invoice that should have been made in an earlier month and is made on
    /// days 1 to 15 carries the last day of the month before, if all of it was delivered by then
    /// (§ 5-1-3): its VAT then belongs to the term of the delivery. How late it is changes nothing
    /// of the customer's time to pay, which counts from today.
    package static func issueDate(
        made today: CivilDate, planned: CivilDate, delivered: CivilDate
    ) -> CivilDate {
        let lastOfPrevious = today.firstOfMonth.adding(days: -1)
        guard today.day <= graceDay, planned <= lastOfPrevious, delivered <= lastOfPrevious
        else { return today }
        return lastOfPrevious
    }

    /// Whether the invoice is made more than a month after the delivery (§ 5-2-2).
    package static func isOverdue(made today: CivilDate, delivered: CivilDate) -> Bool {
        today > delivered.adding(months: 1)
    }

    /// Whether it is invoiced more than a year ahead (§ 5-2-7): the period is longer than a year, or
    /// begins more than a year later.
    package static func isTooFarAhead(made today: CivilDate, delivered: DatePeriod) -> Bool {
        delivered.end > today && delivered.end >= delivered.start.adding(months: 12)
            || delivered.start > today.adding(months: 12)
    }
}
