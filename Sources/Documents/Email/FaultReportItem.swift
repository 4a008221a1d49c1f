package import Invoicing

/// One invoice or agreement in a fault report: which it is, for whom, and what is wrong with it.
package struct FaultReportItem: Hashable, Sendable {
    package var subject: Subject
    package var customer: String
    package var period: DatePeriod?
    /// The invoice's date; in a forecast the day on which it will be due.
    package var date: CivilDate?
    /// Empty for what has been mended.
    package var faults: [Fault]

    package init(
        _ subject: Subject, customer: String, period: DatePeriod? = nil,
        date: CivilDate? = nil, faults: [Fault] = []
    ) {
        self.subject = subject
        self.customer = customer
        self.period = period
        self.date = date
        self.faults = faults
    }

    /// What is stopped: a document that exists, or an agreement that could not become one.
    package enum Subject: Hashable, Sendable {
        case document(DocumentType, number: String)
        case agreement(number: String)
    }
}
