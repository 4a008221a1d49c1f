import Postgres
import TestSupport
import Testing

@Suite final class PostgresErrorTests {
    private let connection: Connection

    init() throws {
        connection = try TestDatabase.empty().connect()
        try connection.run(
            script: """
                CREATE TABLE parent (id int CONSTRAINT parent_pk PRIMARY KEY);
                CREATE TABLE child (
                    id int CONSTRAINT child_parent REFERENCES parent,
                    email text NOT NULL CONSTRAINT child_email CHECK (email LIKE '%@%'));
                INSERT INTO parent VALUES (1);
                """)
    }

    private func failure(_ query: Query) -> PostgresError? {
        do throws(PostgresError) {
            try connection.execute(query)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a clash names its constraint and its table`() {
        let error = failure("INSERT INTO parent VALUES (\(1 as Int32))")
        #expect(error?.kind == .server)
        #expect(error?.sqlState == .uniqueViolation)
        #expect(error?.constraint == "parent_pk")
        #expect(error?.table == "parent")
        #expect(error?.sqlState?.isData == true)
        #expect(error?.isRetryable == false)
        #expect(error?.isConnectionLost == false)
    }

    @Test func `each refusal has its code`() {
        #expect(failure("INSERT INTO child VALUES (2, 'a@b')")?.constraint == "child_parent")
        #expect(
            failure("INSERT INTO child VALUES (2, 'a@b')")?.sqlState == .foreignKeyViolation)
        #expect(failure("INSERT INTO child VALUES (1, NULL)")?.column == "email")
        #expect(failure("INSERT INTO child VALUES (1, NULL)")?.sqlState == .notNullViolation)
        #expect(failure("INSERT INTO child VALUES (1, '')")?.sqlState == .checkViolation)
        #expect(failure("SELECT * FROM nowhere")?.sqlState == .undefinedTable)
        #expect(failure("SELECT nothing")?.sqlState == .undefinedColumn)
        #expect(failure("SELEC 1")?.sqlState == .syntaxError)
        #expect(failure("SELECT 1 / 0")?.sqlState == .divisionByZero)
    }

    @Test func `the description is one line with what, where and the statement`() {
        let error = failure(
            """
            INSERT INTO parent
            VALUES (1)
            """)
        #expect(
            error?.description == """
                database: duplicate key value violates unique constraint "parent_pk" (23505), \
                table parent, constraint parent_pk; in: INSERT INTO parent VALUES (1)
                """)
    }

    @Test func `a long statement is shortened`() {
        let text = "SELECT nothing" + String(repeating: ", nothing", count: 100)
        #expect((failure(Query(stringLiteral: text))?.description.count ?? 999) < 250)
    }

    @Test(arguments: [
        "Kari \"Nordmann\" <kari@example.no>", "12345678901234567890", "kari@example.no",
    ])
    func `the value of a parameter is in no message`(_ secret: String) {
        let errors = [
            failure("SELECT (\(secret))::int"), failure("SELECT (\(secret))::date"),
            failure("SELECT (\(secret))::uuid"), failure("SELECT (\(secret))::jsonb -> 1"),
            failure("INSERT INTO child VALUES (7, \(secret + "@"))"),
            failure("INSERT INTO child VALUES (1, replace(\(secret), '@', ''))"),
            failure("SELECT to_timestamp(\(secret), 'YYYY-MM-DD')"),
        ]
        for case .some(let error) in errors {
            #expect(!error.description.contains("kari"))
            #expect(!error.description.contains("1234567890"))
            #expect(!error.message.contains("Nordmann"))
        }
        #expect(errors.compactMap(\.self).count >= 5)
    }

    private func insertParent() throws -> String {
        do {
            try connection.execute("INSERT INTO parent VALUES (1)")
            return "inserted"
        } catch SQLState.foreignKeyViolation {
            return "foreign key"
        } catch SQLState.uniqueViolation {
            return "unique"
        }
    }

    @Test func `an error is caught by its code`() throws {
        #expect(try insertParent() == "unique")
    }

    @Test(arguments: [
        (SQLState.serializationFailure, true, false, false),
        (.deadlockDetected, true, false, false), (.lockNotAvailable, true, false, false),
        (.adminShutdown, false, true, false), (.crashShutdown, false, true, false),
        (SQLState(rawValue: "08006"), false, true, false),
        (.uniqueViolation, false, false, true), (.numericValueOutOfRange, false, false, true),
        (.diskFull, false, false, false), (.undefinedTable, false, false, false),
    ])
    func `codes are told apart`(
        _ state: SQLState, _ isRetryable: Bool, _ isConnectionLost: Bool, _ isData: Bool
    ) {
        #expect(state.isRetryable == isRetryable)
        #expect(state.isConnectionLost == isConnectionLost)
        #expect(state.isData == isData)
    }

    @Test func `too many parameters are refused before they are sent`() {
        var query: Query = "SELECT 1"
        for number in 0...65_535 { query.append(", \(number)") }
        #expect(failure(query)?.kind == .usage)
        #expect(throws: PostgresError.self) { try self.connection.pipeline([query]) }
    }
}
