/// The document information again, as XMP (ISO 16684-1), where archives and finders look for it.
///
/// It says what the information dictionary says, word for word. It claims no PDF/A and no PDF/UA:
/// nobody has checked the files against either.
struct XMPMetadata {
    let metadata: DocumentMetadata

    /// A packet that is not compressed, so that programs find it without reading the file.
    var packet: [UInt8] {
        let language = Self.escaped(metadata.languageTag)
        let (title, author) = (Self.escaped(metadata.title), Self.escaped(metadata.author))
        let text = """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
             xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(title)</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>\(author)</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>\(language)</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>\(metadata.date)T00:00:00Z</xmp:CreateDate>
            <xmp:CreatorTool>\(DocumentMetadata.program)</xmp:CreatorTool>
            <pdf:Producer>\(DocumentMetadata.program)</pdf:Producer>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """
        return Array(text.utf8)
    }

    /// Without what XML 1.0 has no way to write; `PrintableText` has taken the rest of it.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in PrintableText(text).text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\u{fffe}", "\u{ffff}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
