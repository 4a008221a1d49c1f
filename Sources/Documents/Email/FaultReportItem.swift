package import Invoicing

/// One invoice or agreement in a fault report: which it is, for whom, and what is wrong with it.
package struct FaultReportItem: Hashable, Sendable {
    package var subject: Subject
    package var customer: String
    /// Whom a copy of it is to, where it is about that alone.
    package var copyTo: String?
    package var period: DatePeriod?
    /// The invoice's date; in a forecast the day on which it will be due.
    package var date: CivilDate?
    /// Empty for what has been mended.
    package var faults: [Fault]
    /// What became of what has been mended.
    package var sequel: Sequel

    package init(
        _ subject: Subject, customer: String, copyTo: String? = nil, period: DatePeriod? = nil,
        date: CivilDate? = nil, faults: [Fault] = [], sequel: Sequel = .toSend
    ) {
        self.subject = subject
        self.customer = customer
        self.copyTo = copyTo
        self.period = period
        self.date = date
        self.faults = faults
        self.sequel = sequel
    }

    /// What became of something whose faults are gone.
    package enum Sequel: String, Sendable, CaseIterable {
        /// Its user sends it.
        case toSend = "to_send"
        /// It was made and sent by itself, or its user has sent it already.
        case made
        /// Its period is never invoiced.
        case passedOver = "passed_over"
    }

    /// What is stopped: a document that exists, or an agreement that could not become one.
    package enum Subject: Hashable, Sendable {
        case document(DocumentType, number: String)
        case agreement(number: String)
    }
}
