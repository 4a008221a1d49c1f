import Foundation
import Testing

@testable import Import

/// Set-up files: what is read, and what each bad row is told.
struct SetupReaderTests {
    private func read(_ text: String, _ file: String = "customers.csv", tenantID: Int64? = 7)
        -> Result<
            [SetupRow], ImportFaults
        >
    {
        SetupReader.read(
            Array(text.utf8), file: file,
            table: SetupReader.table(of: file) ?? .customers, tenantID: tenantID)
    }

    private func faults(_ text: String, _ file: String = "customers.csv") -> [ImportFault] {
        guard case .failure(let faults) = read(text, file) else { return [] }
        return faults.faults
    }

    @Test(arguments: [
        "number,name,email\n1,\"Ås, Sønn & Co\",a@b.no\n",
        "number;name;email\r\n1;Ås, Sønn & Co;a@b.no\r\n",
        "\u{feff}number,name,email\n\n1,\"Ås, Sønn & Co\",a@b.no",
        "name,number,email,tenant_id\n\"Ås, Sønn & Co\",1,a@b.no,7\n",
        "number\tname\temail\n1\tÅs, Sønn & Co\ta@b.no\n",
        "number|name|email\n1|Ås, Sønn & Co|a@b.no\n",
        "sep=;\r\nnumber;name;email\r\n1;Ås, Sønn & Co;a@b.no\r\n",
        "\"sep=,\"\nnumber,name,email\n1,\"Ås, Sønn & Co\",a@b.no\n",
    ])
    func `either separator, quotes, line ends and a byte order mark are read alike`(
        _ text: String
    ) throws {
        let rows = try read(text).get()
        #expect(rows.map(\.tenantID) == [7])
        #expect(rows.first?["name"] == "Ås, Sønn & Co")
        #expect(rows.first?["number"] == "1")
        #expect(rows.first?["email"] == "a@b.no")
        #expect(rows.first?["street"] == nil)
    }

    @Test(arguments: [
        ("number,name;email\n1,A;a@b.no\n", "one delimiter"),
        ("number name email\n1 A a@b.no\n", "delimiter"),
        ("number;name\n1;A;B\n", "semicolon"),
        ("number\tname\n1\tA\tB\n", "tab"),
        ("number:name\n1:A\n", "delimiter"),
    ])
    func `a delimiter that does not fit is named`(text: String, words: String) {
        let faults = faults(text)
        #expect(faults.contains { $0.description.contains(words) }, "\(faults)")
        #expect(faults.contains { $0.description.contains("delimiter") }, "\(faults)")
    }

    @Test func `a column that is not there keeps, and an empty cell clears`() throws {
        let csv = try read("number,name,email\n1,A,\n").get()
        #expect(csv.first?.values == ["number": "1", "name": "A", "email": ""])
        for cleared in ["null", "\"\"", "\"  \""] {
            let json = try read(
                "{\"number\":\"1\",\"name\":\"A\",\"email\":\(cleared)}", "customers.jsonl"
            ).get()
            #expect(json.map(\.values) == csv.map(\.values))
        }
    }

    @Test(arguments: ["\\u0000", "\\b", "\\u0085"])
    func `a control character in a text is refused, however it came in`(escape: String) {
        let line = "{\"key\":\"a\",\"name\":\"A\",\"footer\":\"x\(escape)y\"}"
        #expect(faults(line, "form_templates.jsonl").map(\.column) == ["footer"])
    }

    @Test(arguments: [
        [0x6e, 0x00, 0x0a], [0xff, 0xfe, 0x6e, 0x00], [0x6e, 0x0a, 0xc3], [0x6e, 0x0a, 0xc0, 0xaf],
        [0x6e, 0x0a, 0xed, 0xa0, 0x80], [0x6e, 0x0a, 0x1b],
    ])
    func `bytes that are no text are refused with one line`(bytes: [UInt8]) {
        let result = SetupReader.read(bytes, file: "users.csv", table: .users, tenantID: 1)
        guard case .failure(let faults) = result else {
            Issue.record("it was read")
            return
        }
        #expect(faults.faults.count == 1)
    }

    @Test func `JSON Lines are read as CSV is`() throws {
        let rows = try read(
            "{\"number\": 1, \"name\": \"Ås\", \"reverse_charge\": false}\n\n", "customers.jsonl"
        ).get()
        #expect(rows.first?["number"] == "1")
        #expect(rows.first?["reverse_charge"] == "false")
    }

    @Test func `a quoted field may hold quotes and line ends`() throws {
        let rows = try read(
            "key,name,email_text\na,A,\"a \"\"b\"\"\nc\"\nb,B,d\n", "form_templates.csv"
        ).get()
        #expect(rows.map { $0["email_text"] } == ["a \"b\"\nc", "d"])
        #expect(rows.map(\.line) == [2, 4])
    }

