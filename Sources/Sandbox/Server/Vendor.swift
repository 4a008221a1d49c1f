import HTTPTypes
import Hummingbird

/// One vendor's face: how its API looks from outside, over the one account behind it.
protocol Vendor: Sendable {
    /// The part of the API that a request is for; nil where it is for none.
    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint?

    /// The key that a request brings; nil where it brings none.
    func key(of request: Request) -> String?

    /// How the vendor says no, where that is not about what was asked.
    func answer(to refusal: Refusal) -> Answer

    /// Mounts the routes of the API behind the gate.
    func addRoutes(to router: Router<SandboxContext>, stage: RouteContext, gate: VendorMiddleware)
}

/// What can be refused of any request.
enum Refusal: Hashable, Sendable {
    case keyMissing, keyWrong, notFound, internalError
    /// `resetAt` is when the next may come, where the fault says it.
    case tooManyRequests(retryAfterSeconds: Int?, resetAt: Timestamp?)
}

/// An error that has an answer in the form of its vendor.
protocol AnsweredError: Error {
    var answer: Answer { get }
}

/// A refusal whose answer is known already.
struct VendorError: AnsweredError {
    var answer: Answer
}
