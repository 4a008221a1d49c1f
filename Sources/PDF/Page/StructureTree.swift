/// The logical structure of a document for screen readers: headings, paragraphs, tables (ISO
/// 32000-1 § 14.8).
///
/// The tree is in reading order, whatever the order of drawing. Marks without an element are
/// decoration, or repeat on each page what was already read.
package struct StructureTree {
    private(set) var elements: [Element] = [Element(role: .document, parent: nil)]

    /// The number of the root element, which contains all others.
    package static let document = 0

    /// A tree with the root element only.
    package init() {}

    struct Element {
        let role: Role
        let parent: Int?
        /// A description of a picture; nil for other elements.
        var alternative: String?
        var children: [Int] = []
        /// Where its marks are: the page, and their number on it.
        var marks: [(page: Int, number: Int)] = []
    }

    /// The role of an element.
    package enum Role {
        /// The root.
        case document
        case heading
        case paragraph
        case table
        case row
        /// The heading of the column below it.
        case headerCell
        /// The heading of the row that it begins.
        case rowHeader
        /// Any other cell of a table.
        case cell
        /// A picture.
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

    /// Adds an element after the parent's other elements, and returns its number.
    ///
    /// `alternative` describes a picture.
    package mutating func add(
        _ role: Role, in parent: Int = StructureTree.document, alternative: String? = nil
    ) -> Int {
        elements.append(Element(role: role, parent: parent, alternative: alternative))
        elements[parent].children.append(elements.count - 1)
        return elements.count - 1
    }

    /// Records that the marks with a number on a page belong to the element.
    mutating func mark(_ element: Int, page: Int, number: Int) {
        elements[element].marks.append((page, number))
    }
}

extension StructureTree {
    /// Writes the tree to the file's compressed objects, and returns the number of its root.
    ///
    /// `marked` has the elements of each page's marks, by their numbers.
    func write(to file: inout PDFWriter, pages: [Int], marked: [[Int]]) -> Int {
        let numbers = elements.map { _ in file.reserve() }
        let (root, parents) = (file.reserve(), file.reserve())
        file.writeCompressed(root) { output in
            output.append("<</Type/StructTreeRoot/K ")
            output.append(numbers[Self.document])
            output.append(" 0 R/ParentTree ")
            output.append(parents)
            output.append(" 0 R>>")
        }
        file.writeCompressed(parents) { output in
            output.append("<</Nums[")
            for (page, elements) in marked.enumerated() {
                output.append(page)
                output.append("[")
                for element in elements { output.append(reference: numbers[element]) }
                output.append("]")
            }
            output.append("]>>")
        }
        for (index, element) in elements.enumerated() {
            file.writeCompressed(numbers[index]) { output in
                element.write(
                    to: &output, parent: element.parent.map { numbers[$0] } ?? root,
                    numbers: numbers, pages: pages)
            }
        }
        return root
    }
}

extension StructureTree.Element {
    fileprivate func write(
        to output: inout PDFBytes, parent: Int, numbers: [Int], pages: [Int]
    ) {
        output.append("<</S/")
        output.append(role.type)
        output.append("/P ")
        output.append(reference: parent)
        if let alternative {
            output.append("/Alt ")
            output.append(textString: alternative)
        }
        switch role {
        case .headerCell: output.append("/A<</O/Table/Scope/Column>>")
        case .rowHeader: output.append("/A<</O/Table/Scope/Row>>")
        default: break
        }
        if let first = marks.first {
            output.append("/Pg ")
            output.append(reference: pages[first.page])
        }
        output.append("/K[")
        for child in children { output.append(reference: numbers[child]) }
        for mark in marks {
            if mark.page == marks[0].page {
                output.append(mark.number)
                output.append(" ")
            } else {
                output.append("<</Type/MCR/Pg ")
                output.append(reference: pages[mark.page])
                output.append("/MCID ")
                output.append(mark.number)
                output.append(">>")
            }
        }
        output.append("]>>")
    }
}
