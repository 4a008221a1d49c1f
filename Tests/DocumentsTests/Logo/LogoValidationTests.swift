import Foundation
import Invoicing
import PDFTestSupport
import TestSupport
import Testing

@testable import Documents

/// What a picture is refused for as a logo, over and above what no picture may be.
struct LogoValidationTests {
    private static func svg(_ inner: String, _ root: String = "viewBox='0 0 30 10'") -> [UInt8] {
        Array("<svg xmlns='http://www.w3.org/2000/svg' \(root)>\(inner)</svg>".utf8)
    }

    @Test(arguments: [
        ([], LogoFault.notAPicture), ([UInt8](repeating: 0, count: 4 << 20), .notAPicture),
        ([UInt8](repeating: 0, count: 4 << 20 + 1), .tooLarge),
        (Array(SamplePicture.png.prefix(60)), .damaged), (svg("<text/>"), .letters),
        (svg("<g filter='blur(9px)'/>"), .filters), (svg("<script/>"), .activeContent),
        (svg("<image href='a.png'/>"), .outsideReferences), (svg("", "width='0'"), .withoutSize),
        (svg(String(repeating: "<g>", count: 100)), .tooComplex),
    ])
    func `the fault of a picture is the logo's`(file: [UInt8], expected: LogoFault) {
        #expect(throws: expected) { try DrawnLogo(of: file) }
    }

    @Test(arguments: ["0 0 1000 2", "0 0 2 1000"])
    func `what no letterhead has room for is refused`(box: String) {
        #expect(throws: LogoFault.withoutSize) {
            try DrawnLogo(of: Self.svg("<path d=''/>", "viewBox='\(box)'"))
        }
    }

    @Test(.enabled(if: ReferenceData.has("cases/bytes"), "no reference data"))
    func `the cases are refused`() throws {
        let folder = try #require(ReferenceData.url("cases/bytes"))
        for (name, expected) in [
            ("png-overflow.png", LogoFault.tooManyPixels), ("turbulence.svg", .filters),
        ] {
            let file = try Data(contentsOf: folder.appending(path: name))
            #expect(throws: expected) { try DrawnLogo(of: Array(file)) }
        }
    }
}
