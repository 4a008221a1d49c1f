import TestSupport
import Testing

@testable import Bounces

@Suite struct PhraseMatcherTests {
    static let phrases = [
        "full", "mailbox full", "mailbox ~ full", "quota*", "no ~ such ~ user", "is", "such",
    ]

    private func found(_ text: String) -> Set<String> {
        let matcher = PhraseMatcher(phrases: Self.phrases)
        return ClassifierText.withPlain(text) { plain in
            var found: Set<String> = []
            matcher.search(plain) { found.insert(Self.phrases[$0]) }
            return found
        }
    }

    @Test(
        arguments: [
            ("", []), ("full", ["full"]), ("fulls", []),
            ("mailbox full", ["full", "mailbox full", "mailbox ~ full"]),
            ("mailbox is full", ["full", "mailbox ~ full", "is"]),
            ("full mailbox", ["full"]), ("overquota", []), ("quotas", ["quota*"]),
            ("quota exceeded", ["quota*"]), ("no such user", ["no ~ such ~ user", "such"]),
            ("no really such a user", ["no ~ such ~ user", "such"]), ("such no user", ["such"]),
            ("mailbox and many other words in between here that are full", ["full"]),
            (
                "mailbox and many other words between them are gone mailbox is full",
                ["full", "mailbox ~ full", "is"]
            ),
        ] as [(String, [String])])
    func `words are found whole, open at the end or over a gap`(
        text: String, expected: [String]
    ) {
        #expect(found(text) == Set(expected))
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `the automaton finds what a search one by one finds`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        func words(_ count: Int) -> String {
            (0..<count).map { _ in ["a", "ab", "b", "ba", "aba"][numbers.int(0...4)] }
                .joined(separator: " ")
        }
        let phrases = (0..<numbers.int(1...12)).map { _ in
            words(numbers.int(1...3)) + (numbers.int(0...3) == 0 ? "*" : "")
        }
        let text = words(numbers.int(0...20))
        let matcher = PhraseMatcher(phrases: phrases)
        var found: Set<Int> = []
        ClassifierText.withPlain(text) { plain in matcher.search(plain) { found.insert($0) } }

        let plain = " \(text) "
        let expected = phrases.indices.filter { index in
            let phrase = phrases[index]
            return plain.contains(
                phrase.hasSuffix("*") ? " \(phrase.dropLast())" : " \(phrase) ")
        }
        #expect(found == Set(expected))
    }

    @Test func `every phrase of the table is found where it stands alone`() {
        let table = PhraseTable.shared
        for (index, phrase) in table.phrases.enumerated() {
            for text in Self.examples(of: phrase) {
                var isFound = false
                ClassifierText.withPlain(text) { plain in
                    table.matcher.search(plain) { if $0 == index { isFound = true } }
                }
                #expect(isFound, "'\(phrase)' is not found in '\(text)'")
            }
        }
    }

    /// Texts that hold a phrase: each word of a name once, with the first of the other names.
    private static func examples(of phrase: String) -> [String] {
        let parts = phrase.split(separator: " ").map { part -> [String] in
            if part == "~" || part == "-" { return ["x"] }
            return part.hasPrefix("@")
                ? ClassifierWords.all[String(part.dropFirst())] ?? [] : [String(part)]
        }
        return parts.indices.flatMap { varied in
            parts[varied].indices.map { choice in
                parts.indices.map { parts[$0][$0 == varied ? choice : 0] }.joined(separator: " ")
                    .replacing("*", with: "")
            }
        }
    }

    @Test(
        arguments: [
            ("mailbox full", true), ("postfach is voll", true), ("inbox full", false),
            ("no user", true), ("no such user", true),
            ("no words like these before any user", false), ("box of ours is voll", false),
        ])
    func `a name stands for its words, and a short gap for a word or two`(
        text: String, expected: Bool
    ) {
        let matcher = PhraseMatcher(
            phrases: ["@box ~ @full", "no - user", "@box ~ gone"],
            words: ["box": ["mailbox", "postfach"], "full": ["full", "voll"]])
        var isFound = false
        ClassifierText.withPlain(text) { plain in matcher.search(plain) { _ in isFound = true } }
        #expect(isFound == expected)
    }

    @Test func `phrases that begin with the same name are found apart`() {
        let matcher = PhraseMatcher(
            phrases: ["@box ~ full", "@box ~ gone"], words: ["box": ["mailbox", "inbox"]])
        var found: Set<Int> = []
        ClassifierText.withPlain("the inbox is gone") { plain in
            matcher.search(plain) { found.insert($0) }
        }
        #expect(found == [1])
    }

    @Test func `no phrase stands in the table twice with the same role`() {
        let table = PhraseTable.shared
        let strong = table.phrases.indices
            .filter { table.roles[$0] == .strong || table.roles[$0] == .limiting }
            .map { table.phrases[$0] }
        #expect(Set(strong).count == strong.count)
    }
}
