import Testing

@testable import Sandbox

struct JSONReaderTests {
    private static let allowed: [(String, JSONValue)] = [
        (#"{}"#, JSONValue.object([])),
        (#" [ ] "#, []),
        (#"{"a":1,"b":[true,false,null]}"#, ["a": 1, "b": [true, false, nil]]),
        (#"-12"#, -12),
        (#"1.5e3"#, .number(1500)),
        (#""""#, ""),
        (#""å \"x\" \\ \/ \n \u00e5 \ud83d\ude00""#, .text("å \"x\" \\ / \n å 😀")),
        (#""ends with a backslash\\""#, .text(#"ends with a backslash\"#)),
    ]

    @Test(arguments: allowed)
    func `it reads what JSON allows`(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(text.utf8) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a" 1}"#, #"{"a":1,}"#, "{a:1}", "01", "1.", "-", "+1", "tru", #""a"#,
        #""a\""#, #""\x""#, #""\u12g4""#, #""\ud83d""#, "\"a\nb\"", "1 2", "nullnull",
        String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    ])
    func `it refuses what JSON does not allow`(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(text.utf8) }
    }

    @Test func `it refuses bytes that are no UTF-8`() {
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }

    private static let long: [(String, JSONValue)] = [
        (#"["abcd","abcde"]"#, .list(["abcd", .elided(byteCount: 5)])),
        (#"["abc\"de"]"#, [.elided(byteCount: 7)]),
        (#"["abcd\\","x"]"#, [.elided(byteCount: 6), "x"]),
    ]

    @Test(arguments: long)
    func `a long string is skimmed and its length kept`(text: String, value: JSONValue) throws {
        let read = try Array(text.utf8).withUnsafeBytes { bytes in
            try JSONReader.read(bytes, textBytesMax: 4)
        }
        #expect(read == value)
    }

    @Test func `what is written is read again`() throws {
        let value: JSONValue = [
            "text": "\u{1} \" \\ \n å", "list": [1, -2, .number(0.5), true, nil], "object": [:],
        ]
        #expect(try JSONReader.read(value.bytes) == value)
    }
}
