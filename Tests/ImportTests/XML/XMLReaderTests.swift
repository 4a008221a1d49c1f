import TestSupport
import Testing

@testable import Import

@Suite struct XMLReaderTests {
    private func read(_ text: String) throws(TextFault) -> XMLNode {
        try XMLReader.read(Array(text.utf8))
    }

    private func fault(_ bytes: [UInt8]) -> TextFault? {
        do {
            _ = try XMLReader.read(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `elements, attributes and text become a tree with lines`() throws {
        let root = try read("<?xml version='1.0'?>\n<a x = '1 &lt;\n2'\n>b<c/>\n<c>d</c>e</a>\n")
        #expect(root.name == "a" && root.line == 2)
        #expect(root.attributes == ["x": "1 < 2"])
        #expect(root.text == "b\ne")
        #expect(root.children.map(\.line) == [4, 5])
        #expect(root.children.map(\.text) == ["", "d"])
        #expect(root.children.map(\.place.ordinal) == [1, 2])
    }

    @Test func `namespaces follow prefixes and defaults, and end with their element`() throws {
        let root = try read(
            "<a xmlns='u' xmlns:p='v'><b xmlns=''/><p:c xmlns:p='w' p:x='1' y='2'/><p:d/></a>")
        #expect(([root] + root.children).map(\.namespace) == ["u", "", "w", "v"])
        #expect(root.children[1].attributes == ["y": "2"])
    }

    @Test func `line ends are one character, and references are what they name`() throws {
        let root = try read("<a x='\t1\r\n2&#9;'>\r\n&#xD;\r<![CDATA[\r\n&amp;]]></a>")
        #expect(root.attributes == ["x": " 1 2\t"])
        #expect(Array(root.text.utf8) == Array("\n\r\n\n&amp;".utf8))
    }

    @Test(arguments: [
        "<a", "<a>", "<a></b>", "<a><b></a></b>", "</a>", "<a/><b/>", "<a/>x", "x<a/>", "<>",
        "< a/>", "<a b/>", "<a b=1/>", "<a b='1' b='2'/>", "<a b='1'c='2'/>", "<a b='<'/>",
        "<a b='1/>", "<a>&</a>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
        "<a>&#x110000;</a>", "<a>&#;</a>", "<a>&#+65;</a>", "<a>]]></a>", "<a><!-- -- --></a>",
        "<a><!-- x</a>", "<a><![CDATA[x</a>", "<a><?x</a>", " <?xml version='1.0'?><a/>",
        "<p:a/>", "<a p:b='1'/>", "<p:a:b xmlns:p='u'/>", "<:a/>", "<a:/>", "<a xmlns:p=''/>",
        "<1a/>", "<a><a", "text", "<?xml version='1.0'?>", "<!-- only -->", "{\"a\": 1}",
        "<!doctype a><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a><!DOCTYPE b></a>",
        "<a><!-- <!DOCTYPE b> --></a>", "<a><![CDATA[<!ENTITY b>]]></a>", "", " \r\n\t",
        "<a>\u{1}</a>", "<a>\u{0}</a>",
    ])
    func `what is not well-formed, or hostile, is refused`(text: String) {
        let fault = fault(Array(text.utf8))
        #expect(fault?.message.isEmpty == false)
        #expect(fault?.advice.isEmpty == false)
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x3C, 0x00], "UTF-16"),
            ([0xFE, 0xFF, 0x00, 0x3C], "UTF-16"),
            ([0x3C, 0x00, 0x61, 0x00], "UTF-16"),
            (Array("<?xml version='1.0' encoding='ISO-8859-1'?><a/>".utf8), "iso-8859-1"),
            (Array("<?xml version='1.0' encoding=\"UTF-16\"?><a/>".utf8), "utf-16"),
            (Array("<a>\n".utf8) + [0xF8] + Array("</a>".utf8), "not UTF-8"),
            (Array("<a>".utf8) + [0xC0, 0xAF] + Array("</a>".utf8), "not UTF-8"),
            (Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8), "not UTF-8"),
        ] as [([UInt8], String)])
    func `another encoding is told apart, and says what to do`(bytes: [UInt8], message: String) {
        let fault = fault(bytes)
        #expect(fault?.message.contains(message) == true)
        #expect(fault?.advice == "Save the file as UTF-8 and import it again")
    }

    @Test func `a fault names its line`() {
        #expect(fault(Array("<a>\n\n<b>\n</c></a>".utf8))?.line == 4)
        #expect(fault(Array("<a>\n".utf8) + [0xF8])?.line == 2)
        #expect(fault(Array("<a>\n\n&x;</a>".utf8))?.line == 1)
    }

    @Test(
        arguments: [
            String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65),
            "<a>" + String(repeating: "<b/>", count: 200_000) + "</a>",
            "<a b='" + String(repeating: "x", count: 16_385) + "'/>",
            "<a>" + String(repeating: "x", count: 65_537) + "</a>",
            "<a>" + String(repeating: "<![CDATA[xxxxxxxx]]>", count: 8_193) + "</a>",
            "<" + String(repeating: "a", count: 257) + "/>",
            "<a " + (0..<33).map { "a\($0)='' " }.joined() + "/>",
        ].map { Brief($0) })
    func `every size has a limit`(text: Brief<String>) {
        #expect(fault(Array(text.value.utf8)) != nil)
    }

    @Test func `what lies at the limit is read`() throws {
        _ = try read(String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64))
        let long = String(repeating: "QUJD", count: 100_000)
        let root = try XMLReader.read(Array("<a><b>\(long)</b></a>".utf8), longTextName: "b")
        #expect(root.children.first?.text == long)
    }

    @Test func `a file above the limit is refused unread`() {
        let bytes = [UInt8](repeating: 0x20, count: XMLLimits.byteCountMax + 1)
        #expect(fault(bytes)?.message == "is larger than 50 MB")
    }
}
