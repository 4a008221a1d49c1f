/// The blocks that a form hides: none that the law asks for.
package struct HiddenBlocks: Hashable, Sendable {
    package let set: Set<FormBlock>

    /// What a form has that chooses nothing.
    package static let none = HiddenBlocks()

    private init() {
        set = []
    }

    /// Throws the first fault of a choice.
    package init(_ blocks: [FormBlock]) throws(FormChoiceFault) {
        for (index, block) in blocks.enumerated() {
            if blocks[..<index].contains(block) { throw .blockTwice(block) }
            if let paragraph = block.paragraph {
                throw .blockRequired(block, paragraph: paragraph)
            }
        }
        set = Set(blocks)
    }

    package func contains(_ block: FormBlock) -> Bool {
        set.contains(block)
    }
}
