import Testing

@testable import Sandbox

struct SuppressionListTests {
    private func row(_ email: String, at seconds: Int64, visibleAt: Int64? = nil) -> SuppressionRow
    {
        SuppressionRow(
            created: Timestamp(seconds: seconds),
            visibleAt: Timestamp(seconds: visibleAt ?? seconds), email: email, reason: "r",
            status: "5.1.1")
    }

    private func list(_ rows: SuppressionRow...) -> SuppressionList {
        var list = SuppressionList()
        for row in rows { list.put(row) }
        return list
    }

    private func emails(
        _ list: SuppressionList, _ query: SuppressionQuery = .init(), now: Int64 = 1000
    ) -> [String] {
        list.page(query, now: Timestamp(seconds: now)).map(\.email)
    }

    @Test func `the newest row comes first`() {
        #expect(emails(list(row("a@x.no", at: 1), row("b@x.no", at: 2))) == ["b@x.no", "a@x.no"])
    }

    @Test func `both ends of the window belong to it`() {
        let list = list(row("a@x.no", at: 1), row("b@x.no", at: 2), row("c@x.no", at: 3))
        #expect(emails(list, .init(startTime: 2, endTime: 2)) == ["b@x.no"])
        #expect(emails(list, .init(startTime: 2)) == ["c@x.no", "b@x.no"])
        #expect(emails(list, .init(endTime: 2)) == ["b@x.no", "a@x.no"])
    }

    @Test func `pages do not overlap and the last is short`() {
        let list = list(row("a@x.no", at: 1), row("b@x.no", at: 2), row("c@x.no", at: 3))
        #expect(emails(list, .init(limit: 2, offset: 0)) == ["c@x.no", "b@x.no"])
        #expect(emails(list, .init(limit: 2, offset: 2)) == ["a@x.no"])
        #expect(emails(list, .init(limit: 2, offset: 4)) == [])
    }

    @Test func `an address that comes again has one row, the new one`() {
        let list = list(row("a@x.no", at: 1), row("b@x.no", at: 2), row("A@x.no", at: 3))
        #expect(emails(list) == ["A@x.no", "b@x.no"])
        #expect(list.count == 2)
    }

    @Test func `a row that can not be seen yet is not listed`() {
        let list = list(row("a@x.no", at: 1, visibleAt: 10))
        #expect(emails(list, now: 9) == [])
        #expect(emails(list, now: 10) == ["a@x.no"])
    }

    @Test func `closing gaps loses no row`() {
        var list = SuppressionList()
        for number in 0..<1000 { list.put(row("a\(number)@x.no", at: Int64(number))) }
        for number in 0..<1000 where number % 10 != 0 { list.remove("a\(number)@x.no") }
        #expect(list.count == 100)
        #expect(emails(list, .init(limit: 500)) == (0..<100).reversed().map { "a\($0 * 10)@x.no" })
        #expect(list.row(of: "a990@x.no")?.created.seconds == 990)
    }

    @Test(arguments: [
        ("sales", "salesdepartment@x.no", true),
        ("sales", "my-sales@x.no", false),
        ("%market", "new-market@x.no", true),
        ("%market%tree", "a-market-tree@x.no", true),
        ("%tree%market", "a-market-tree@x.no", false),
        ("A@X.no", "a@x.no", true),
    ])
    func `the other lists match how an address begins`(
        pattern: String, email: String, matches: Bool
    ) {
        #expect(EmailPattern(pattern, in: .blocks).matches(email) == matches)
    }

    @Test func `invalid_emails matches whole addresses only`() {
        #expect(EmailPattern("a@x.no", in: .invalidEmails).matches("a@x.no"))
        #expect(!EmailPattern("a", in: .invalidEmails).matches("a@x.no"))
    }
}
