import Invoicing

extension ValueKind {
    /// The columns of a form; a choice that the law does not let one make is refused with its
    /// paragraph.
    static func formColumns(_ text: String) throws(ValueFault) -> String {
        let columns = try words(text, FormColumn.self, "column")
        do throws(FormChoiceFault) {
            _ = try FormColumns(columns)
        } catch {
            throw ValueFault(error.message, error.advice)
        }
        return literal(columns)
    }

    /// The blocks that a form hides, likewise.
    static func formBlocks(_ text: String) throws(ValueFault) -> String {
        let blocks = try words(text, FormBlock.self, "block")
        do throws(FormChoiceFault) {
            _ = try HiddenBlocks(blocks)
        } catch {
            throw ValueFault(error.message, error.advice)
        }
        return literal(blocks)
    }

    /// The words of a list, divided by commas, semicolons or spaces.
    private static func words<Choice>(
        _ text: String, _ type: Choice.Type, _ noun: String
    ) throws(ValueFault) -> [Choice] where Choice: RawRepresentable<String> & CaseIterable {
        let names = Choice.allCases.map(\.rawValue)
        var words: [Choice] = []
        for word in text.split(whereSeparator: { ",; ".contains($0) }).map(String.init) {
            guard let choice = Choice(rawValue: word) else {
                let nearest = NearestName.of(word, among: names).map { "Is \($0) meant? " } ?? ""
                throw ValueFault(
                    "names \(ImportFault.excerpt(of: word)), which is no \(noun) of a form",
                    "\(nearest)There are \(names.joined(separator: ", "))")
            }
            words.append(choice)
        }
        return words
    }

    private static func literal(_ words: [some RawRepresentable<String>]) -> String {
        "{\(words.map(\.rawValue).joined(separator: ","))}"
    }
}
