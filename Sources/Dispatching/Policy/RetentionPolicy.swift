package import FoundationEssentials
package import Invoicing

/// How long history is kept, and what may be let go on a day.
package struct RetentionPolicy: Hashable, Sendable {
    /// The years for which invoices and their documents are kept after their accounting year has
    /// ended, `invoiceYearsMin` at the least.
    package var invoiceYears = invoiceYearsMin
    /// The month in which the accounting year ends, 1 to 12.
    package var yearEndsIn = 12
    /// How long the address and words of a mail, and what was said of it, are kept after it has
    /// ended.
    package var mailSeconds = 180 * 86_400
    /// How long runs of the programs are kept.
    package var runSeconds = 90 * 86_400
    /// How long it is kept what people did by hand.
    package var auditSeconds = 1_830 * 86_400

    package init() {}

    /// What the law demands: five years after the end of the accounting year (bokføringsloven § 13).
    package static let invoiceYearsMin = 5

    /// How long after a provider has forgotten an event its dispatch is still kept whole, so that
    /// none comes too late.
    private static let afterProviderSeconds = 30 * 86_400

    /// What may be let go.
    package struct Limits: Hashable, Sendable {
        /// The last day on which an invoice was issued that may go.
        package var invoicesThrough: CivilDate
        /// What ended before this may go, of mails and of what is not known to belong to any.
        package var mailsBefore: Date
        /// Runs that began before this may go.
        package var runsBefore: Date
        /// What was done by hand before this may go.
        package var auditsBefore: Date
    }

    /// What may be let go at an instant.
    ///
    /// `today` is the day that it is then, wherever it is the earliest; `providerKeepsSeconds` is how
    /// long the provider tells of events, nil where nobody has said.
    package func limits(
        now: Date, today: CivilDate, providerKeepsSeconds: Int?
    ) -> Limits {
        let mailSeconds = max(
            mailSeconds, (providerKeepsSeconds ?? 0) + Self.afterProviderSeconds)
        return Limits(
            invoicesThrough: invoicesThrough(today), mailsBefore: now - Double(mailSeconds),
            runsBefore: now - Double(runSeconds), auditsBefore: now - Double(auditSeconds))
    }

    /// The last day on which an invoice has to be kept that was issued on this one.
    package func keptThrough(issuedOn day: CivilDate) -> CivilDate {
        let year = day.month <= yearEndsIn ? day.year : day.year + 1
        return endOfYear(year + max(invoiceYears, Self.invoiceYearsMin))
    }

    /// The end of the newest accounting year whose invoices need no longer be kept.
    private func invoicesThrough(_ today: CivilDate) -> CivilDate {
        let years = max(invoiceYears, Self.invoiceYearsMin)
        let ended = endOfYear(today.year) < today ? today.year : today.year - 1
        guard ended - years >= CivilDate.earliest.year else { return .earliest }
        return endOfYear(ended - years)
    }

    /// The last day of the accounting year that ends in this calendar year.
    private func endOfYear(_ year: Int) -> CivilDate {
        let bounded = min(max(year, CivilDate.earliest.year), CivilDate.latest.year)
        return CivilDate(
            year: bounded, month: yearEndsIn, day: CivilDate.days(inMonth: yearEndsIn, of: bounded))
            ?? .earliest
    }
}
