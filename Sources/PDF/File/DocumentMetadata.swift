/// The metadata of a document for reader programs, archives and screen readers.
package struct DocumentMetadata: Hashable {
    let title: String
    let author: String
    /// BCP 47, as `nb-NO`.
    let languageTag: String
    /// The date of the document in ISO 8601: never the day on which it was drawn, which would make
    /// each drawing a different file.
    let date: String
    /// The program that created it.
    let program: String

    /// `languageTag` is in BCP 47, as `nb-NO`; `date` is the document's own in ISO 8601, never the
    /// day of drawing.
    package init(title: String, author: String, languageTag: String, date: String, program: String)
    {
        self.title = title
        self.author = author
        self.languageTag = languageTag
        self.date = date
        self.program = program
    }

    /// The information dictionary (ISO 32000-1 § 14.3.3).
    func appendInformation(to output: inout PDFBytes) {
        output.append("<</Title ")
        output.append(textString: PrintableText(title).text)
        output.append("/Author ")
        output.append(textString: PrintableText(author).text)
        for key in ["Creator", "Producer"] {
            output.append("/\(key)(\(program))")
        }
        output.append("/CreationDate (D:")
        output.append(date.filter { $0 != "-" })
        output.append("000000Z)>>")
    }

    /// The same as XMP (ISO 16684-1), where archives and search programs look for it: an
    /// uncompressed packet, so that they find it without parsing the file.
    ///
    /// It repeats the information dictionary word for word. It claims neither PDF/A nor PDF/UA: the
    /// files have not been checked against either.
    var packet: [UInt8] {
        let language = Self.escaped(languageTag)
        let (title, author) = (Self.escaped(self.title), Self.escaped(self.author))
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
            <xmp:CreateDate>\(date)T00:00:00Z</xmp:CreateDate>
            <xmp:CreatorTool>\(program)</xmp:CreatorTool>
            <pdf:Producer>\(program)</pdf:Producer>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """
        return Array(text.utf8)
    }

    /// Removes what XML 1.0 can't represent; `PrintableText` has removed the rest.
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
