import Testing

@testable import Import

@Suite struct ImportFaultTests {
    @Test(arguments: [
        ("kari.nordmann@eksempel.no", "k•••@eksempel.no"),
        ("Kari <kari@a.no>; ola@b.no", "Kari <k•••@a.no>; o•••@b.no"),
        (String(repeating: "x", count: 41), String(repeating: "x", count: 40) + "…"),
        (
            String(repeating: "x", count: 38) + " kari@eksempel.no",
            String(repeating: "x", count: 38) + " k…"
        ),
        ("\u{1B}[31mred\n\u{202E}", "·[31mred··"),
        ("", ""),
    ])
    func `an excerpt is short, on one line, and tells no address`(value: String, excerpt: String) {
        #expect(ImportFault.excerpt(of: value) == excerpt)
    }

    @Test func `a fault is one line that says where, what and what to do`() {
        let fault = ImportFault(
            file: "customers.csv", line: 12, column: "due_days", value: "soon",
            message: "is no whole number", advice: "Write digits only")
        #expect(
            fault.description
                == "customers.csv:12: due_days \"soon\": is no whole number. Write digits only.")
    }

    @Test func `a column that a file made up is one line too, and no page`() {
        let fault = ImportFault(
            file: "customers.csv", line: 1, column: "na\u{1B}me\t", message: "stands twice",
            advice: "Take one out")
        #expect(fault.description == "customers.csv:1: na·me·: stands twice. Take one out.")
        let long = ImportFault(
            file: "a.csv", line: 1, column: String(repeating: "x", count: 301), message: "",
            advice: "")
        #expect(long.column == String(repeating: "x", count: 300) + "…")
    }

    @Test func `what a file calls itself, and its encoding, stand on one line too`() {
        let fault = ImportFault(
            file: "fak\ntura.xml", line: 1, column: "(file)",
            message: "says that it is utf-8\n\u{1B}[2J, not UTF-8", advice: "Save it anew")
        #expect(
            fault.description
                == "fak·tura.xml:1: (file): says that it is utf-8··[2J, not UTF-8. Save it anew.")
    }
}
