import Invoicing

@testable import Documents

extension FormLogo {
    /// Proved and drawn here, without the process that it has otherwise.
    static func drawn(_ file: [UInt8]) throws -> FormLogo {
        .picture(try DrawnLogo(of: file).picture())
    }
}
