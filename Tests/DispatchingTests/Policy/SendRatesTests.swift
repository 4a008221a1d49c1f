import Testing

@testable import Dispatching

struct SendRatesTests {
    @Test(arguments: [
        ("gmail.com=20", ["gmail.com": 20]),
        (" GMail.com = 20 , b.no=1", ["gmail.com": 20, "b.no": 1]),
        ("blåbær.no=10000", ["blåbær.no": 10_000]),
    ])
    func `domains and rates are read`(_ text: String, _ domains: [String: Int]) {
        #expect(SendRates.domains(text) == domains)
    }

    @Test(arguments: [
        "", ",", "gmail.com", "gmail.com=", "=5", "gmail.com=0", "gmail.com=10001", "gmail.com=-1",
        "gmail.com=99999999999999999999", "a=1,a=2", "A=1,a=2", "a=1,", "a=1=2", "a b=1", "a@b=1",
        (0...100).map { "d\($0)=1" }.joined(separator: ","),
    ])
    func `what is no domain and rate is refused`(_ text: String) {
        #expect(SendRates.domains(text) == nil)
    }
}
