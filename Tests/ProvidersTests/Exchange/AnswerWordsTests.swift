import Foundation
import TestSupport
import Testing
import Transport
import Wire

@testable import Providers

/// Words in what a server says, of which there may be any number.
@Suite struct AnswerWordsTests {
    /// Letters of which each two are one flag: where a flag begins, only the first of all can tell.
    private static let flags = String(repeating: "\u{1F1F3}", count: 10_000)
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)

    @Test(
        arguments: [
            ("Mailbox FULL", "mailbox full", true), ("mailbox", "mailbox full", false),
            ("ÆRLIG: no", "ærlig", false), ("ÆRLIG: no", "rlig: no", true), ("", "a", false),
            (Brief(flags + "no"), "no", false), (Brief("no" + flags), "no", true),
        ] as [(Brief<String>, String, Bool)])
    func `words are looked for in the beginning, in small letters`(
        text: Brief<String>, word: String, isThere: Bool
    ) {
        #expect(AnswerWords(text.value).hold(word) == isThere)
    }

    @Test func `what stands behind a word is given, and no more than is asked for`() {
        let words = AnswerWords("Try again after 120 seconds")
        #expect(words.after("again after ", bytesMax: 5) == "120 s")
        #expect(words.after("again in ", bytesMax: 5) == nil)
        #expect(AnswerWords("wait").after("wait", bytesMax: 5)?.isEmpty == true)
    }

    @Test func `a wait stands in the beginning, and its words are short`() {
        func seconds(_ words: String) -> Int? {
            RetryAfter.seconds(inWords: words, now: Self.now)
        }
        #expect(seconds("try again after 120 seconds " + Self.flags) == 120)
        #expect(seconds("try again after " + Self.flags) == nil)
        #expect(seconds(Self.flags + " try again after 120 seconds") == nil)
        #expect(seconds("try again after \(String(repeating: "9", count: 9_000)) s") == nil)
    }

    @Test(arguments: [" ", "\u{1B}\n", ""])
    func `a no of blanks has no words`(words: String) throws {
        func response(_ body: [String: Any]) throws -> HTTPResponse {
            HTTPResponse(
                status: 400, body: Array(try JSONSerialization.data(withJSONObject: body)))
        }
        #expect(
            PostmarkAnswer.line(try response(["ErrorCode": 7, "Message": words])) == "400, 7")
        #expect(MailgunAnswer.line(try response(["id": "a", "message": words])) == "400")
        let errors = HTTPResponse(
            status: 400, body: Array(#"{"errors":[{"message":"\n"}]}"#.utf8))
        #expect(SendGridAnswer(errors).line == "400")
    }

    @Test func `no date is as long as a page`() {
        let date = "Sun, 15 Jun 2025 15:08:20 GMT"
        #expect(HeaderDate.http(date) != nil)
        #expect(HeaderDate.http(date + String(repeating: " ", count: 64)) == nil)
        #expect(PostmarkTime.date("2025-06-15T15:08:20Z") != nil)
        #expect(PostmarkTime.date("2025-06-15T15:08:20." + Self.flags) == nil)
    }
}
