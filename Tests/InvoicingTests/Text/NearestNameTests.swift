import TestSupport
import Testing

@testable import Invoicing

@Suite struct NearestNameTests {
    private let names = ["number", "name", "email", "due_days"]

    @Test(arguments: [
        ("number", "nummer"), ("email", "mail"), ("email", "e-mail"), ("due_days", "due_day"),
        ("name", "NAME"), (nil, "days_due"), (nil, "shoe_size"), (nil, ""),
        (nil, Brief(String(repeating: "name", count: 10_000))),
    ])
    func `the nearest name is near`(_ nearest: String?, _ written: Brief<String>) {
        #expect(NearestName.of(written.value, among: names) == nearest)
    }

    @Test func `fewer edits may be allowed, and of two as near the first in order is taken`() {
        #expect(NearestName.of("nummer", among: names, editsMax: 0) == nil)
        #expect(NearestName.of("bat", among: ["cat", "bar"]) == "bar")
        #expect(NearestName.of("bat", among: [String]()) == nil)
    }

    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("å", "a", 1),
        ("lsit", "list", 1), ("ca", "abc", 3),
    ])
    func `the distance is letters put in, taken out, changed or swapped`(
        _ left: String, _ right: String, _ distance: Int
    ) {
        #expect(NearestName.distance(left, right) == distance)
        #expect(NearestName.distance(right, left) == distance)
    }
}
