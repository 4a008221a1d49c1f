/// How large and how deep an XML file may be.
///
/// An invoice is far below each; what lies above is an attack or another kind of file, and is
/// refused before it can cost memory or time.
enum XMLLimits {
    /// Three of the largest attachments that mail lets through, in base64.
    static let byteCountMax = 50_000_000
    /// UBL's deepest element lies at a tenth of this.
    static let depthMax = 64
    /// Some five thousand invoice lines.
    static let elementCountMax = 200_000
    /// UBL has at most six on an element.
    static let attributeCountMax = 32
    /// Names and attribute values: codes, schemes, file names.
    static let attributeByteCountMax = 16_384
    static let nameByteCountMax = 256
    /// Text outside embedded files: a note of some ten pages.
    static let textByteCountMax = 65_536
}
