import Testing

@testable import Invoicing

struct UsualNightTests {
    @Test(
        arguments: [
            (3, nil, 1_000), (3, 0, 50), (3, 16, 50), (3, 17, 51), (3, 100, 300), (1, 100, 100),
            (3, Int.max, Int.max), (0, 5, nil), (0, nil, nil),
        ] as [(Int, Int?, Int?)])
    func `a night is compared with the largest before it`(
        _ factor: Int, _ usual: Int?, _ limit: Int?
    ) {
        #expect(UsualNight(factor: factor).limit(usual: usual) == limit)
    }
}
