/// The columns of a line table from left to right: each once, none that the law asks for missing,
/// and the amount last, since the sums stand below it.
package struct FormColumns: Hashable, Sendable {
    package let list: [FormColumn]

    /// What a form has that chooses nothing.
    package static let standard = FormColumns(
        list: [.description, .quantity, .unit, .unitPrice, .vatRate, .amount])

    private init(list: [FormColumn]) {
        self.list = list
    }

    /// Throws the first fault of a choice.
    package init(_ columns: [FormColumn]) throws(FormChoiceFault) {
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            throw .columnTwice(column)
        }
        for column in FormColumn.allCases where !columns.contains(column) {
            if let paragraph = column.paragraph {
                throw .columnMissing(column, paragraph: paragraph)
            }
        }
        guard columns.last == .amount else { throw .amountNotLast }
        list = columns
    }

    /// These without the columns that may go under the description instead, and the unit at its
    /// quantity: for a document whose figures need the room.
    package var narrowed: FormColumns {
        let kept = list.filter { ![.itemNumber, .discount, .unit].contains($0) }
        return FormColumns(
            list: kept.flatMap { column in
                column == .quantity && list.contains(.unit) ? [.quantity, .unit] : [column]
            })
    }
}
