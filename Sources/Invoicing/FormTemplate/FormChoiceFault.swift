/// Why a form can't have the columns or blocks that were chosen for it.
package enum FormChoiceFault: Error, Hashable, Sendable {
    case columnTwice(FormColumn)
    case columnMissing(FormColumn, paragraph: String)
    case amountNotLast
    case blockTwice(FormBlock)
    case blockRequired(FormBlock, paragraph: String)

    /// What is wrong, as said of the choice: `leaves out quantity, which …`.
    package var message: String {
        switch self {
        case .columnTwice(let column): "names \(column.rawValue) twice"
        case .columnMissing(let column, let paragraph):
            "leaves out \(column.rawValue), which \(paragraph) asks for"
        case .amountNotLast: "has not amount last, where the sums stand below it"
        case .blockTwice(let block): "names \(block.rawValue) twice"
        case .blockRequired(let block, let paragraph):
            "hides \(block.rawValue), which \(paragraph) asks for"
        }
    }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .columnTwice, .blockTwice: "Name it once"
        case .columnMissing(let column, _): "Add \(column.rawValue) to the columns"
        case .amountNotLast: "Move amount to the end"
        case .blockRequired(let block, _): "Take \(block.rawValue) out: it can't be hidden"
        }
    }
}
