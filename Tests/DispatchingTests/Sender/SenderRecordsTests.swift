import Dispatching
import Testing

/// What texts in DNS say of who may send.
struct SenderRecordsTests {
    @Test func `records of SPF are told from other texts`() {
        #expect(SenderRecords.spf(["v=spf1", "V=SPF1 -all", "v=spf1\ta ~all"]).count == 3)
        for text in ["", "v=spf10 -all", "v=spf2.0/pra ~all", "spf1", "x v=spf1", "v=DMARC1"] {
            #expect(SenderRecords.spf([text]) == [], "\(text)")
        }
        #expect(
            SenderRecords.spf([
                "v=spf1 include:SendGrid.net ?include:a.no -include: redirect=b.no ~all"
            ])[0]
            .domains == ["sendgrid.net", "a.no", "", "b.no"])
    }

    @Test(arguments: [
        (["v=DKIM1; k=rsa; p=MIGf"], DKIMKey.there), (["p=MIGf"], .there),
        (["k=rsa;p= MI Gf ;"], .there),
        (["v=DKIM1; p="], .revoked), (["v=DKIM1;p=;"], .revoked), (["v=DKIM1; p"], .revoked),
        ([], .absent), (["v=DKIM1"], .absent), (["v=DKIM2; p=MIGf"], .absent), (["hello"], .absent),
        (["hello", "v=DKIM1; p=MIGf"], .there),
    ])
    func `a key is there, revoked or absent`(texts: [String], key: DKIMKey) {
        #expect(SenderRecords.dkimKey(texts) == key)
    }

    @Test(arguments: [
        (["v=DMARC1; p=none"], "none"), (["v=DMARC1;p=Reject;rua=mailto:a@b.no"], "reject"),
        (["v=DMARC1; p=quarantine", "v=spf1 ~all"], "quarantine"), ([], nil), (["v=DMARC1"], nil),
        (["p=none"], nil), (["v=DMARC1; p=perhaps"], nil), (["v=DMARC1; p=none; p=reject"], "none"),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], nil),
    ])
    func `a policy is one record's`(texts: [String], policy: String?) {
        #expect(SenderRecords.dmarcPolicy(texts) == policy)
    }

    @Test func `a policy is looked for up to the last two labels`() {
        #expect(
            SenderRecords.dmarcNames(of: "mg.fjord.no") == [
                "_dmarc.mg.fjord.no", "_dmarc.fjord.no",
            ])
        #expect(SenderRecords.dmarcNames(of: "no") == [])
        let long = Array(repeating: "a", count: 100).joined(separator: ".")
        #expect(SenderRecords.dmarcNames(of: long).count == 8)
    }

    @Test func `texts without end or sense are survived`() {
        for text in [
            String(repeating: ";", count: 60_000), String(repeating: "=", count: 60_000),
            String(repeating: "v=DKIM1;", count: 9_000),
            String(repeating: "e\u{301}", count: 30_000),
            "v=spf1 " + String(repeating: "include:", count: 9_000),
        ] {
            #expect(SenderRecords.dkimKey([text]) == .absent)
            #expect(SenderRecords.dmarcPolicy([text]) == nil)
            #expect(SenderRecords.spf([text]).count <= 1)
        }
    }
}
