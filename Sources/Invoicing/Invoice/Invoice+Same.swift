extension Invoice {
    /// Whether both say the same, however their parties' numbers and addresses are spelled.
    package func isSame(as other: Invoice) -> Bool {
        unspelled == other.unspelled
    }

    private var unspelled: Invoice {
        var invoice = self
        invoice.seller = seller.unspelled
        invoice.buyer = buyer.unspelled
        invoice.payee = payee?.unspelled
        invoice.taxRepresentative = taxRepresentative?.unspelled
        return invoice
    }
}

extension Party {
    fileprivate var unspelled: Party {
        var party = self
        (party.organisationNumber, party.vatNumber, party.endpoint) = (nil, nil, nil)
        (party.taxRegistration, party.identifiers) = (nil, [])
        return party
    }
}
