/// An element of a read XML file, with where it stood and whether anyone has taken it.
///
/// A class, because what is left untaken at the end is reported: nothing of a file is lost in
/// silence. It never leaves this module.
final class XMLNode {
    /// The local name.
    let name: String
    /// The namespace's URI; empty for none.
    let namespace: String
    /// Those without a prefix: UBL has no others that carry meaning.
    let attributes: [String: String]
    /// The line that its start tag stands on.
    let line: Int
    /// All character data directly in it, put together.
    var text = ""
    var children: [XMLNode] = []
    unowned let parent: XMLNode?
    /// Whether a reader has asked for it.
    var isTaken = false

    init(
        name: String, namespace: String, attributes: [String: String] = [:], line: Int,
        parent: XMLNode? = nil
    ) {
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
        self.line = line
        self.parent = parent
    }

    /// The topmost elements below this one that no reader has asked for, in the file's order.
    var untaken: [XMLNode] {
        children.flatMap { $0.isTaken ? $0.untaken : [$0] }
    }
}
