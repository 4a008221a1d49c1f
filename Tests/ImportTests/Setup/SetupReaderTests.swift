import Invoicing
import Testing

@testable import Import

@Suite struct SetupReaderTests {
    private func read(_ files: [String: String]) -> SetupReading {
        SetupReader.read(
            files.sorted { $0.key < $1.key }.map {
                SetupFile(name: $0.key, bytes: Array($0.value.utf8))
            })
    }

    private func faults(_ name: String, _ text: String) -> [ImportFault] {
        read([name: text]).faults
    }

    @Test func `a customer is read, with defaults for what is empty`() throws {
        let csv = """
            number;name;email;due_days;reverse_charge;organisation_number;endpoint;city
            1001;Øvre Løkka "Borettslag";;21;nei;123 456 785;0192:123456785;"Ås
            """
        #expect(faults("customers.csv", csv).count == 1)
        let good = csv.replacing("Øvre Løkka \"Borettslag\"", with: "\"Øvre \"\"Løkka\"\"\"")
            .replacing("\"Ås", with: "Ås")
        let customer = try #require(try read(["customers.csv": good]).get().customers.first)
        #expect(customer.number == "1001")
        #expect(customer.name == "Øvre \"Løkka\"")
        #expect(customer.email == nil)
        #expect(customer.organisationNumber == "123456785")
        #expect(customer.address == Address(city: "Ås", country: "NO"))
        #expect(customer.language == .nb)
        #expect(customer.dueDays == 21)
        #expect(customer.endpoint == Identifier("123456785", scheme: "0192"))
        #expect(!customer.isReverseCharged)
    }

    @Test func `JSON Lines and CSV give the same records, whatever marks they begin with`() throws {
        let csv =
            "\u{FEFF}code,valid_from,category,rate\r\n3,2005-01-01,S,25\r\n7,2005-01-01,O,\r\n"
        let json = """
            {"code": "3", "valid_from": "2005-01-01", "category": "S", "rate": 25}

            {"category": "O", "code": "7", "valid_from": "2005-01-01", "rate": null}
            """
        let fromCSV = try read(["vat_rates.csv": csv]).get().vatRates
        #expect(fromCSV == (try read(["vat_rates.jsonl": json]).get().vatRates))
        #expect(fromCSV.map(\.category.code) == ["S", "O"])
        #expect(fromCSV.map(\.category.rate) == [FixedDecimal(25), nil])
    }

    @Test func `every bad row of every file is told of, and a bad file gives no record`() {
        let reading = read([
            "customers.csv": """
            number,name,due_days,language
            1,Anna AS,soon,nb
            2,Berg AS,14,nb
            2,Berg AS,14,nb
            3,,400,sv
            4,Dal AS
            """,
            "users.csv": "user_key,name,email\nkari,Kari,kari@\n",
            "vat_rates.csv": "code,valid_from,category,rate\n3,2005-01-01,S,25\n",
        ])
        #expect(
            reading.faults.map { "\($0.file) \($0.line) \($0.column)" } == [
                "customers.csv 2 due_days", "customers.csv 4 number", "customers.csv 5 name",
                "customers.csv 5 language", "customers.csv 5 due_days", "customers.csv 6 (row)",
                "users.csv 2 email",
            ])
        #expect(reading.setup.customers.isEmpty && reading.setup.users.isEmpty)
        #expect(reading.setup.vatRates.count == 1)
        #expect(reading.faults.allSatisfy { !$0.message.isEmpty && !$0.advice.isEmpty })
    }

    @Test(arguments: [
        ("customer.csv", "number,name\n", "customers.csv"),
        ("Customers.csv", "number,name\n", "customers.csv"),
        ("stuff.csv", "number,name\n", "Name it tenant"),
        ("customers.csv", "nummer,name\n1,A\n", "number"),
        ("customers.csv", "Number,name\n1,A\n", "number"),
        ("customers.csv", "number,name,mail\n1,A,\n", "email"),
        ("customers.csv", "number,name,shoe_size_of_the_owner\n1,A,\n", "Use number, name"),
        ("customers.csv", "name\nA\n", "column names"),
        ("customers.csv", "1001,Anna AS\n", "Use number, name"),
        ("customers.csv", "number,name,name\n1,A,A\n", "Take one"),
        ("customers.csv", "number,name,\n1,A,\n", "Use number, name"),
        ("customers.jsonl", "{\"nummer\": \"1\", \"name\": \"A\"}", "number"),
        ("customers.jsonl", "{\"number\": \"1\", \"number\": \"2\", \"name\": \"A\"}", "Take one"),
        ("customers.jsonl", "[1]", "JSON object"),
        ("customers.jsonl", "{\"name\": \"A\"}", "Fill it in"),
        ("customers.csv", "", "saved"),
    ])
    func `an unknown file or column is a fault that names the nearest`(
        name: String, text: String, advice: String
    ) {
        let faults = faults(name, text)
        #expect(faults.first?.advice.contains(advice) == true, "\(faults)")
        #expect(faults.allSatisfy { $0.file == name && $0.line >= 1 && !$0.column.isEmpty })
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x6E, 0x00], "UTF-16"),
            (Array("number,name\n1,B".utf8) + [0xE6], "not UTF-8"),
            (Array("number,name\n1,B\u{0}".utf8), "control character"),
        ] as [([UInt8], String)])
    func `a file in another encoding says how to save it`(bytes: [UInt8], message: String) {
        let faults = SetupReader.read([SetupFile(name: "customers.csv", bytes: bytes)]).faults
        #expect(faults.map { $0.message.contains(message) } == [true])
    }

    @Test func `two files of one kind are a fault, and so are two tenants`() {
        let csv = "number,name\n1,A\n"
        let json = "{\"number\": \"1\", \"name\": \"A\"}"
        #expect(
            read(["customers.csv": csv, "customers.jsonl": json]).faults.map(\.file)
                == ["customers.jsonl"])
        let tenants = "tenant_id,name\n1,A\n2,B\n"
        #expect(faults("tenant.csv", tenants).map(\.line) == [3])
    }

    @Test func `no bytes crash the reading`() {
        var generator = SeededGenerator(seed: 3)
        let csv = Array(
            "number,name,email,due_days\n1,\"A \"\"B\"\"\",a@b.no,14\n2,C,,\n".utf8)
        let json = Array("{\"number\": \"1\", \"name\": \"\\u00e5\", \"due_days\": 14}\n".utf8)
        for _ in 0..<3_000 {
            let damaged = generator.damaged(Bool.random(using: &generator) ? csv : json)
            for name in ["customers.csv", "customers.jsonl", "tenant.csv"] {
                let reading = SetupReader.read([SetupFile(name: name, bytes: damaged)])
                #expect(
                    reading.faults.allSatisfy {
                        $0.line >= 1 && !$0.column.isEmpty && !$0.message.isEmpty
                            && !$0.advice.isEmpty
                    })
            }
        }
    }
}
