import HTTPTypes
import Testing

@testable import Sandbox

struct SendRequestTests {
    private func read(_ text: String) throws -> SendRequest {
        try SendRequest(try JSONReader.read(text.utf8))
    }

    private func replacing(_ part: String, with other: String) -> String {
        let mail = TestSandbox.mail(to: "kari@kunde.example")
        #expect(mail.contains(part))
        return mail.replacing(part, with: other)
    }

    @Test func `it keeps what is asked of it later`() throws {
        let request = try read(TestSandbox.mail(to: "kari@kunde.example", dispatchID: "d-7"))
        #expect(request.from == "faktura@selger.example")
        #expect(request.recipients.map(\.address) == ["kari@kunde.example"])
        #expect(request.recipients.first?.subject == "Faktura 1001")
        #expect(
            request.recipients.first?.customArguments == [
                .init(name: "dispatch_id", value: "d-7")
            ])
        #expect(
            request.attachments == [
                AttachmentSize(fileName: "faktura.pdf", encodedByteCount: 12)
            ])
    }

    @Test(arguments: [
        (#""from":{"email":"faktura@selger.example"},"#, "", "from.email"),
        (#""faktura@selger.example""#, #""faktura""#, "from.email"),
        (#""kari@kunde.example""#, #""kari@kunde""#, "personalizations.0.to.0.email"),
        (#""kari@kunde.example""#, "7", "personalizations.0.to.0.email"),
        (#"[{"email":"kari@kunde.example"}]"#, "[]", "personalizations.0.to"),
        (#""personalizations":"#, #""personalisations":"#, "personalizations"),
        (#""subject":"Faktura 1001","#, "", "subject"),
        (#""subject":"Faktura 1001","#, #""subject":"","#, "subject"),
        (#"[{"type":"text/plain","value":"Se vedlegg"}]"#, "[]", "content"),
        (#""Se vedlegg""#, #""""#, "content.0.value"),
        (#""JVBERi0xLjc=""#, #""""#, "attachments.0.content"),
        (#""filename":"faktura.pdf""#, #""type":"x""#, "attachments.0.filename"),
        (
            #"[{"email":"kari@kunde.example"}]"#,
            #"[{"email":"kari@kunde.example"},{"email":"KARI@kunde.example"}]"#,
            "personalizations.0.to"
        ),
    ])
    func `what the provider refuses is refused by name`(
        part: String, other: String, field: String
    ) {
        let error = #expect(throws: SendGridError.self) {
            try read(replacing(part, with: other))
        }
        #expect(error?.status == .badRequest)
        #expect(error?.items.map(\.field) == [field])
    }

    @Test func `custom arguments over 10,000 bytes are refused`() {
        let long = String(repeating: "x", count: 10_000)
        #expect(throws: SendGridError.self) { try read(replacing("d-1", with: long)) }
    }

    @Test func `a personalization's own arguments and headers win`() throws {
        let request = try read(
            replacing(
                #""subject":"#,
                with: #""headers":{"message-id":"<1@x.no>"},"custom_args":{"tenant":"1","#
                    + #""dispatch_id":"other"},"subject":"#))
        #expect(
            request.recipients.first?.customArguments == [
                .init(name: "tenant", value: "1"), .init(name: "dispatch_id", value: "d-1"),
            ])
        #expect(request.recipients.first?.headerMessageID == "<1@x.no>")
    }

    @Test(arguments: [
        ("a@x.no", true), ("a+b@x.no", true), ("a@b@x.no", false), ("@x.no", false), ("a@", false),
        ("a@x", false), ("a@x..no", false), ("a b@x.no", false), ("a\r\n@x.no", false),
        ("<a@x.no>", false), ("", false),
    ])
    func `an address is one that mail can be sent to`(address: String, isValid: Bool) {
        #expect(EmailSyntax.isValid(address) == isValid)
    }

    @Test(arguments: [
        ("a%2Bb%40x.no", "a+b@x.no"), ("a+b@x.no", "a+b@x.no"), ("%C3%A5", "å"), ("%2", nil),
        ("%zz", nil), ("%FF", nil),
    ])
    func `a path is decoded once and its plus stays`(text: String, decoded: String?) {
        #expect(FormText.decode(path: text) == decoded)
    }

    @Test func `a plus in a query is a space`() {
        #expect(FormText.decode(query: "email=a+b%2Bc&limit=") == ["email": "a b+c", "limit": ""])
    }
}
