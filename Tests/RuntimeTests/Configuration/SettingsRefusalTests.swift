import Foundation
import Testing

@testable import Runtime

@Suite struct SettingsRefusalTests {
    @Test(arguments: [
        "60", "s", "-5s", "1.5h", "2d", "86401s", "5 m", "5M", "٣s", "99999999999999999999s",
        "9223372036854775807d", "1h30m",
    ])
    func `a duration without its unit, or beyond its bounds, is refused`(_ text: String) {
        let expected =
            "database_lock_timeout: '\(text)', from budstikke.yaml:1, is not a duration from 0s to"
            + " 1d, as 30s, 15m, 2h or 5d"
        #expect(Settings.refusal(yaml: "database_lock_timeout: '\(text)'") == expected)
    }

    @Test(arguments: [
        (
            "send:\n  batch: many",
            "send.batch: 'many', from budstikke.yaml:2, is not a number from 1 to 1000"
        ),
        (
            "provider:\n\n  concurrency: 257",
            "provider.concurrency: '257', from budstikke.yaml:3, is not a number from 1 to 256"
        ),
        (
            "send: {batch: 0}",
            "send.batch: '0', from budstikke.yaml:1, is not a number from 1 to 1000"
        ),
        (
            "provider: {name: Pigeon!}",
            "provider.name: 'Pigeon!', from budstikke.yaml:1, is not the name of a provider"
        ),
        (
            "provider: {base_url: 'http://api.example.com'}",
            "provider.base_url: 'http://api.example.com', from budstikke.yaml:1, is not an https"
                + " address without a query (http goes to this machine only)"
        ),
        (
            "provider: {relay_url: 'http://relay.example'}",
            "provider.relay_url: 'http://relay.example', from budstikke.yaml:1, is not"
                + " smtp://host:port or smtps://host:port"
        ),
        (
            "provider: {region: moon}",
            "provider.region: 'moon', from budstikke.yaml:1, is not one of us, eu"
        ),
        (
            "provider: {tls: never}",
            "provider.tls: 'never', from budstikke.yaml:1, is not one of beyond_this_machine,"
                + " always"
        ),
        (
            "provider: {name: mailgun, stream: 'a b'}",
            "provider.stream: 'a b', from budstikke.yaml:1, is not letters, digits, - and _"
        ),
        (
            "provider: {return_path: bounces}",
            "provider.return_path: 'bounces', from budstikke.yaml:1, is not an e-mail address"
        ),
        (
            "mail: {from_address: faktura}",
            "mail.from_address: 'faktura', from budstikke.yaml:1, is not an e-mail address"
        ),
        (
            "mail: {message_id_domain: 'a b'}",
            "mail.message_id_domain: 'a b', from budstikke.yaml:1, is not a domain name"
        ),
        (
            "installation: \"a\\eb\"",
            "installation: 'a\\u{1b}b', from budstikke.yaml:1, is not a name of at most 100"
                + " characters on one line"
        ),
        (
            "log: {level: loud}",
            "log.level: 'loud', from budstikke.yaml:1, is not one of debug, info, warning, error"
        ),
        (
            "log: {format: xml}",
            "log.format: 'xml', from budstikke.yaml:1, is not one of auto, text, json, journal"
        ),
    ])
    func `a bad value is named with its key, its place and what is allowed`(
        yaml: String, line: String
    ) {
        #expect(Settings.refusal(yaml: yaml) == line)
    }

    @Test(arguments: [
        "send.batch", "send.lease_seconds", "send.in_doubt_grace_seconds",
        "send.in_doubt_window_seconds", "send.breaker_failures", "generate.batch",
        "provider.concurrency", "provider.timeout_seconds", "reconcile.silent_after_hours",
        "reconcile.clock_skew_seconds", "reconcile.overlap_seconds",
        "reconcile.logs_overlap_seconds",
    ])
    func `no number is below zero or without a limit`(key: String) {
        let variable = "BUDSTIKKE_" + key.replacing(".", with: "_").uppercased()
        for value in ["-1", "99999999999", "1e3", "3.5", "9999999999999999999999"] {
            let line = Settings.refusal(environment: [variable: value])
            let start = "\(key): '\(value)', from the environment (\(variable)), is not a number"
            #expect(line?.hasPrefix(start) == true, "\(line ?? "allowed")")
        }
    }

