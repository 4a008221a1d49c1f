/// A place on a page, in points from its upper left corner.
struct Point: Hashable {
    var x: Double
    var y: Double
}

/// A width and a height in points.
struct Size: Hashable {
    var width: Double
    var height: Double

    /// ISO 216.
    static let a4 = Size(width: 210 * millimetre, height: 297 * millimetre)
}

/// A part of a page, in points from its upper left corner.
struct Rectangle: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var maxX: Double { x + width }
    var maxY: Double { y + height }
}

/// One millimetre in points.
let millimetre = 72 / 25.4
