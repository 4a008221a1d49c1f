/// A size and weight of Liberation Sans, with the distance from line to line.
///
/// Two faces only, regular and bold: each face used is embedded in every document.
struct TextStyle: Hashable {
    var size: Double
    var leading: Double
    var isBold = false

    static let title = TextStyle(size: 22, leading: 26, isBold: true)
    static let name = TextStyle(size: 15, leading: 18, isBold: true)
    static let total = TextStyle(size: 12, leading: 15, isBold: true)
    static let payment = TextStyle(size: 11, leading: 15, isBold: true)
    static let addressee = TextStyle(size: 10, leading: 13, isBold: true)
    static let address = TextStyle(size: 10, leading: 13)
    static let heading = TextStyle(size: 8.5, leading: 12, isBold: true)
    static let body = TextStyle(size: 9, leading: 12.5)
    static let strong = TextStyle(size: 9, leading: 12.5, isBold: true)
    static let label = TextStyle(size: 8, leading: 11)
    static let sender = TextStyle(size: 6.5, leading: 9)
    static let small = TextStyle(size: 7.5, leading: 10.5)

    /// From the top of a line to its baseline, so that capitals stand in the middle of the line.
    var ascent: Double {
        leading / 2 + size * 0.36
    }
}
