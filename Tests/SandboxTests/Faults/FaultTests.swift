import Testing

@testable import Sandbox

struct FaultTests {
    private func fault(_ text: String) throws -> SandboxFault {
        try SandboxFault(try JSONReader.read(text.utf8))
    }

    @Test(arguments: FaultKind.allCases)
    func `every kind can be ordered and ordered again as it is told`(kind: FaultKind) throws {
        let answer = #""status":403,"headers":{"content-type":"text/html"},"body":"<html>""#
        let fault = try fault(
            #"{"kind":"\#(kind.rawValue)","count":3,"delay_ms":5,"rows":2,\#(answer)}"#)
        #expect(fault.kind == kind)
        #expect(try SandboxFault(fault.json) == fault)
    }

    @Test(arguments: [
        "{}", #"{"kind":"status_418"}"#, #"{"kind":"rows_shift","endpoint":"send"}"#,
        #"{"kind":"late_events","endpoint":"logs"}"#, #"{"kind":"html_200","endpoint":"x"}"#,
        #"{"kind":"html_200","probability":1.5}"#, #"{"kind":"html_200","count":-1}"#,
        #"{"kind":"html_200","count":1,"probability":0.5}"#, #"{"kind":"html_200","count":"1"}"#,
        #"{"kind":"close_on_reuse","match":"a@x.no"}"#,
        #"{"kind":"close_on_reuse","subject":"x"}"#, #"{"kind":"answer"}"#,
        #"{"kind":"answer","status":99}"#, #"{"kind":"answer","status":200,"headers":{"a b":"c"}}"#,
        #"{"kind":"answer","status":200,"headers":{"a":1}}"#,
    ])
    func `an order that makes no sense is refused`(text: String) {
        #expect(throws: FaultError.self) { try fault(text) }
    }

    @Test func `a fault strikes as often as it was told to`() throws {
        let board = FaultBoard()
        board.arm([try fault(#"{"kind":"status_503","count":2,"endpoint":"send"}"#)])
        let struck = (0..<4).map { _ in board.strike(.send, addresses: [])?.kind }
        #expect(struck == [.status503, .status503, nil, nil])
        #expect(board.strike(.lists, addresses: []) == nil)
    }

    @Test func `a fault with an address strikes only its requests`() throws {
        let board = FaultBoard()
        board.arm([try fault(#"{"kind":"status_503","match":"Kari"}"#)])
        #expect(board.strike(.send, addresses: ["ola@x.no"]) == nil)
        #expect(board.strike(.send, addresses: []) == nil)
        #expect(board.strike(.send, addresses: ["ola@x.no", "kari@x.no"]) != nil)
    }

    @Test func `a fault with a subject strikes only its messages`() throws {
        let board = FaultBoard()
        board.arm([try fault(#"{"kind":"answer","status":403,"subject":"faktura 7"}"#)])
        #expect(board.strike(.send, addresses: ["a@x.no"], subjects: ["Faktura 8"]) == nil)
        #expect(board.strike(.logs, addresses: ["a@x.no"]) == nil)
        #expect(board.strike(.send, addresses: ["a@x.no"], subjects: ["Faktura 7"]) != nil)
    }

    @Test func `the same seed gives the same course`() throws {
        func course(seed: Int) throws -> [Bool] {
            let board = FaultBoard()
            board.arm([try fault(#"{"kind":"status_503","probability":0.3,"seed":\#(seed)}"#)])
            return (0..<200).map { _ in board.strike(.send, addresses: []) != nil }
        }
        let course7 = try course(seed: 7)
        #expect(try course(seed: 7) == course7)
        #expect(try course(seed: 8) != course7)
        #expect((30...90).contains(course7.count { $0 }))
    }

    @Test func `the oldest fault goes first and only one strikes`() throws {
        let board = FaultBoard()
        board.arm([try fault(#"{"kind":"status_502"}"#), try fault(#"{"kind":"status_503"}"#)])
        let struck = (0..<3).map { _ in board.strike(.logs, addresses: [])?.kind }
        #expect(struck == [.status502, .status503, nil])
    }
}
