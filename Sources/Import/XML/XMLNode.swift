/// An element of a read XML file, with where it stood and whether anyone has taken it.
///
/// A class, because what is left untaken at the end is reported: nothing of a file is lost in
/// silence. It never leaves this module.
final class XMLNode {
    let place: XMLPlace
    /// Those without a prefix: UBL has no others that carry meaning.
    let attributes: [String: String]
    /// The line that its start tag stands on.
    let line: Int
    /// All character data directly in it, put together.
    var text = ""
    var children: [XMLNode] = []
    /// Whether a reader has asked for it.
    var isTaken = false

    init(place: XMLPlace, attributes: [String: String], line: Int) {
        self.place = place
        self.attributes = attributes
        self.line = line
    }

    /// The local name.
    var name: String {
        place.name
    }

    /// The namespace's URI; empty for none.
    var namespace: String {
        place.namespace
    }

    /// The topmost elements below this one that no reader has asked for, in the file's order.
    var untaken: [XMLNode] {
        children.flatMap { $0.isTaken ? $0.untaken : [$0] }
    }
}
