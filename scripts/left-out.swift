import Foundation

/// Classifies bounces twice: with all phrases, and without those that only their fold holds.
///
/// `scripts/cross-validate` compiles it with the classifier.
///
/// JSON Lines in (`reply_code`, `enhanced_code`, `text`, `fold`), and out (`whole`, `left_out`).
@main struct LeftOut {
    struct Row: Decodable {
        var request: ClassifyRequest
        var fold: Int

        private enum CodingKeys: CodingKey { case fold }

        init(from decoder: any Decoder) throws {
            request = try ClassifyRequest(from: decoder)
            fold = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .fold)
        }
    }

    struct Answers: Encodable {
        var whole: ClassifyAnswer
        var left_out: ClassifyAnswer
    }

    static func main() throws {
        let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
        var rows: [Row] = []
        while let line = readLine() {
            rows.append(try decoder.decode(Row.self, from: Data(line.utf8)))
        }

        var foldsOfPhrase: [Int: Set<Int>] = [:]
        for row in rows {
            ClassifierText.withPlain(row.request.evidence.text) { plain in
                PhraseTable.shared.matcher.search(plain) { phrase in
                    foldsOfPhrase[phrase, default: []].insert(row.fold)
                }
            }
        }
        let classifier = Classifier()
        for row in rows {
            let ignored = Set(foldsOfPhrase.filter { $0.value == [row.fold] }.keys)
            let evidence = row.request.evidence
            let answers = Answers(
                whole: ClassifyAnswer(classifier.classify(evidence)),
                left_out: ClassifyAnswer(classifier.classify(evidence, ignoring: ignored)))
            print(String(decoding: try encoder.encode(answers), as: UTF8.self))
        }
    }
}
