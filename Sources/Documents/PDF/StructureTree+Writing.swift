extension StructureTree {
    /// Writes the tree into the file's compressed objects, and gives the number of its root.
    ///
    /// `marked` has for each page the elements of its marks, by their numbers.
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
