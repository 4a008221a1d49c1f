/// What the marks of a document are, for screen readers: headings, paragraphs, tables
/// (ISO 32000-1 § 14.8).
///
/// The tree stands in reading order, whatever the order of drawing. Marks without an element are
/// decoration, or repeat on each page what was said.
struct StructureTree {
    private(set) var elements: [Element] = [Element(role: .document, parent: nil)]

    static let document = 0

    struct Element {
        let role: Role
        let parent: Int?
        /// What a picture shows, in words.
        var alternative: String?
        var children: [Int] = []
        /// Where its marks are: the page, and the number of the marks on it.
        var marks: [(page: Int, number: Int)] = []
    }

    /// What an element is.
    enum Role {
        case document
        case heading
        case paragraph
        case table
        case row
        /// Says what the column under it has.
        case headerCell
        /// Says what the row that it begins has.
        case rowHeader
        case cell
        case figure

        /// The standard structure type (§ 14.8.4).
        var type: StaticString {
            switch self {
            case .document: "Document"
            case .heading: "H1"
            case .paragraph: "P"
            case .table: "Table"
            case .row: "TR"
            case .headerCell, .rowHeader: "TH"
            case .cell: "TD"
            case .figure: "Figure"
            }
        }
    }

    /// Adds an element after those that its parent has, and gives its number.
    mutating func add(
        _ role: Role, in parent: Int = StructureTree.document, alternative: String? = nil
    ) -> Int {
        elements.append(Element(role: role, parent: parent, alternative: alternative))
        elements[parent].children.append(elements.count - 1)
        return elements.count - 1
    }

    /// Remembers that the marks of a number on a page are the element's.
    mutating func mark(_ element: Int, page: Int, number: Int) {
        elements[element].marks.append((page, number))
    }
}
