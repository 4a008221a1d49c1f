import Documents
import Foundation
import Invoicing

/// Draws invoices again and again, and says what one takes of the processor.
///
/// usage: benchmark-documents LOGO.png FOLDER; a line `ours LINES MILLISECONDS BYTES` for each
/// size, and `cold` for the first document of a process. The invoices stand in the folder
/// afterwards, as PDF and as the JSON that the other programs are given.
@main
enum Program {
    static let rounds = 400
    static let warmUp = 40

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(64) }
        let folder = URL(filePath: arguments[2])
        let logo = [UInt8](try Data(contentsOf: URL(filePath: arguments[1])))
        let form = FormTemplate(
            name: "Standard", logo: .picture(try DrawnLogo(of: logo).picture()))
        for lines in [8, 60] {
            let sample = SampleInvoice.make(number: 0, lines: lines)
            let cold = try measure(rounds: 20) { _ in
                try InvoiceRenderer().render(sample, form: form)
            }
            print("cold \(lines) \(cold.milliseconds) \(cold.bytes)")
            let renderer = try InvoiceRenderer()
            let invoices = (0..<(rounds + warmUp)).map {
                SampleInvoice.make(number: $0, lines: lines)
            }
            for invoice in invoices.prefix(warmUp) {
                _ = try renderer.render(invoice, form: form)
            }
            let warm = try measure(rounds: rounds) { round in
                let invoice = invoices[warmUp + round]
                let pdf = try renderer.render(invoice, form: form)
                try PDFValidation.verify(pdf, expecting: invoice.number)
                return pdf
            }
            print("ours \(lines) \(warm.milliseconds) \(warm.bytes)")
            try Data(renderer.render(sample, form: form))
                .write(to: folder.appending(path: "\(lines).pdf"))
            try JSONEncoder().encode(SampleInvoice.Plain(sample))
                .write(to: folder.appending(path: "\(lines).json"))
        }
    }

    private static func measure(
        rounds: Int, _ draw: (Int) throws -> [UInt8]
    ) rethrows -> (milliseconds: Double, bytes: Int) {
        let start = processorMilliseconds()
        var bytes = 0
        for round in 0..<rounds { bytes += try draw(round).count }
        return ((processorMilliseconds() - start) / Double(rounds), bytes / rounds)
    }

    private static func processorMilliseconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000
    }
}
