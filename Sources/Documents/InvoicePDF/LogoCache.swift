/// The logos of the forms that were drawn with last, each decoded once.
final class LogoCache {
    /// A run goes form by form, so few are in use at once; a decoded logo is about a megabyte.
    static let logosMax = 16
    private var entries: [(bytes: [UInt8], picture: Picture)] = []

    func picture(_ bytes: [UInt8]) throws(DocumentError) -> Picture {
        if let known = entries.first(where: { $0.bytes == bytes }) { return known.picture }
        let box = InvoiceLayout.logoBox
        let picture = try Picture(bytes, widthMax: box.width, heightMax: box.height)
        if entries.count == Self.logosMax { entries.removeFirst() }
        entries.append((bytes, picture))
        return picture
    }
}
