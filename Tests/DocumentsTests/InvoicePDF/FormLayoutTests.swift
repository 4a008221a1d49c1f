import Foundation
import Invoicing
import PDF
import PDFTestSupport
import Testing

@testable import Documents

/// What a form's choice of columns and blocks makes of a document.
struct FormLayoutTests {
    private let renderer: InvoiceRenderer

    init() throws {
        renderer = try InvoiceRenderer()
    }

    private func layout(
        of invoice: Invoice, _ columns: [FormColumn] = FormColumns.standard.list,
        hiding blocks: [FormBlock] = [], keep name: String = #function
    ) throws -> String {
        let form = FormTemplate(
            name: "f", columns: try FormColumns(columns), hiddenBlocks: try HiddenBlocks(blocks))
        let pdf = try renderer.render(invoice, form: form)
        try PDFValidation.verify(pdf, expecting: invoice.number)
        try PDFReader.keep(pdf, as: name)
        return try PDFReader.layout(of: pdf)
    }

    /// A discounted line with an item number, and one without either.
    private static let lines: [InvoiceLine] = {
        var discounted = Sample.line(1, name: "Vindusvask")
        discounted.sellerItemNumber = "V-1042"
        discounted.allowances = [
            AllowanceCharge(
                isCharge: false, amount: Money(hundredths: 93_750), percent: 10, reason: "Rabatt")
        ]
        discounted.netAmount = discounted.netAmount - Money(hundredths: 93_750)
        return [discounted, Sample.line(2, name: "Gulvvask")]
    }()

    private func header(_ layout: String) -> [String] {
        layout.split(separator: "\n").first { $0.contains("Beskrivelse") }?
            .split(separator: " ").map(String.init) ?? []
    }

    @Test func `all columns stand in the order of the form`() throws {
        let text = try layout(of: Sample.invoice(lines: Self.lines), FormColumn.allCases)
        #expect(
            header(text)
                == ["Varenr.", "Beskrivelse", "Antall", "Pris", "Rabatt", "Mva", "Beløp", "(NOK)"])
        let row = try #require(text.split(separator: "\n").first { $0.contains("Vindusvask") })
        for part in ["V-1042", "7,5", "timer", "1 250,00", "10 %", "25 %", "8 437,50"] {
            #expect(row.contains(part), "\(part) is missing")
        }
        #expect(text.ranges(of: "V-1042").count == 1)
        #expect(!text.contains("Rabatt 10 %"))
    }

    @Test func `decimal signs stand under each other, where figures have not all as many decimals`()
        throws
    {
        let fonts = try FontSet()
        let quantities = [7.5, 12, 2.25, 0.125].map { FixedDecimal(millionths: Int64($0 * 1e6)) }
        let invoice = Sample.invoice(
            lines: quantities.enumerated().map { Sample.line($0 + 1, quantity: $1) })
        let table = InvoiceContent(invoice, form: Sample.form).table
        let insets = try DecimalInsets(table, fonts: fonts)
        let width = { (text: String) in try fonts.block(text, .body).width }
        let widest = try width(",125")
        for (row, fraction) in zip(table.rows, [",5", "", ",25", ",125"]) {
            let inset = try #require(insets.of(row)[.quantity])
            #expect(abs(inset - (widest - (try width(fraction)))) < 0.01)
            #expect(insets.of(row)[.unitPrice] == nil, "all of them have two decimals")
        }
    }

    @Test func `the last line goes with the sums to their page`() throws {
        let batch = try PDFBatch()
        let counts = Array(14...27)
        for count in counts {
            let invoice = Sample.invoice(lines: Sample.lines(count))
            try batch.add(renderer.render(invoice, form: Sample.form))
        }
        for (count, layout) in zip(counts, try batch.layouts()) {
            let page = try #require(
                layout.split(separator: "\u{0C}").first { $0.contains("Sum uten mva") })
            #expect(page.contains("Oppdrag nr. \(count) "), "\(count) lines")
        }
    }

    @Test func `a unit apart from its quantity has a heading`() throws {
        let text = try layout(
            of: Sample.invoice(lines: Self.lines),
            [.quantity, .description, .unit, .amount])
        #expect(header(text) == ["Antall", "Beskrivelse", "Enhet", "Beløp", "(NOK)"])
    }

    @Test
    func `the least that is lawful still tells each line's rate and unit where there are several`()
        throws
    {
        let least: [FormColumn] = [.description, .quantity, .amount]
        let pieces = Self.lines.map { line in
            var line = line
            line.unit = "EA"
            return line
        }
        let one = try layout(of: Sample.invoice(lines: pieces), least)
        #expect(!one.contains("stk"))
        #expect(header(one) == ["Beskrivelse", "Antall", "Beløp", "(NOK)"])
        #expect(one.contains("Varenr. V-1042"))
        #expect(one.contains("Rabatt 10 %: −937,50"))
        let several = try layout(of: Sample.invoice(), least)
        #expect(several.contains("2,25 timer"))
        #expect(header(several) == ["Beskrivelse", "Antall", "Mva", "Beløp", "(NOK)"])
    }

    @Test func `a column without a value in any line is not drawn`() throws {
        let text = try layout(
            of: Sample.invoice(lines: [Sample.line(1)]), FormColumn.allCases)
        #expect(header(text) == ["Beskrivelse", "Antall", "Pris", "Mva", "Beløp", "(NOK)"])
    }

    @Test func `columns give way to figures that need the room`() throws {
        var line = Sample.line(
            1, quantity: FixedDecimal(millionths: 9_000_000_123_456),
            price: FixedDecimal(millionths: 9_000_000_123_456))
        line.priceBaseQuantity = 1_000
        line.netAmount = Money(hundredths: 8_100_000_000_000_000)
        line.sellerItemNumber = "4711-0815-ÅRSAVTALE"
        line.allowances = Self.lines[0].allowances
        let text = try layout(of: Sample.invoice(lines: [line, line]), FormColumn.allCases)
        #expect(text.contains("81 000 000 000 000,00"))
        #expect(text.contains("Varenr. 4711-0815-ÅRSAVTALE"))
    }

    @Test func `a long item number is broken, and its row is as high as it needs`() throws {
        var line = Sample.line(1, name: "Kort")
        line.sellerItemNumber = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789"
        let text = try layout(
            of: Sample.invoice(lines: [line, Sample.line(2)]),
            [.itemNumber, .description, .quantity, .amount])
        #expect(text.contains("ABCDEFGHIJK"))
        #expect(!text.contains("ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789"))
        #expect(text.filter { !$0.isWhitespace }.contains("456789"))
    }

    @Test(arguments: [
        (FormBlock.returnAddress, "· Storgata 12 ·"), (.references, "Deres bestilling"),
        (.carriedTotals, "Overføres til neste side"), (.paymentBox, "8601.11.17947"),
        (.notes, "Takk for i år"),
    ])
    func `a block is there, and is gone where the form hides it`(
        block: FormBlock, text: String
    ) throws {
        let invoice = Sample.invoice(notes: ["Takk for i år"], lines: Sample.lines(60))
        #expect(try layout(of: invoice).contains(text))
        let without = try layout(of: invoice, hiding: [block], keep: "uten \(block)")
        #expect(!without.contains(text))
        for kept in ["10042", "988 077 917", "08.12.2026", "01.11.2026–30.11.2026", "Å betale"] {
            #expect(without.contains(kept), "\(kept) went as well")
        }
    }
}
