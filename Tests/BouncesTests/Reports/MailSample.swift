import Foundation
import TestSupport
import Wire

@testable import Bounces

/// Mails as a bounce mailbox holds them, and what is read of them.
enum MailSample {
    static let dispatchID = UUID(
        uuid: (
            0x0f, 0x8f, 0xad, 0x5b, 0xd9, 0xcb, 0x46, 0x9f, 0xa1, 0x65, 0x70, 0x86, 0x77, 0x28,
            0x95,
            0x0e
        ))
    static let key = MarkKey(Array(repeating: 7, count: 32))
    static let mark = key.text(VERPToken(tenantID: 42, dispatchID: dispatchID, attempt: 1))
    /// As marks were before they were signed.
    static let unsignedMark = "42-0f8fad5bd9cb469fa16570867728950e"
    static let marked = "bounces+\(mark)@fjord.example"
    static let arrivedAt = Date(timeIntervalSince1970: 1_780_000_000)

    static func read(_ text: String) throws -> Reading {
        try read(Array(text.replacing("\n", with: "\r\n").utf8))
    }

    static func read(_ bytes: [UInt8]) throws -> Reading {
        let address = try EmailAddress.sample("bounces@fjord.example")
        return BounceMail(
            arrivedAt: arrivedAt, bytes: bytes, returnPath: try ReturnPath(address, key: key),
            ownAddress: address
        ).read()
    }

    static func events(_ text: String) throws -> [ProviderEvent] {
        guard case .events(let events) = try read(text) else { return [] }
        return events
    }

    /// A report with the given fields, and a copy of our header where one is given.
    static func report(
        to recipient: String = marked, _ fields: String, copy: String? = nil,
        kind: String = "delivery-status"
    ) -> String {
        let returned = copy.map { "--b\nContent-Type: text/rfc822-headers\n\n\($0)\n" } ?? ""
        return """
            Return-Path: <>
            Delivered-To: \(recipient)
            From: MAILER-DAEMON@mx.kunde.example (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=\(kind); boundary="b"

            --b
            Content-Type: text/plain

            Your message could not be delivered.
            --b
            Content-Type: message/\(kind)

            \(fields)
            \(returned)--b--

            """
    }
}
