import TestSupport
import Testing

@testable import Import

@Suite struct UBLHostileTests {
    @Test(arguments: [
        "<!DOCTYPE Invoice [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Invoice>&a;</Invoice>",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>", "<Invoice/>",
        "<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>",
        "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>",
        "%PDF-1.7", "number;name\n1;x", "",
    ])
    func `another document is refused with one line`(text: String) {
        let faults = faults(UBLReader.read(Array(text.utf8), file: "f.xml"))
        #expect(faults.count == 1)
        #expect(faults.first?.column == "(file)")
        #expect(faults.first?.description.contains("\n") == false)
    }

    @Test func `a cut file is refused wherever it is cut`() {
        let bytes = UBLFixture().bytes()
        for end in bytes.indices.dropLast(1) {
            #expect(faults(UBLReader.read(Array(bytes[..<end]), file: "f.xml")).count == 1)
        }
    }

    @Test func `no damage crashes the reading, and every fault says where and what to do`() {
        var generator = SeededNumbers(seed: 1)
        let original = UBLFixture().bytes()
        for _ in 0..<4_000 {
            let bytes = generator.damaged(original)
            for fault in faults(UBLReader.read(bytes, file: "f.xml")) {
                #expect(fault.line >= 1 && !fault.column.isEmpty)
                #expect(!fault.message.isEmpty && !fault.advice.isEmpty)
            }
        }
    }

    @Test func `random bytes never crash the reading`() {
        var generator = SeededNumbers(seed: 2)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0..<200, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(!faults(UBLReader.read(bytes, file: "f.xml")).isEmpty)
        }
    }

    @Test(arguments: ["9223372036854.775807", "-9223372036854.775807", "9199999999.99", "1e3"])
    func `numbers at the edge never overflow`(number: String) {
        for place in ["1000.00", "250", "1250.00", ">4<", "25"] {
            let new = place == ">4<" ? ">\(number)<" : number
            let bytes = UBLFixture().bytes(replacing: place, with: new)
            #expect(
                !faults(UBLReader.read(bytes, file: "f.xml")).isEmpty || place == ">4<"
                    || place == "250")
        }
    }

    /// Amounts at the edge, so many that their sum is beyond any.
    private static let allowance = """
        <cac:AllowanceCharge><cbc:ChargeIndicator>CHARGE</cbc:ChargeIndicator>
        <cbc:Amount currencyID="NOK">9223372036854.77</cbc:Amount>CATEGORY</cac:AllowanceCharge>
        """
    private static let category = """
        <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme>
        <cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
        """

    @Test(arguments: ["false", "true"])
    func `sums of a line's allowances never overflow`(isCharge: String) {
        let allowances = String(
            repeating: Self.allowance.replacing("CHARGE", with: isCharge)
                .replacing("CATEGORY", with: ""), count: 10_100)
        let bytes = UBLFixture().bytes(replacing: "<cac:Item>", with: allowances + "<cac:Item>")
        let faults = faults(UBLReader.read(bytes, file: "f.xml"))
        #expect(faults.contains { $0.message.contains("ten thousand milliard") }, "\(faults)")
    }

    @Test(arguments: ["false", "true"])
    func `sums of the document's allowances never overflow`(isCharge: String) {
        var fixture = UBLFixture()
        fixture.allowances = String(
            repeating: Self.allowance.replacing("CHARGE", with: isCharge)
                .replacing("CATEGORY", with: Self.category), count: 10_100)
        #expect(!faults(UBLReader.read(fixture.bytes(), file: "f.xml")).isEmpty)
    }

    @Test func `sums of lines never overflow, not even on their way to a small one`() {
        var fixture = UBLFixture()
        let large = fixture.lines.replacing("1000.00", with: "9223372036854.77")
            .replacing(">4<", with: ">1<").replacing(">250<", with: ">9223372036854.77<")
        let negative = large.replacing("9223372036854.77", with: "-9223372036854.77")
        fixture.lines += String(repeating: large, count: 10_100)
        fixture.lines += String(repeating: negative, count: 10_100)
        #expect(!faults(UBLReader.read(fixture.bytes(), file: "f.xml")).isEmpty)
    }

    @Test func `sums of VAT never overflow`() {
        var fixture = UBLFixture()
        let subtotal = """
            <cac:TaxSubtotal><cbc:TaxableAmount currencyID="NOK">9223372036854.77\
            </cbc:TaxableAmount><cbc:TaxAmount currencyID="NOK">9223372036854.77</cbc:TaxAmount>
            \(Self.category)</cac:TaxSubtotal>
            """
        fixture.taxTotal = fixture.taxTotal.replacing(
            "<cac:TaxSubtotal>",
            with: String(repeating: subtotal, count: 10_100) + "<cac:TaxSubtotal>")
        #expect(!faults(UBLReader.read(fixture.bytes(), file: "f.xml")).isEmpty)
    }
}
