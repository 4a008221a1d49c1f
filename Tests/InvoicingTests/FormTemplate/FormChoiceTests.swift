import Testing

@testable import Invoicing

@Suite struct FormChoiceTests {
    @Test func `the standard columns are a lawful choice, and so are all`() throws {
        #expect(try FormColumns(FormColumns.standard.list) == .standard)
        #expect(try FormColumns(FormColumn.allCases).list == FormColumn.allCases)
    }

    @Test(arguments: [
        ([FormColumn.description, .amount], "leaves out quantity", "§ 5-1-1 no. 3"),
        ([.quantity, .amount], "leaves out description", "§ 5-1-1 no. 3"),
        ([.description, .quantity], "leaves out amount", "§ 5-1-1 no. 5"),
        ([.description, .quantity, .unit, .unit, .amount], "unit twice", "once"),
        ([.amount, .description, .quantity], "amount last", "end"),
    ])
    func `a choice that can't be is refused, with what to do`(
        columns: [FormColumn], message: String, rest: String
    ) throws {
        let fault = try #require(throws: FormChoiceFault.self) { try FormColumns(columns) }
        #expect("\(fault.message). \(fault.advice)".contains(message))
        #expect("\(fault.message). \(fault.advice)".contains(rest))
    }

    @Test(arguments: FormBlock.allCases)
    func `a block is hidden, or the paragraph that asks for it is named`(block: FormBlock) throws {
        guard let paragraph = block.paragraph else {
            #expect(try HiddenBlocks([block]).contains(block))
            return
        }
        let fault = try #require(throws: FormChoiceFault.self) { try HiddenBlocks([block]) }
        #expect(fault.message.contains(block.rawValue) && fault.message.contains(paragraph))
    }

    @Test func `narrowed columns are lawful, and the unit stands at its quantity`() throws {
        let columns = try FormColumns([
            .unit, .itemNumber, .description, .discount, .quantity, .unitPrice, .amount,
        ])
        #expect(
            columns.narrowed.list == [.description, .quantity, .unit, .unitPrice, .amount])
        #expect(try FormColumns(columns.narrowed.list) == columns.narrowed)
        #expect(FormColumns.standard.narrowed == .standard)
    }
}