    @Test(arguments: [
        ("number,name,due_days\n1,A,x\n", "due_days", 2),
        ("number,name,due_days\n1,A,-1\n", "due_days", 2),
        ("number,name\n1,\n", "name", 2),
        ("number,navn\n1,A\n", "navn", 1),
        ("number\n1\n", "name", 1),
        ("number,name\n1,A\n1,B\n", "number", 3),
        ("number,name,reverse_charge\n1,A,maybe\n", "reverse_charge", 2),
        ("number,name,tenant_id\n1,A,none\n", "tenant_id", 2),
        ("number,name\n1,A,extra\n", "(file)", 2),
        ("number,name\n1,\"A\n", "(file)", 2),
        ("number,name\n1,A \"B\" C\n", "(file)", 2),
        ("number,name\n1,\"A\" B\n", "(file)", 2),
        ("number,name,name\n1,A,B\n", "name", 1),
        ("number,name,\n1,A,\n", "(nameless)", 1),
        ("", "(file)", 1),
    ])
    func `a bad row is named by line and column, with advice`(
        _ text: String, _ column: String, _ line: Int
    ) {
        let faults = faults(text)
        #expect(faults.contains { $0.column == column && $0.line == line })
        #expect(faults.allSatisfy { !$0.advice.isEmpty && $0.file == "customers.csv" })
    }

    @Test func `every bad row is found at once`() {
        let faults = faults("number,name,due_days\n1,A,x\n2,,y\n3,C,14\n")
        #expect(faults.map(\.line) == [2, 3, 3])
    }

    @Test(arguments: [
        ("tenant.csv", "tenant_id,name,organisation_number\n7,A,987654324\n"),
        ("tenant.csv", "tenant_id,name,account_number\n7,A,86011117948\n"),
        (
            "recurring_invoice_lines.csv",
            "recurring_invoice,line_number,description,unit_price,vat_code\nA,1,x,\"1,5\",3\n"
        ),
        (
            "recurring_invoices.csv",
            "number,customer,created_by,anchor_date,interval_unit\nA,1,k,2026-02-30,month\n"
        ),
        ("send_plans.csv", "key,position,name,channel,retry_delays\ne,1,E,email,soon\n"),
        ("form_templates.csv", "key,name,accent_colour\na,A,green\n"),
        ("users.csv", "tenant_id,user_key,name,email\n8,k,K,k@kunde.test\n"),
    ])
    func `what a column can't hold is refused`(_ file: String, _ text: String) {
        #expect(faults(text, file).count == 1)
    }

    @Test func `text that is not UTF-8 is refused as a whole`() {
        let result = SetupReader.read(
            [0x6e, 0xe5, 0x0a], file: "users.csv", table: .users, tenantID: 1)
        guard case .failure(let faults) = result else {
            Issue.record("it was read")
            return
        }
        #expect(faults.faults.first?.advice.contains("UTF-8") == true)
    }

    @Test func `delays are seconds, whatever their unit`() throws {
        let rows = try read(
            "key,position,name,channel,retry_delays\ne,1,E,email,\"4h, 24h,30\"\n",
            "send_plans.csv"
        ).get()
        #expect(rows.first?["retry_delays"] == "{14400,86400,30}")
    }

    @Test(arguments: [
        ("{\"number\": 1, \"nome\": \"A\"}", "nome", "Is name meant?"),
        ("{\"number\": 1, \"number\": 2, \"name\": \"A\"}", "(file)", "Take one of them out"),
        ("{\"number\": 1, \"name\": [\"A\"]}", "(file)", "plain value"),
        ("number,name", "(file)", "JSON object"),
        ("{\"name\": \"A\"}", "number", "Fill it in"),
    ])
    func `a bad line of JSON is named with advice`(text: String, column: String, advice: String) {
        let faults = faults("\n" + text, "customers.jsonl")
        #expect(faults.map(\.column) == [column])
        #expect(faults.allSatisfy { $0.line == 2 && $0.advice.contains(advice) })
    }

    @Test func `numbers in JSON stay as they are written`() throws {
        let line = """
            {"recurring_invoice": "A", "line_number": 1, "description": "x",
            """ + " \"unit_price\": 0.1, \"quantity\": 9007199254.740993, \"vat_code\": 3}"
        let rows = try read(line, "recurring_invoice_lines.jsonl").get()
        #expect(rows.first?["unit_price"] == "0.1")
        #expect(rows.first?["quantity"] == "9007199254.740993")
    }

    @Test func `without a tenant, each row must name its own`() {
        let result = SetupReader.read(
            Array("number,name,tenant_id\n1,A,7\n2,B,\n".utf8), file: "customers.csv",
            table: .customers, tenantID: nil)
        guard case .failure(let faults) = result else {
            Issue.record("it was read")
            return
        }
        #expect(faults.faults.map(\.line) == [3])
        #expect(faults.faults.map(\.column) == ["tenant_id"])
    }

    @Test func `the same key may stand once for each tenant`() throws {
        let text = "number,name,tenant_id\n1,A,7\n1,A,8\n"
        #expect(try read(text, tenantID: nil).get().count == 2)
    }

    @Test func `the example company is sound`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../examples/company").standardizedFileURL
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        let files = names.filter { SetupReader.table(of: $0) != nil }
        #expect(files.count >= 11)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
            let table = try #require(SetupReader.table(of: file))
            let result = SetupReader.read(bytes, file: file, table: table, tenantID: nil)
            #expect(try result.get().isEmpty == false)
        }
    }

    @Test(arguments: 0..<200)
    func `no bytes crash it`(_ seed: Int) {
        var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let alphabet = Array("\",;\n\r{}: aå1\u{0}".utf8) + [0xff]
        let bytes = (0..<200).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return alphabet[Int(state >> 33) % alphabet.count]
        }
        for file in ["customers.csv", "customers.jsonl"] {
            let result = SetupReader.read(bytes, file: file, table: .customers, tenantID: 1)
            if case .success(let rows) = result { #expect(rows.count <= bytes.count) }
        }
    }
}
