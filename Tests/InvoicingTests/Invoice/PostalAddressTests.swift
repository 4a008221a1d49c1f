import Testing

@testable import Invoicing

/// What a letter can be posted by.
struct PostalAddressTests {
    private static func party(_ change: (inout Party) -> Void = { _ in }) -> Party {
        var party = Party(
            name: "Kunde AS",
            address: Address(
                street: "Storgata 1", postalCode: "5003", city: "Bergen", country: "NO"))
        change(&party)
        return party
    }

    @Test func `an address is listed on one line`() {
        #expect(PostalAddress(Self.party())?.line == "Kunde AS, Storgata 1, 5003 Bergen")
        let abroad = Self.party {
            $0.address = Address(street: "1 High St", line: "Flat 2", city: "London", country: "GB")
        }
        #expect(PostalAddress(abroad)?.line == "Kunde AS, 1 High St, Flat 2, London, GB")
    }

    @Test(arguments: [
        party { $0.name = " " }, party { $0.address.street = nil },
        party { $0.address.street = "\u{0}\u{7}\n" }, party { $0.address.city = "" },
        party { $0.address.postalCode = nil }, party { $0.address.country = "Norge" },
        party { $0.address = Address() },
    ])
    func `what nobody could post is none`(party: Party) {
        #expect(PostalAddress(party) == nil)
    }

    @Test func `no part brings a line or a control character with it`() {
        let party = Self.party {
            $0.name = "Kunde\r\nAS\u{1B}[2J"
            $0.address.street = "Storgata\t1\u{0}"
            $0.address.country = nil
        }
        let address = PostalAddress(party)
        #expect(address?.name == "Kunde AS [2J")
        #expect(address?.lines == ["Storgata 1"] && address?.country == "NO")
    }
}
