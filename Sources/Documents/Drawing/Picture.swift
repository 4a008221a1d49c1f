import Invoicing

/// A logo as an image of a PDF, copied into every document of its form.
final class Picture {
    /// Width by height.
    let aspectRatio: Double
    /// The resource's name in a content stream.
    let name = "L"
    private let stream: [UInt8]
    private let entries: String

    init(_ logo: LogoPicture) {
        aspectRatio = logo.aspectRatio
        stream = logo.stream
        entries =
            "/Type/XObject/Subtype/Image/Width \(logo.width)/Height \(logo.height)"
            + "/BitsPerComponent 8" + Self.entries(of: logo)
    }

    /// Writes the picture as an image and gives its number.
    func write(to file: inout PDFWriter) -> Int {
        file.write(stream: stream, entries: entries)
    }

    /// The colours, and what unpacks them (ISO 32000-1 § 8.9.5).
    private static func entries(of logo: LogoPicture) -> String {
        switch logo.encoding {
        case .rows:
            "/ColorSpace/DeviceRGB/Filter/FlateDecode"
                + "/DecodeParms<</Predictor 15/Colors 3/Columns \(logo.width)>>"
        case .jpegGrey: "/ColorSpace/DeviceGray/Filter/DCTDecode"
        case .jpegRGB: "/ColorSpace/DeviceRGB/Filter/DCTDecode"
        case .jpegCMYK: "/ColorSpace/DeviceCMYK/Filter/DCTDecode"
        case .jpegInvertedCMYK:
            "/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]/Filter/DCTDecode"
        }
    }
}
