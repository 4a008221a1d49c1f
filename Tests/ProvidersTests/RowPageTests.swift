import Foundation
import Testing
import Transport

@testable import Providers

/// What an answer may hold.
@Suite struct RowPageTests {
    private struct Row: Decodable {
        let id: Int
    }

    @Test func `a row that is nested without end is that row's fault`() throws {
        let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        let text = #"[{"id":1,"x":\#(deep)},{"id":2,"x":"[[["},7,{"id":3}]"#
        let page = try #require(RowPage<Row>(Array(text.utf8)[...]))
        #expect(page.rows.map(\.row.id) == [2, 3])
        #expect(page.unreadable.count == 2)
    }

    @Test func `a name of a thousand bytes is that row's fault`() throws {
        let long = String(repeating: "x", count: 1_001)
        let text =
            #"[{"id":1,"\#(long)":0},{"id":2,"x":"\#(long)"},{"id":3,"a\":\\":{"\#(long)" :1}}]"#
        let page = try #require(RowPage<Row>(Array(text.utf8)[...]))
        #expect(page.rows.map(\.row.id) == [2])
        #expect(page.unreadable.count == 2)
        #expect(JSONOutline.shape(of: Array(#"{"abc":{"de":"fghij"}}"#.utf8)[...]) == (2, 3))
    }

    @Test func `an answer with such a name, or nested without end, is nobody's`() {
        func message(_ member: String) -> String? {
            let body = Array("{\(member),\"message\":\"no\"}".utf8)
            return MailgunAnswer(HTTPResponse(status: 400, body: body))?.message
        }
        let long = String(repeating: "x", count: 1_001)
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(message(#""x":"\#(long)""#) == "no")
        #expect(message(#""\#(long)":1"#) == nil)
        #expect(message(#""x":\#(deep)"#) == nil)
        let detail = #"{"sg_message_id":"a","events":[]"#
        #expect(SendGridDetail(Array("\(detail)}".utf8)) != nil)
        #expect(SendGridDetail(Array("\(detail),\"\(long)\":0}".utf8)) == nil)
        let sent = #"{"MessageID":"a","ReceivedAt":"2026-11-24T08:00:00Z","MessageEvents":[]"#
        #expect(PostmarkDetail(Array("\(sent)}".utf8)[...]) != nil)
        #expect(PostmarkDetail(Array("\(sent),\"\(long)\":0}".utf8)[...]) == nil)
    }

    @Test func `a list longer than any is none`() {
        let (most, more) = (JSONOutline.elementsMax, JSONOutline.elementsMax + 1)
        #expect(JSONOutline.elements(list(most))?.count == most)
        #expect(JSONOutline.elements(list(more)) == nil)
    }

    private func list(_ count: Int) -> ArraySlice<UInt8> {
        Array(("[" + Array(repeating: "0", count: count).joined(separator: ",") + "]").utf8)[...]
    }

    @Test(arguments: [
        (#"{"a":"\u0000"}"#, #"{"a":"\ufffd"}"#), (#"{"a":"\ud800x"}"#, #"{"a":"\ufffdx"}"#),
        (#"{"a":"\ud83d\ude00"}"#, #"{"a":"\ud83d\ude00"}"#), ("\u{FEFF}[1]", "[1]"),
        ("{\"a\":\"x\u{1}y\"}", #"{"a":"x y"}"#), (#"["\u12"#, #"["\u12"#), (#"["\"#, #"["\"#),
        (#"["\\u0000"]"#, #"["\\u0000"]"#), ("", ""),
        ("[\"x\\\u{0}y\\\u{1F}\"]", #"["x\ufffdy\ufffd"]"#),
    ])
    func `what no decoder takes is replaced, and all else stays`(_ said: String, _ clean: String) {
        #expect(String(decoding: JSONCleaning.cleaned(Array(said.utf8)), as: UTF8.self) == clean)
    }
}
