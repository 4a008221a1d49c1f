import Testing

@testable import Runtime

@Suite struct ProviderAddressTests {
    @Test(arguments: [
        "https://api.sendgrid.com", "https://api.eu.sendgrid.com/v3/", "http://127.0.0.1:8025",
        "http://localhost:8025", "http://[::1]:8025",
    ])
    func `a key may go there`(address: String) {
        #expect(ProviderAddress.isAllowed(address))
    }

    @Test(arguments: [
        "http://api.sendgrid.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
        "http://127.0.0.1@example.com", "https://me:key@api.sendgrid.com", "https://",
        "api.sendgrid.com",
        "ftp://127.0.0.1", "https://api.sendgrid.com?x=1", "https://api.sendgrid.com#x", "",
        "https://a b",
        "file:///etc/passwd", "HTTP://api.sendgrid.com",
    ])
    func `a key must not go there`(address: String) {
        #expect(!ProviderAddress.isAllowed(address))
    }
}
