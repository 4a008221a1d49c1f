import Testing

@testable import Runtime

@Suite struct ConninfoTests {
    @Test(arguments: [
        "password=hunter2", "host=db password = hunter2", "host=db\tpassword='a b'",
        "sslkey=k sslpassword=hunter2", "postgresql://me:hunter2@db/budstikke",
        "postgres://me:@db", "postgresql://db/budstikke?password=hunter2",
        "postgresql://db?sslmode=require&sslpassword=x", "postgresql://db?p%61ssword=hunter2",
    ])
    func `a password is seen, and never shown`(conninfo: String) {
        #expect(Conninfo.holdsPassword(conninfo))
        #expect(
            Settings.refusal(environment: ["BUDSTIKKE_DATABASE": conninfo])
                == "database: holds a password, from the environment (BUDSTIKKE_DATABASE);"
                + " put it into ~/.pgpass or a service file")
    }

    @Test(arguments: [
        "", "service=budstikke", "host=/run/postgresql dbname=budstikke user=password",
        "dbname=password_vault passfile=/etc/budstikke/pgpass", "postgresql://me@db:5432/budstikke",
        "postgresql:///budstikke?host=/run/postgresql", "postgresql://[::1]:5432/budstikke",
        "host=db dbname=a@b:c",
    ])
    func `what only looks like one is let by`(conninfo: String) throws {
        #expect(!Conninfo.holdsPassword(conninfo))
        #expect(
            try Settings.loaded(environment: ["BUDSTIKKE_DATABASE": conninfo]).database == conninfo)
    }
}
