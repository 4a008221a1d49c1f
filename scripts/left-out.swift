import Foundation

/// Shows what the classifier makes of labelled bounces where some of what it knows is left out.
///
/// `scripts/train-classifier` and `scripts/cross-validate` compile it with the classifier.
///
/// usage: left-out [WEIGHTS...]: JSON Lines in (`reply_code`, `enhanced_code`, `text`, `fold`), and
/// out: the text's plain form and the codes, as the model sees them; the rules' answers, `whole`,
/// and `left_out`, by another fold: without the phrases, and the words of a kind, that only the
/// row's fold and that one hold (at the row's own number those that only this holds). With a table
/// of weights for each fold, `whole_model` and `left_out_model` besides: the program's answer, and
/// that of the rules left out with the fold's model.
@main struct LeftOut {
    struct Row: Decodable {
        var request: ClassifyRequest
        var fold: Int
        var evidence: BounceEvidence { request.evidence }

        private enum CodingKeys: CodingKey { case fold }

        init(from decoder: any Decoder) throws {
            request = try ClassifyRequest(from: decoder)
            fold = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .fold)
        }
    }

    struct Answers: Encodable {
        var plain: String
        var codes: [String]
        var whole: ClassifyAnswer
        var left_out: [ClassifyAnswer]
        var whole_model: ClassifyAnswer?
        var left_out_model: ClassifyAnswer?
    }

    static func main() throws {
        let decoder = JSONDecoder()
        var rows: [Row] = []
        while let line = readLine() {
            rows.append(try decoder.decode(Row.self, from: Data(line.utf8)))
        }
        let models = try CommandLine.arguments.dropFirst().map {
            ClassifierModel(weights: try String(contentsOfFile: $0, encoding: .utf8))
        }
        let foldsOfPiece = foldsOfPiece(rows)
        for row in rows {
            let line = try JSONEncoder().encode(answers(row, models, foldsOfPiece))
            print(String(decoding: line, as: UTF8.self))
        }
    }

    private static func answers(
        _ row: Row, _ models: [ClassifierModel], _ foldsOfPiece: [Int: Set<Int>]
    ) -> Answers {
        let answer = { (ignored: Set<Int>, model: ClassifierModel?) in
            ClassifyAnswer(
                Classifier().classify(row.evidence, ignoring: ignored, asking: model))
        }
        let folds =
            foldsOfPiece.values.reduce(into: Set([row.fold])) { $0.formUnion($1) }.max() ?? 0
        let ignored = (0...folds).map { other in
            Set(foldsOfPiece.filter { $0.value.isSubset(of: [row.fold, other]) }.keys)
        }
        return Answers(
            plain: ClassifierText.withPlain(row.evidence.text) {
                String(decoding: $0, as: UTF8.self)
            },
            codes: ModelCode.all(BounceCodes(row.evidence)).map { "\($0.kind) \($0.name)" },
            whole: answer([], nil), left_out: ignored.map { answer($0, nil) },
            whole_model: models.isEmpty ? nil : answer([], .shared),
            left_out_model: models.isEmpty ? nil : answer(ignored[row.fold], models[row.fold]))
    }

    /// By a piece of a phrase, the folds that hold it.
    private static func foldsOfPiece(_ rows: [Row]) -> [Int: Set<Int>] {
        var folds: [Int: Set<Int>] = [:]
        for row in rows {
            ClassifierText.withPlain(row.evidence.text) { plain in
                PhraseTable.shared.matcher.search(plain, ignoring: []) { _, piece in
                    folds[piece, default: []].insert(row.fold)
                }
            }
        }
        return folds
    }
}
