import Import
import Invoicing
import Store

/// What of a set-up file only the database can tell: whether what it names is there, and whether
/// what it changes may still change.
struct SetupLookups {
    let stage: SetupStage
    let file: String
    let table: SetupTable

    func faults() throws -> [ImportFault] {
        var faults = try dangling()
        switch table {
        case .tenant: faults += try zones() + series()
        case .priceNotices: faults += try notices()
        default: break
        }
        return faults
    }

    private func fault(
        _ finding: SetupStage.Finding, _ column: String, _ message: String, _ advice: String
    ) -> ImportFault {
        ImportFault(
            file: file, line: finding.line, column: column, value: finding.value,
            message: message, advice: advice)
    }

    private func dangling() throws -> [ImportFault] {
        try references.flatMap { column, reference in
            try stage.dangling(reference, column: column).map {
                fault(
                    $0, column, "is no \(reference.rawValue) that there is",
                    "import it first, or correct this")
            }
        }
    }

    private var references: [(String, SetupStage.Reference)] {
        switch table {
        case .tenant: []
        case .users, .customers, .formTemplates, .sendPlans, .vatRates, .exchangeRates,
            .priceIndexValues:
            [("tenant_id", .tenant)]
        case .customerRecipients: [("customer", .customer)]
        case .formSetup: [("form_template", .form)]
        case .recurringInvoices:
            [("customer", .customer), ("created_by", .user), ("send_plan", .sendPlan)]
        case .recurringInvoiceLines, .attachments, .priceIndexClauses:
            [("recurring_invoice", .agreement)]
        case .priceNotices: [("recurring_invoice", .priceIndexClause)]
        }
    }

    private func zones() throws -> [ImportFault] {
        let unknown = try stage.unknownZones()
        let names = unknown.isEmpty ? [] : try stage.zoneNames()
        return unknown.map { zone in
            let nearest = NearestName.of(zone.value, among: names).map { "; is \($0) meant?" } ?? ""
            return fault(
                zone, "time_zone", "is no time zone that PostgreSQL knows",
                "write it as Europe/Oslo\(nearest)")
        }
    }

    private func series() throws -> [ImportFault] {
        try stage.begunSeries().map {
            fault(
                $0, "first_invoice_number",
                "is not where the numbers began, which is \($0.instead): they have begun",
                "leave the cell empty, or write \($0.instead)")
        }
            + stage.passedSeries().map {
                fault(
                    $0, "first_invoice_number",
                    "is not above \($0.instead), a number of the same seller that was imported",
                    "begin the numbers here after the other system's")
            }
    }

    /// A notice of a day on which nothing is adjusted would never have an effect.
    private func notices() throws -> [ImportFault] {
        try stage.misdatedNotices().map {
            fault(
                $0, "adjusts_on", "is no month that the agreement's prices are adjusted in",
                "write a month \($0.instead), or correct adjust_month of its clause")
        }
    }
}
