import Invoicing

/// Reads an invoicing period: BG-14 and BG-26, which may have one end only.
enum UBLPeriodReader {
    static func period(_ element: UBLElement?) -> (closed: DatePeriod?, open: OpenPeriod?) {
        guard let element else { return (nil, nil) }
        switch (element.date("StartDate"), element.date("EndDate")) {
        case (let start?, let end?):
            if end < start {
                element.findings.fault(
                    element, value: "\(start) to \(end)", "ends before it starts",
                    advice: "Correct the period where the file is made")
            }
            return (DatePeriod(start: start, end: end), nil)
        case (let start?, nil): return (nil, .from(start))
        case (nil, let end?): return (nil, .until(end))
        case (nil, nil): return (nil, nil)
        }
    }
}
