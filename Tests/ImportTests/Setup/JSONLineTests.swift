import Testing

@testable import Import

@Suite struct JSONLineTests {
    private func read(_ text: String) throws(TextFault) -> [String] {
        try JSONLine.read(Array(text.utf8)[...], line: 7).map { "\($0.name)=\($0.value)" }
    }

    @Test(arguments: [
        ("{}", []),
        (" { \"a\" : \"b\" , \"c\" : 0.10 }\r", ["a=b", "c=0.10"]),
        ("{\"a\":null,\"b\":true,\"c\":false,\"d\":-12}", ["a=", "b=true", "c=false", "d=-12"]),
        (#"{"a":"\"\\\/\n\t\u00e5\uD83D\uDE00"}"#, ["a=\"\\/\n\tå😀"]),
        ("{\"å\":\"ø\"}", ["å=ø"]),
    ])
    func `a flat object is read, numbers as they are written`(text: String, expected: [String])
        throws
    {
        #expect(try read(text) == expected)
    }

    @Test(arguments: [
        "", "[]", "1", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}}", "{a:1}",
        "{\"a\":[1]}", "{\"a\":{}}", "{\"a\":1e5}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":nul}",
        "{\"a\":\"b}", #"{"a":"\x"}"#, #"{"a":"\u00"}"#, #"{"a":"\uD800"}"#,
        #"{"a":"\uD800\u0041"}"#,
        #"{"a":"\uDC00"}"#, #"{"a":"\"#, #"{"a":"\u+123"}"#, "{\"a\":1 \"b\":2}", "{\"a\":--1}",
    ])
    func `anything else is a fault of its line`(text: String) {
        do {
            _ = try read(text)
            Issue.record("was read")
        } catch {
            #expect(error.line == 7 && !error.message.isEmpty && !error.advice.isEmpty)
        }
    }
}