    @Test(arguments: [
        (
            "sned:\n  batch: 1",
            "sned.batch: no such setting, in budstikke.yaml:2; did you mean send.batch?"
        ),
        (
            "send:\n  bacth: 1",
            "send.bacth: no such setting, in budstikke.yaml:2; did you mean send.batch?"
        ),
        ("colour: blue", "colour: no such setting, in budstikke.yaml:1"),
        (
            "send: 5",
            "send: no such setting, in budstikke.yaml:1;"
                + " it is a section, of send.batch and others"
        ),
        ("database: {host: x}", "database.host: no such setting, in budstikke.yaml:1"),
    ])
    func `a key that does not exist is refused, with the nearest that does`(
        yaml: String, line: String
    ) {
        #expect(Settings.refusal(yaml: yaml) == line)
    }

    @Test func `a key that steers a terminal is shown as one line, and a long one in part`() {
        #expect(
            Settings.refusal(yaml: "\"lo\\eg\\t.le\\nvel\": x")
                == "lo\\u{1b}g\\u{9}.le\\u{a}vel: no such setting, in budstikke.yaml:1"
                + "; did you mean log.level?")
        let key = String(repeating: "x", count: 9_000)
        #expect(
            ConfigurationError("\(key): no such setting").description
                == String(repeating: "x", count: 2_000))
    }

    @Test func `a slip in a variable's name is refused, and somebody else's variable is not`() {
        #expect(
            Settings.refusal(environment: ["BUDSTIKKE_SEND_BACTH": "1"])
                == "BUDSTIKKE_SEND_BACTH: no such setting, in the environment;"
                + " did you mean BUDSTIKKE_SEND_BATCH?")
        #expect(Settings.refusal(environment: ["BUDSTIKKE_TEST_DATABASE": "x"]) == nil)
    }

    @Test(arguments: [
        ("send: [1, 2]", "send: a list, in budstikke.yaml:1; give a value"),
        ("- a\n- b", "budstikke.yaml: must hold keys and values"),
        ("just words", "budstikke.yaml: must hold keys and values"),
        ("send:\n  batch: 1\nsend:\n  batch: 2", "budstikke.yaml:1: holds send twice"),
        ("? [a]\n: b", "budstikke.yaml:1: a key must be a word"),
    ])
    func `a file of another shape is refused`(yaml: String, line: String) {
        #expect(Settings.refusal(yaml: yaml) == line)
    }

    @Test(arguments: ["send: {batch: 1", "a: b: c", "\tsend: 1", "send: \u{1}"])
    func `a file that is no YAML is told in one line`(yaml: String) throws {
        let line = try #require(Settings.refusal(yaml: yaml))
        #expect(line.hasPrefix("budstikke.yaml"))
        #expect(line.contains("is not YAML"))
        #expect(!line.contains("\n"))
    }

    @Test func `values that contradict each other are refused`() {
        #expect(
            Settings.refusal(yaml: "provider: {timeout_seconds: 600}")
                == "send.lease_seconds: 300 is not above provider.timeout_seconds, 600:"
                + " a request would outlive its claim")
        #expect(
            Settings.refusal(yaml: "send: {in_doubt_grace_seconds: 8000}")
                == "send.in_doubt_window_seconds: 7200 is below send.in_doubt_grace_seconds, 8000")
    }

    @Test func `a long value is cut`() throws {
        let value = String(repeating: "x", count: 10_000)
        #expect(try #require(Settings.refusal(yaml: "log: {level: \(value)}")).count < 200)
    }
}
