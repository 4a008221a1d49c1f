import Testing

@testable import Sandbox

struct LogQueryTests {
    private static let newYear = Timestamp(seconds: 1_767_225_600)

    @Test(arguments: [
        ("", []),
        (#"to_email = "o'hara@x.no""#, [LogQuery.Condition.recipient("o'hara@x.no")]),
        ("sg_message_id='a.b.c'", [.messageID("a.b.c")]),
        ("status IN ('bounced', 'blocked')", [.status(["bounced", "blocked"])]),
        (
            #"sg_message_id_created_at >= TIMESTAMP "2026-01-01T00:00:00Z" AND subject = "AND""#,
            [.createdAt(.notBefore, newYear), .subject("AND")]
        ),
        (
            #"sg_message_id_created_at<TIMESTAMP "2026-01-01T01:00:00.000+01:00""#,
            [.createdAt(.before, newYear)]
        ),
        ("reason = 'x' AND categories IN (\"y\")", [.reason("x"), .categories(["y"])]),
    ])
    func `it reads what the language allows`(
        text: String, conditions: [LogQuery.Condition]
    ) throws {
        #expect(try LogQuery(text).conditions == conditions)
    }

    @Test(arguments: [
        "to_email", "to_email = ", "to_email = x", "to_email LIKE 'x'", "to_email IN ('x')",
        "status = 'bounced'", "status IN ()", "status IN ('bounced'", "status IN ('bounce')",
        "to_email = 'a' OR to_email = 'b'", "to_email = 'a' AND", "AND", "(to_email = 'a')",
        "to_email = 'a", "from_email = 'a'", "sg_message_id_created_at = TIMESTAMP '2026-01-01'",
        "sg_message_id_created_at > '2026-01-01T00:00:00Z'",
        "sg_message_id_created_at > TIMESTAMP \"yesterday\"", "to_email = 'a' to_email = 'b'", ";",
    ])
    func `it refuses what the language does not allow`(text: String) {
        #expect(throws: LogQueryError.self) { try LogQuery(text) }
    }
}
